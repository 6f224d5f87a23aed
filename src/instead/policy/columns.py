"""The Polars back end: a policy as expressions over columns of codes, lazily and streaming.

A table has one column a fact (its name), whole numbers, null for unknown; yes/no columns may be Boolean and
date columns dates. A column that is not there is unknown in every row.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection

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

    Built in reverse order of the rules, one select each: the low four bits gather the possible outcomes, the bits
    above hold the stopping rule. Each step names the one before it once, so that the expression grows with the rules
    and not with their power set.
    """
    bound, encoding = policy.on(day), Encoding.of(policy)
    small = pl.UInt8 if encoding.bytes == 1 else pl.UInt16
    wide = pl.UInt16 if encoding.bytes == 1 else pl.UInt32
    reader = _Columns(frozenset(columns), {fact.name: fact for fact in bound.facts})
    last = len(bound.rules) - 1
    found = pl.lit(last << 4 | encoding.bits[last], dtype=wide)
    for index in range(last - 1, -1, -1):
        sure = reader.expression(definitely(bound.rules[index].formula))
        perhaps = reader.expression(maybe(bound.rules[index].formula))
        bit = encoding.bits[index]
        more = pl.when(perhaps).then(pl.lit(bit, dtype=wide)).otherwise(pl.lit(0, dtype=wide))
        found = pl.when(sure).then(pl.lit(index << 4 | bit, dtype=wide)).otherwise(found | more)
    possible = found & 15
    decided = pl.when(possible & (possible - 1) == 0).then(found // 16).otherwise(possible + encoding.base).cast(small)
    if not decided.meta.root_names():  # no column matters: the same decision, once a row
        decided = pl.repeat(pl.select(decided).item(), pl.len(), dtype=small)
    return decided.alias("decision")


def rule_truths(policy: Policy, columns: Collection[str], day: int | None = None) -> list[pl.Expr]:
    """For each rule a column ``rule_<position>``: 0 definitely false, 1 unknown, 2 definitely true."""
    bound = policy.on(day)
    reader = _Columns(frozenset(columns), {fact.name: fact for fact in bound.facts})
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

    def __init__(self, columns: frozenset[str], facts: dict[str, Fact]) -> None:
        self.columns = columns
        self.facts = facts

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
                return functools.reduce(operator.and_, map(self.expression, operands))
            case Any(operands):
                return functools.reduce(operator.or_, map(self.expression, operands))

    def test(self, test: Test) -> pl.Expr:
        column = pl.col(test.fact)
        if isinstance(test, Compare):
            if self.facts[test.fact].kind == "yes_no":
                return _yes_no(column, test)
            return _OPERATORS[test.op](column.to_physical(), test.value)
        inside = column.to_physical().is_in(sorted(test.values))
        return ~inside if test.negated else inside


def _yes_no(column: pl.Expr, test: Compare) -> pl.Expr:
    """A yes/no column is Boolean or 0/1; the only tests of it are "is yes" and "is no"."""
    as_boolean = column.cast(pl.Boolean)
    return as_boolean if (test.op == "==") is (test.value == 1) else ~as_boolean
