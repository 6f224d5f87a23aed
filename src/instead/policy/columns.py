"""The Polars back end: a policy as expressions over columns of codes, lazily and streaming.

A table has one column a fact (its name), whole numbers, null for unknown; yes/no columns may be Boolean and
date columns dates. A column that is not there is unknown in every row.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Sequence

import polars as pl

from instead.facts.formula import Compare
from instead.facts.kleene import Kleene
from instead.facts.lower import All, Any, Lowered, Perhaps, Sure, Test, Unknown, definitely, maybe
from instead.facts.vocabulary import Fact
from instead.policy.decision import Encoding
from instead.policy.model import Policy

_OPERATORS: dict[str, Callable[[pl.Expr, int], pl.Expr]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def decisions(policy: Policy, columns: Collection[str], day: int | None = None) -> pl.Expr:
    """The encoded decision of each row, for decisions taken on ``day``.

    Flat, not nested: the stopping rule is the smallest position whose rule is definitely true; an outcome is possible
    when the smallest position of a rule with it that may be true does not lie behind the stopping rule.
    """
    bound, encoding = policy.on(day), Encoding.of(policy)
    small = pl.UInt8 if encoding.bytes == 1 else pl.UInt16
    reader = _Columns(columns, bound)
    last = len(bound.rules) - 1
    stop = _first([(index, definitely(rule.formula)) for index, rule in enumerate(bound.rules)], last, reader)
    possible = pl.lit(0, dtype=small)
    for bit in sorted(set(encoding.bits)):
        own = [(i, maybe(rule.formula)) for i, rule in enumerate(bound.rules) if encoding.bits[i] == bit]
        reached = _first(own, last + 1, reader) <= stop
        possible = possible | pl.when(reached).then(pl.lit(bit, dtype=small)).otherwise(pl.lit(0, dtype=small))
    decided = pl.when(possible & (possible - 1) == 0).then(stop).otherwise(possible + encoding.base).cast(small)
    if not decided.meta.root_names():  # no column matters: the same decision, once a row
        decided = pl.repeat(pl.select(decided).item(), pl.len(), dtype=small)
    return decided.alias("decision")


def _first(conditions: Sequence[tuple[int, Lowered]], otherwise: int, reader: _Columns) -> pl.Expr:
    """The smallest position whose condition holds, or ``otherwise``."""
    found: list[pl.Expr] = []
    end = otherwise
    for index, condition in conditions:
        if condition is True:
            end = min(index, otherwise)
            break
        if condition is not False:
            wide = pl.UInt16
            when = pl.when(reader.expression(condition))
            found.append(when.then(pl.lit(index, dtype=wide)).otherwise(pl.lit(otherwise, dtype=wide)))
    return pl.min_horizontal(*found, pl.lit(end, dtype=pl.UInt16))


def rule_truths(policy: Policy, columns: Collection[str], day: int | None = None) -> list[pl.Expr]:
    """For each rule a column ``rule_<position>``: 0 definitely false, 1 unknown, 2 definitely true."""
    bound = policy.on(day)
    reader = _Columns(columns, bound)
    return [
        (
            reader.expression(definitely(rule.formula)).cast(pl.UInt8)
            + reader.expression(maybe(rule.formula)).cast(pl.UInt8)
        ).alias(f"rule_{index}")
        for index, rule in enumerate(bound.rules)
    ]


def truth_of(level: int) -> Kleene:
    """The truth behind a level of :func:`rule_truths`."""
    return (False, None, True)[level]


class _Columns:
    """Lowered formulas as expressions over the columns that are there."""

    def __init__(self, columns: Collection[str], policy: Policy) -> None:
        self.facts: dict[str, Fact] = {fact.name: fact for fact in policy.facts}
        self.columns = frozenset(columns) & self.facts.keys()

    def expression(self, node: Lowered) -> pl.Expr:
        match node:
            case bool():
                return pl.lit(node)
            case Unknown(fact):
                return pl.col(fact).is_null() if fact in self.columns else pl.lit(True)
            case Sure(test) | Perhaps(test):
                sure = isinstance(node, Sure)
                if test.fact not in self.columns:
                    return pl.lit(not sure)
                return self.test(test).fill_null(not sure)
            case All(operands):
                return _balanced(operator.and_, [self.expression(operand) for operand in operands])
            case Any(operands):
                return _balanced(operator.or_, [self.expression(operand) for operand in operands])

    def test(self, test: Test) -> pl.Expr:
        column = pl.col(test.fact)
        if isinstance(test, Compare):
            if self.facts[test.fact].kind == "yes_no":
                return _yes_no(column, test)
            return _OPERATORS[test.op](column.to_physical(), test.value)
        inside = column.to_physical().is_in(sorted(test.values))
        return ~inside if test.negated else inside


def _balanced(join: Callable[[pl.Expr, pl.Expr], pl.Expr], parts: list[pl.Expr]) -> pl.Expr:
    """Join expressions as a tree of little depth: Polars slows down with the depth of an expression."""
    while len(parts) > 1:
        pairs = [join(*parts[index : index + 2]) for index in range(0, len(parts) - 1, 2)]
        parts = pairs + ([parts[-1]] if len(parts) % 2 else [])
    return parts[0]


def _yes_no(column: pl.Expr, test: Compare) -> pl.Expr:
    """A yes/no column is Boolean or 0/1; the only tests of it are "is yes" and "is no"."""
    as_boolean = column.cast(pl.Boolean)
    return as_boolean if (test.op == "==") is (test.value == 1) else ~as_boolean
