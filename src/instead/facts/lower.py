"""Lowering: one three-valued condition becomes two ordinary formulas.

*Definitely true* and *maybe true* (not definitely false) use only two-valued logic over two kinds of
literal, so that no back end relies on the null semantics of its engine:

    Sure(test)      the fact is known and passes
    Perhaps(test)   the fact is unknown or passes
    Unknown(fact)   the fact is not known
    All, Any        ordinary and, or

A negation is pushed down to the tests first. Why this is exact: strong Kleene "and" and "or" are monotone,
hence "definitely" and "maybe" distribute over both.
"""

from __future__ import annotations

from dataclasses import dataclass

from instead.facts.formula import INVERSE, And, Compare, Constant, Dated, Formula, Member, Not, Or

Test = Compare | Member


@dataclass(frozen=True, slots=True)
class Sure:
    test: Test


@dataclass(frozen=True, slots=True)
class Perhaps:
    test: Test


@dataclass(frozen=True, slots=True)
class Unknown:
    fact: str


@dataclass(frozen=True, slots=True)
class All:
    operands: tuple[Lowered, ...]


@dataclass(frozen=True, slots=True)
class Any:
    operands: tuple[Lowered, ...]


Lowered = bool | Sure | Perhaps | Unknown | All | Any


def definitely(node: Formula) -> Lowered:
    """When the condition is true whatever the unknown facts turn out to be."""
    return _lower(node, positive=True, sure=True)


def maybe(node: Formula) -> Lowered:
    """When the condition is not definitely false."""
    return _lower(node, positive=True, sure=False)


def _lower(node: Formula, *, positive: bool, sure: bool) -> Lowered:
    match node:
        case Constant(value):
            return value is positive
        case Compare() | Member():
            test = node if positive else _negated(node)
            return Sure(test) if sure else Perhaps(test)
        case Not(operand):
            return _lower(operand, positive=not positive, sure=sure)
        case And(operands) | Or(operands):
            parts = tuple(_lower(operand, positive=positive, sure=sure) for operand in operands)
            return all_(parts) if isinstance(node, And) is positive else any_(parts)
        case Dated():
            return _lower_dated(node, positive=positive, sure=sure)


def _lower_dated(node: Dated, *, positive: bool, sure: bool) -> Lowered:
    """Known date and the formula of its period; or, for "maybe", no date at all."""
    options: list[Lowered] = []
    starts = [since for since, _ in node.periods[1:]]
    for index, (since, formula) in enumerate(node.periods):
        parts: list[Lowered] = [_lower(formula, positive=positive, sure=sure)]
        if index:
            parts.insert(0, Sure(Compare(node.date, ">=", since)))
        if index < len(starts):
            parts.insert(0, Sure(Compare(node.date, "<", starts[index])))
        options.append(all_(tuple(parts)))
    if not sure:
        options.append(Unknown(node.date))
    return any_(tuple(options))


def _negated(test: Test) -> Test:
    if isinstance(test, Compare):
        return Compare(test.fact, INVERSE[test.op], test.value, test.parameter)
    return Member(test.fact, test.values, not test.negated)


def all_(parts: tuple[Lowered, ...]) -> Lowered:
    """Ordinary "and", with constants folded."""
    if any(part is False for part in parts):
        return False
    kept = tuple(part for part in parts if part is not True)
    return True if not kept else kept[0] if len(kept) == 1 else All(kept)


def any_(parts: tuple[Lowered, ...]) -> Lowered:
    """Ordinary "or", with constants folded."""
    if any(part is True for part in parts):
        return True
    kept = tuple(part for part in parts if part is not False)
    return False if not kept else kept[0] if len(kept) == 1 else Any(kept)
