"""Findings as plain sentences: what a rule came to and why, for people who do not read conditions."""

from __future__ import annotations

from collections.abc import Mapping

from instead.facts.formula import And, Compare, Constant, Dated, Formula, Member, Op, Or, facts_in
from instead.facts.vocabulary import Case, Fact, date_of
from instead.policy.interpret import Finding, RuleFinding
from instead.policy.model import Outcome

OUTCOME_WORDS: Mapping[str, str] = {
    "decline": "decline: no charge",
    "divert": "divert: an offer instead of prosecution",
    "prosecute": "prosecute",
    "review": "review: a person decides",
    "needs_facts": "needs facts: not decided yet",
}
TRUTH_WORDS: Mapping[bool | None, str] = {True: "applies", False: "does not apply", None: "unknown"}

_NUMBER_WORDS: Mapping[Op, str] = {
    "<": "below",
    "<=": "at most",
    "==": "exactly",
    "!=": "other than",
    ">=": "at least",
    ">": "above",
}
_DATE_WORDS: Mapping[Op, str] = {
    "<": "before",
    "<=": "on or before",
    "==": "on",
    "!=": "not on",
    ">=": "on or after",
    ">": "after",
}


def why(finding: RuleFinding, case: Case, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The reasons why a rule applies, does not apply or is unknown: a sentence for each part that matters."""
    if finding.rule.unconditional:
        return ("This rule has no condition.",)
    sentences: dict[str, None] = {}
    for part in _deciding(finding.why):
        sentences[sentence(part.node, case, facts)] = None
    return tuple(sentences)


def _deciding(finding: Finding) -> list[Finding]:
    """The leaves that settle a finding: those with its truth under "and"/"or", mirrored below a "not"."""
    if not finding.parts:
        return [finding]
    if isinstance(finding.node, And | Or):
        wanted = [part for part in finding.parts if part.truth is finding.truth]
        # An "and" fails by one false part and an "or" holds by one true part: one reason is enough.
        one_is_enough = finding.truth is isinstance(finding.node, Or)
        return [leaf for part in (wanted[:1] if one_is_enough else wanted) for leaf in _deciding(part)]
    return [leaf for part in finding.parts for leaf in _deciding(part)]


def sentence(node: Formula, case: Case, facts: Mapping[str, Fact]) -> str:
    """One test of one fact as a sentence with what is known."""
    if isinstance(node, Constant):
        return f"The policy's setting `{node.source}` is {'yes' if node.value else 'no'}."
    if isinstance(node, Dated):
        question = facts[node.date].question if node.date in facts else "On what date is it decided?"
        return f"{question} Not known; the value of `{node.parameter}` depends on it."
    name = next(facts_in(node))
    fact = facts[name]
    code = case.get(name)
    if code is None:
        return f"{fact.question} Not known."
    if fact.kind == "yes_no":
        return f"{fact.question} {fact.show(code).capitalize()}."
    return f"{fact.question} {fact.show(code)} ({_test_words(node, fact)})."


def _test_words(node: Formula, fact: Fact) -> str:
    if isinstance(node, Member):
        shown = ", ".join(fact.show(code) for code in sorted(node.values))
        return f"the rule asks whether it is {'none' if node.negated else 'one'} of {shown}"
    assert isinstance(node, Compare)
    words = (_DATE_WORDS if fact.kind == "date" else _NUMBER_WORDS)[node.op]
    source = f", the policy's `{node.parameter}`" if node.parameter else ""
    return f"the rule asks whether it is {words} {fact.show(node.value)}{source}"


def date_words(day: int | None) -> str:
    """A date as it is written, or a word for none."""
    return "no date given" if day is None else date_of(day).isoformat()


def outcome_words(outcome: Outcome | str) -> str:
    """An outcome with what it means."""
    return OUTCOME_WORDS[outcome]
