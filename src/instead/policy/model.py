"""A written policy as the program knows it: rules in order, parameters, tracks, examples and promises."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

from instead import __version__
from instead.facts.formula import DECISION_DATE, Constant, Formula, facts_in, on
from instead.facts.scope import Parameter
from instead.facts.vocabulary import Fact, Vocabulary

#: What a policy can say of a case. The position is the bit of the outcome in an encoded decision.
Outcome = Literal["decline", "divert", "prosecute", "review"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
#: What a case is counted under when several outcomes are possible. Not an outcome.
NEEDS_FACTS = "needs_facts"
#: From mild to harsh, unless a promise declares another order.
HARSHNESS: tuple[Outcome, ...] = ("decline", "divert", "review", "prosecute")

#: The formula of a rule without a condition.
TRUE = Constant(True)

Plea = Literal["none", "no_contest"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when its condition is definitely true and no earlier rule's is, its outcome is the decision."""

    id: str
    formula: Formula
    when: str
    outcome: Outcome
    because: str
    because_es: str = ""
    cite: tuple[str, ...] = ()
    track: str = ""
    section: str = ""
    line: int = 0

    @property
    def unconditional(self) -> bool:
        return self.formula == TRUE


@dataclass(frozen=True, slots=True)
class Track:
    """What an offer asks. Hours and clocks (days or counts by name) are numbers, or parameters of the office."""

    id: str
    title: str
    plea: Plea
    conditions: tuple[str, ...]
    hours: int | Parameter
    clocks: Mapping[str, int | Parameter]
    failing: str
    title_es: str = ""
    section: str = ""

    def clock(self, name: str, day: int) -> int:
        """A clock as it stands on ``day`` (days since 1970-01-01)."""
        value = self.clocks[name]
        return value.at(day) if isinstance(value, Parameter) else value


@dataclass(frozen=True, slots=True)
class Example:
    """A case and the outcome it must get; run on every check."""

    id: str
    facts: Mapping[str, int | None]
    outcome: str
    decided_by: str = ""
    missing: tuple[str, ...] | None = None
    decision_day: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence for the public and what must hold for every possible case.

    ``kind`` is always, never, same_without or never_harsher_when. ``formula`` is over facts and ``outcome``;
    ``facts`` are those that may differ, ``following`` those that follow from them, ``where`` the guard.
    """

    id: str
    sentence: str
    kind: Literal["always", "never", "same_without", "never_harsher_when"]
    formula: Formula = TRUE
    text: str = ""
    facts: tuple[str, ...] = ()
    more: bool = True
    following: tuple[str, ...] = ()
    where: Formula = TRUE
    where_text: str = ""
    harshness: tuple[Outcome, ...] = HARSHNESS
    sentence_es: str = ""
    line: int = 0


@dataclass(frozen=True)
class Policy:
    """A policy that has been read without a mistake. ``text`` is the document as written."""

    id: str
    title: str
    office: str
    version: str
    effective: dt.date
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    tracks: Mapping[str, Track] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    promises: tuple[Promise, ...] = ()
    summary: str = ""
    file: str = ""
    text: str = field(default="", repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the document as written, line ends apart."""
        return hashlib.sha256(self.text.replace("\r\n", "\n").encode()).hexdigest()

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that its rules can look at, in the order of the vocabulary."""
        named = {name for rule in self.rules for name in facts_in(rule.formula)}
        return tuple(fact for fact in self.vocabulary.facts.values() if fact.name in named)

    @cached_property
    def dated_by_decision(self) -> bool:
        """Whether some parameter takes its value on the date of the decision."""
        return any(DECISION_DATE in facts_in(rule.formula) for rule in self.rules)

    def on(self, day: int | None) -> Policy:
        """The policy for decisions taken on ``day`` (days since 1970-01-01)."""
        if not self.dated_by_decision or day is None:
            return self
        return replace(self, rules=tuple(replace(rule, formula=on(rule.formula, day)) for rule in self.rules))

    def hash(self, *, statute_book: str = "", source_map: str = "") -> str:
        """What a decision stores so that it can be reproduced: one hash over everything it came from."""
        parts = (self.digest, self.vocabulary.digest, statute_book, source_map, __version__)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
