"""What a decision is, and its encoding in one or two bytes.

Normative meaning: the *stopping rule* is the first definitely true one. A rule is *possible* when it is not
definitely false and no earlier rule is definitely true. One possible outcome: decided. Several: needs facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from instead.facts.kleene import Kleene
from instead.policy.model import NEEDS_FACTS, OUTCOMES, Outcome, Policy

#: Bit of each outcome in a set of possible outcomes.
BIT: dict[Outcome, int] = {outcome: 1 << index for index, outcome in enumerate(OUTCOMES)}
_MOST_ONE_BYTE = 239


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one case, or the outcomes that are still possible.

    ``decided_by`` is the stopping rule, ``or_rules`` the earlier possible ones; ``missing`` the facts that are
    unknown in the possible unknown rules, in walk order: learning all of them always decides.
    """

    possible: tuple[Outcome, ...]
    decided_by: str
    or_rules: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, or None when facts are needed."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def counted_as(self) -> str:
        """The outcome, or ``needs_facts``."""
        return self.outcome or NEEDS_FACTS

    @property
    def ask_first(self) -> str | None:
        """The fact to get next, or None when none is missing."""
        return self.missing[0] if self.missing else None


def outcomes_of(bits: int) -> tuple[Outcome, ...]:
    """The outcomes of a set, in the order of the bits."""
    return tuple(outcome for outcome in OUTCOMES if bits & BIT[outcome])


@dataclass(frozen=True, slots=True)
class Encoding:
    """Decisions of one policy as small numbers.

    One byte up to 239 rules, else two: below ``base`` the stopping rule of a decided case, from ``base`` on
    ``base`` plus the set of possible outcomes.
    """

    rules: tuple[str, ...]
    bits: tuple[int, ...]
    base: int

    @classmethod
    def of(cls, policy: Policy) -> Encoding:
        bits = tuple(BIT[rule.outcome] for rule in policy.rules)
        base = 240 if len(policy.rules) <= _MOST_ONE_BYTE else 0xFFF0
        return cls(tuple(rule.id for rule in policy.rules), bits, base)

    @property
    def bytes(self) -> int:
        return 1 if self.base == 240 else 2

    def encode(self, stopping: int, possible: int) -> int:
        """The code of a stopping rule (its position) and the set of possible outcomes."""
        return stopping if possible & (possible - 1) == 0 else self.base + possible

    def needs_facts(self, code: int) -> bool:
        return code >= self.base

    def possible(self, code: int) -> tuple[Outcome, ...]:
        """The possible outcomes behind a code."""
        return outcomes_of(code - self.base if code >= self.base else self.bits[code])

    def counted_as(self, code: int) -> str:
        """The outcome behind a code, or ``needs_facts``."""
        return NEEDS_FACTS if code >= self.base else self.possible(code)[0]


def stop_and_possible(truths: Iterable[Kleene], bits: Sequence[int]) -> tuple[int, int, list[int]]:
    """From the truth of every rule: the stopping rule, the set of possible outcomes, the earlier possible rules."""
    possible = 0
    earlier: list[int] = []
    for index, truth in enumerate(truths):
        if truth is False:
            continue
        possible |= bits[index]
        if truth is True:
            return index, possible, earlier
        earlier.append(index)
    raise AssertionError("the last rule of a policy is unconditional")
