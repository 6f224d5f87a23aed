"""The intermediate representation: what a condition means, in seven kinds of node.

Every back end (interpreter, generated Python, columns, proofs) is made from these nodes and nothing else.
All values are whole numbers, the *codes* of the vocabulary: yes/no is 1/0, a member its position,
an amount its smallest units, a date its days since 1970-01-01.

    Constant   true or false
    Compare    a fact against one number
    Member     a fact among some numbers
    Dated      one of several formulas, chosen by a date fact (a dated parameter)
    Not, And, Or
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Op = Literal["<", "<=", "==", "!=", ">=", ">"]
INVERSE: dict[Op, Op] = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}
FLIPPED: dict[Op, Op] = {"<": ">", "<=": ">=", "==": "==", "!=": "!=", ">=": "<=", ">": "<"}

#: The name under which the date of the decision itself is looked up; no fact may have it.
DECISION_DATE = "decision_date"


@dataclass(frozen=True, slots=True)
class Constant:
    """Always true or always false: a parameter that is yes or no."""

    value: bool
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A fact compared with a number. ``parameter`` names where the number came from, if anywhere."""

    fact: str
    op: Op
    value: int
    parameter: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """A fact that is one of some numbers, or with ``negated`` none of them."""

    fact: str
    values: frozenset[int]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """The formula of the period in which ``date`` lies.

    ``periods`` are (first day, formula), ascending; the first period has no beginning.
    With an unknown date the whole is unknown: periods with equal values were merged before.
    """

    date: str
    periods: tuple[tuple[int, Formula], ...]
    parameter: str = field(default="", compare=False)

    def at(self, day: int) -> Formula:
        """The formula in force on ``day``."""
        chosen = self.periods[0][1]
        for since, formula in self.periods[1:]:
            if day >= since:
                chosen = formula
        return chosen


@dataclass(frozen=True, slots=True)
class Not:
    operand: Formula


@dataclass(frozen=True, slots=True)
class And:
    operands: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    operands: tuple[Formula, ...]


Formula = Constant | Compare | Member | Dated | Not | And | Or


def children(node: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside a node."""
    if isinstance(node, And | Or):
        return node.operands
    if isinstance(node, Not):
        return (node.operand,)
    if isinstance(node, Dated):
        return tuple(formula for _, formula in node.periods)
    return ()


def facts_in(node: Formula) -> Iterator[str]:
    """Every fact a formula can look at, in walk order, with repetitions."""
    if isinstance(node, Compare | Member):
        yield node.fact
    elif isinstance(node, Dated):
        yield node.date
    for child in children(node):
        yield from facts_in(child)


OPERATORS: dict[Op, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def compare(left: int, op: Op, right: int) -> bool:
    """One comparison of whole numbers."""
    return OPERATORS[op](left, right)


def on(node: Formula, day: int | None) -> Formula:
    """The formula as it stands for decisions taken on ``day``: parameters by decision date are settled.

    With ``day`` None they stay, and are unknown.
    """
    if isinstance(node, Dated):
        if node.date == DECISION_DATE and day is not None:
            return on(node.at(day), day)
        return Dated(node.date, tuple((since, on(f, day)) for since, f in node.periods), node.parameter)
    if isinstance(node, Not):
        return Not(on(node.operand, day))
    if isinstance(node, And):
        return And(tuple(on(operand, day) for operand in node.operands))
    if isinstance(node, Or):
        return Or(tuple(on(operand, day) for operand in node.operands))
    return node
