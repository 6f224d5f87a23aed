"""A decision in plain words, rule by rule, for every page that shows one: the prosecutor's and counsel's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from instead.facts.vocabulary import Fact, day_of
from instead.office.cases.models import Decision
from instead.office.cases.policy_in_force import interpreter
from instead.policy.interpret import RuleFinding
from instead.policy.model import NEEDS_FACTS, Policy, Rule
from instead.policy.sentences import OUTCOME_WORDS, TRUTH_WORDS, why


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A rule as it is shown: what it came to, why, and whether the decision had already stopped before it."""

    rule: Rule
    truth: str
    reasons: tuple[str, ...]
    passed: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision explained: its outcome in words, the deciding sentence, what is not known, and every rule.

    ``because`` is empty while facts are needed. ``policy_changed`` says that the decision was made under another
    version of the policy than the one that explains it here.
    """

    decision: Decision
    words: str
    because: str
    missing: list[Fact]
    rules: list[ExplainedRule]
    policy_changed: bool


def explain(decision: Decision, policy: Policy) -> Explanation:
    """A stored decision in the words of a policy."""
    found = interpreter(policy, day_of(decision.decision_date)).explain(decision.facts)
    facts = policy.vocabulary.facts
    stopping = next((f.rule for f in found.rules if f.rule.id == decision.decided_by), None)
    return Explanation(
        decision=decision,
        words=OUTCOME_WORDS[decision.outcome],
        because=stopping.because if stopping and decision.outcome != NEEDS_FACTS else "",
        missing=[facts[name] for name in decision.missing if name in facts],
        rules=_explained(found.rules, decision.facts, facts),
        policy_changed=(policy.id, policy.version) != (decision.policy, decision.policy_version),
    )


def _explained(
    findings: tuple[RuleFinding, ...], known: Mapping[str, int | None], facts: Mapping[str, Fact]
) -> list[ExplainedRule]:
    shown, passed = [], False
    for finding in findings:
        shown.append(ExplainedRule(finding.rule, TRUTH_WORDS[finding.truth], why(finding, known, facts), passed))
        passed = passed or finding.truth is True
    return shown
