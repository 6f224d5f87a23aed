"""Checking a policy: every example gets the outcome it must get, and nothing declared is left unused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from instead.errors import Place, Problem
from instead.policy.decision import Decision
from instead.policy.interpret import Interpreter
from instead.policy.model import Example, Policy


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What an example got."""

    example: Example
    decision: Decision

    @property
    def passed(self) -> bool:
        return not self.differences()

    def differences(self) -> list[str]:
        """What is not as the example says, in words."""
        wanted, got = self.example, self.decision
        found = []
        if got.counted_as != wanted.outcome:
            found.append(f"it must be {wanted.outcome} and is {got.counted_as}")
        if wanted.decided_by and got.decided_by != wanted.decided_by:
            found.append(f"rule `{wanted.decided_by}` must decide it and `{got.decided_by}` does")
        if wanted.missing is not None and set(got.missing) != set(wanted.missing):
            found.append(f"it must wait for {_names(wanted.missing)} and waits for {_names(got.missing)}")
        return found


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nothing"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything found about one policy that has been read without a mistake."""

    policy: Policy
    examples: tuple[ExampleResult, ...]
    warnings: tuple[Problem, ...]

    @property
    def failures(self) -> tuple[Problem, ...]:
        """A problem for each wrong example."""
        return tuple(
            Problem(
                f"the example `{result.example.id}` is wrong: {'; '.join(result.differences())}",
                Place(self.policy.file, result.example.line),
            )
            for result in self.examples
            if not result.passed
        )

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def without_example(self) -> tuple[str, ...]:
        """The rules that no example is decided by."""
        reached = {result.decision.decided_by for result in self.examples if result.decision.outcome}
        return tuple(rule.id for rule in self.policy.rules if rule.id not in reached)


def check(policy: Policy) -> CheckReport:
    """Run every example, and look for what is declared but never used."""
    results = tuple(
        ExampleResult(example, Interpreter(policy, example.decision_day).decide(example.facts))
        for example in policy.examples
    )
    return CheckReport(policy, results, tuple(_unused(policy)))


def _unused(policy: Policy) -> list[Problem]:
    """Tracks that no rule names and parameters that neither a condition nor a clock mentions."""
    named = {rule.track for rule in policy.rules}
    place = Place(policy.file)
    found = [Problem(f"no rule uses the track `{name}`", place) for name in policy.tracks if name not in named]
    blocks = re.findall(r"^ {0,3}(?:```|~~~)\w+\n(.*?)^ {0,3}(?:```|~~~)", policy.text, re.DOTALL | re.MULTILINE)
    for name in policy.parameters:
        mentions = sum(len(re.findall(rf"\b{name}\b", block)) for block in blocks)
        if mentions <= 1:  # its own id
            found.append(Problem(f"nothing uses the parameter `{name}`", place))
    return found
