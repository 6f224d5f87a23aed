"""The interpreter: one case, every rule, true, false or unknown, and why. The reference for every back end.

A rule's finding depends on nothing but the truths of its tests (:mod:`instead.policy.finding_keys`), so findings are
kept and a decision with its full explanation as data takes a few microseconds. Rendering as sentences is apart
(:mod:`instead.policy.sentences`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from instead.facts.formula import OPERATORS, And, Compare, Constant, Dated, Formula, Member, Not, Or
from instead.facts.kleene import Kleene
from instead.facts.vocabulary import Case
from instead.policy.decision import Decision, Encoding, outcomes_of, stop_and_possible
from instead.policy.finding_keys import compile_keys
from instead.policy.model import Policy, Rule


class Finding(NamedTuple):
    """What one node of a condition came to for this case, and what its parts came to."""

    truth: Kleene
    node: Formula
    parts: tuple[Finding, ...] = ()


class RuleFinding(NamedTuple):
    """What one rule came to. ``possible``: not definitely false, and no earlier rule definitely true."""

    rule: Rule
    truth: Kleene
    possible: bool
    why: Finding


class Explained(NamedTuple):
    """A decision with every rule."""

    decision: Decision
    rules: tuple[RuleFinding, ...]


_Check = Callable[[Case], Finding]


class Interpreter:
    """A policy ready to decide cases one by one, for decisions taken on ``day`` (days since 1970-01-01)."""

    def __init__(self, policy: Policy, day: int | None = None) -> None:
        self.policy = policy.on(day)
        self._encoding = Encoding.of(policy)
        self._rules = tuple(_RuleAnswers(rule) for rule in self.policy.rules)
        self._keys = compile_keys([rule.formula for rule in self.policy.rules])

    def explain(self, case: Case) -> Explained:
        """The decision for one case, with what every rule came to."""
        found = [rule.answer(key, case) for rule, key in zip(self._rules, self._keys(case), strict=True)]
        stop, possible, earlier = stop_and_possible([answer.truth for answer in found], self._encoding.bits)
        missing: dict[str, None] = {}
        for index in earlier:
            missing.update(found[index].missing)
        decision = Decision(
            outcomes_of(possible),
            found[stop].before.rule.id,
            tuple([found[index].before.rule.id for index in earlier]),
            tuple(missing),
        )
        reached = [answer.before for answer in found[: stop + 1]]
        return Explained(decision, (*reached, *[answer.after for answer in found[stop + 1 :]]))

    def decide(self, case: Case) -> Decision:
        """The decision alone."""
        return self.explain(case).decision


class _Answer(NamedTuple):
    """What one rule came to, as it is said up to the stopping rule (``before``) and past it (``after``)."""

    truth: Kleene
    before: RuleFinding
    after: RuleFinding
    missing: dict[str, None]


#: Answers kept for one rule before it starts afresh; a rule of twelve yes/no facts has at most so many.
_MOST_KEPT = 4096


class _RuleAnswers:
    """One rule with the answers it has given, by the truths of its tests."""

    def __init__(self, rule: Rule) -> None:
        self._rule, self._check = rule, _check(rule.formula)
        self._kept: dict[object, _Answer] = {}

    def answer(self, key: object, case: Case) -> _Answer:
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        why = self._check(case)
        missing: dict[str, None] = {}
        _missing(why, case, missing)
        before = RuleFinding(self._rule, why.truth, why.truth is not False, why)
        made = _Answer(why.truth, before, before._replace(possible=False), missing)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = made
        return made


def missing_facts(why: Finding, case: Case) -> tuple[str, ...]:
    """The unknown facts in the unknown operands of a finding, in walk order."""
    found: dict[str, None] = {}
    _missing(why, case, found)
    return tuple(found)


def _missing(why: Finding, case: Case, found: dict[str, None]) -> None:
    if why.truth is not None:
        return
    node = why.node
    if isinstance(node, Compare | Member):
        found[node.fact] = None
    elif isinstance(node, Dated) and case.get(node.date) is None:
        found[node.date] = None
        for _, formula in node.periods:
            _missing(_check(formula)(case), case, found)
    for part in why.parts:
        _missing(part, case, found)


def _check(node: Formula) -> _Check:
    """A function that finds the truth of a node for a case, without stopping early: every part is explained."""
    match node:
        case Constant(value):
            return _always(Finding(value, node))
        case Compare():
            return _compare(node, {answer: Finding(answer, node) for answer in (True, False, None)})
        case Member(fact, values, negated):
            return _member(fact, values, negated, {answer: Finding(answer, node) for answer in (True, False, None)})
        case Dated():
            return _dated(node)
        case Not(operand):
            return _not(node, _check(operand))
        case And(operands):
            return _and(node, tuple(_check(operand) for operand in operands))
        case Or(operands):
            return _or(node, tuple(_check(operand) for operand in operands))


_Answers = dict[Kleene, Finding]


def _always(finding: Finding) -> _Check:
    return lambda _case: finding


def _compare(node: Compare, answers: _Answers) -> _Check:
    fact, test, value = node.fact, OPERATORS[node.op], node.value
    yes, no, unknown = answers[True], answers[False], answers[None]

    def check(case: Case) -> Finding:
        known = case.get(fact)
        if known is None:
            return unknown
        return yes if test(known, value) else no

    return check


def _member(fact: str, values: frozenset[int], negated: bool, answers: _Answers) -> _Check:
    def check(case: Case) -> Finding:
        known = case.get(fact)
        return answers[None if known is None else (known in values) is not negated]

    return check


def _dated(node: Dated) -> _Check:
    checks = {since: _check(formula) for since, formula in node.periods}
    unknown = Finding(None, node)

    def check(case: Case) -> Finding:
        day = case.get(node.date)
        if day is None:
            return unknown
        chosen = [since for since, _ in node.periods[1:] if since <= day]
        part = checks[chosen[-1] if chosen else node.periods[0][0]](case)
        return Finding(part.truth, node, (part,))

    return check


def _not(node: Not, inner: _Check) -> _Check:
    def check(case: Case) -> Finding:
        part = inner(case)
        return Finding(None if part.truth is None else not part.truth, node, (part,))

    return check


def _and(node: And, checks: tuple[_Check, ...]) -> _Check:
    def check(case: Case) -> Finding:
        parts = tuple([inner(case) for inner in checks])
        truths = [part.truth for part in parts]
        return Finding(False if False in truths else None if None in truths else True, node, parts)

    return check


def _or(node: Or, checks: tuple[_Check, ...]) -> _Check:
    def check(case: Case) -> Finding:
        parts = tuple([inner(case) for inner in checks])
        truths = [part.truth for part in parts]
        return Finding(True if True in truths else None if None in truths else False, node, parts)

    return check
