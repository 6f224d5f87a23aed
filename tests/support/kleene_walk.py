"""A plain Kleene walk over a policy as written, made from the normative text and nothing else.

It reads the rules and parameters out of the Markdown itself, walks the Python ``ast`` of each condition with
values as people know them (``True``, ``"laboratory"``, ``dt.date``), and knows nothing of the program's own
formulas. Slow and simple on purpose: every back end is compared with it.
"""

from __future__ import annotations

import ast
import datetime as dt
import operator
import re
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from instead.facts.vocabulary import Vocabulary

Case = Mapping[str, int | None]
Truth = bool | None

_BLOCK = re.compile(r"^```(rule|parameter)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GRAMS = {"mg": "0.001", "g": "1", "kg": "1000", "oz": "28.349523125", "lb": "453.59237"}
_LITRES = {"ml": "0.001", "l": "1"}
_DOLLARS = {"cents": "0.01", "usd": "1"}
_MEASURES = {"mg": (_GRAMS, 1000), "ml": (_LITRES, 1000), "cents": (_DOLLARS, 100)}
_COMPARE = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
}


class Walked(NamedTuple):
    """What a case came to. ``missing`` groups the facts of one test, in walk order."""

    stopping: str
    possible: frozenset[str]
    missing: tuple[frozenset[str], ...]
    truths: tuple[Truth, ...]

    @property
    def missing_facts(self) -> frozenset[str]:
        return frozenset().union(*self.missing)


class Name(NamedTuple):
    """A fact or a parameter: its kind, its value (None: unknown), and the facts to ask when it is unknown."""

    kind: str
    unit: str
    value: Any
    ask: frozenset[str]


class Found(NamedTuple):
    """The truth of a node and, where it is unknown, the facts to ask: one group a test."""

    truth: Truth
    ask: tuple[frozenset[str], ...] = ()


class Walk:
    """A policy ready to be walked."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        blocks = [(kind, tomllib.loads(body)) for kind, body in _BLOCK.findall(text.replace("\r\n", "\n"))]
        self.parameters = {table["id"]: table for kind, table in blocks if kind == "parameter"}
        self.rules = [
            (table["id"], _tree(table["when"]) if "when" in table else None, table["then"])
            for kind, table in blocks
            if kind == "rule"
        ]

    def decide(self, case: Case, day: dt.date | None = None) -> Walked:
        """The stopping rule, the possible outcomes and the missing facts."""
        found = [Found(True) if tree is None else self.truth(tree, case, day) for _, tree, _ in self.rules]
        possible: set[str] = set()
        missing: list[frozenset[str]] = []
        for (name, _, outcome), (truth, ask) in zip(self.rules, found, strict=True):
            if truth is False:
                continue
            possible.add(outcome)
            if truth is True:
                return Walked(name, frozenset(possible), tuple(missing), tuple(one.truth for one in found))
            missing.extend(ask)
        raise AssertionError("the last rule has no condition")

    def truth(self, node: ast.expr, case: Case, day: dt.date | None = None) -> Found:
        """Strong Kleene logic, by the book."""
        match node:
            case ast.BoolOp(op=op, values=values):
                return self.joined([self.truth(value, case, day) for value in values], isinstance(op, ast.And))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truth, ask = self.truth(operand, case, day)
                return Found(None if truth is None else not truth, ask)
            case ast.Name():
                return self.test([self.name(node.id, case, day)], lambda value: value)
            case ast.Compare(left=left, ops=ops, comparators=rights):
                sides = [left, *rights]
                return self.joined(
                    [self.link(a, op, b, case, day) for a, op, b in zip(sides, ops, rights, strict=False)], True
                )
        raise AssertionError(ast.dump(node))

    def joined(self, parts: list[Found], conjunction: bool) -> Found:
        truths = [part.truth for part in parts]
        settling = not conjunction
        if settling in truths:
            return Found(settling)
        if None in truths:
            return Found(None, tuple(group for part in parts if part.truth is None for group in part.ask))
        return Found(conjunction)

    def link(self, left: ast.expr, op: ast.cmpop, right: ast.expr, case: Case, day: dt.date | None) -> Found:
        if isinstance(op, ast.In | ast.NotIn):
            subject = self.name(left.id, case, day)
            members = [_literal(item, subject) for item in right.elts]
            return self.test([subject], lambda value: (value in members) is isinstance(op, ast.In))
        names = [self.name(side.id, case, day) for side in (left, right) if isinstance(side, ast.Name)]
        test = _COMPARE[type(op)]
        if len(names) == 2:
            return self.test(names, test)
        if isinstance(left, ast.Name):
            return self.test(names, lambda value: test(value, _literal(right, names[0])))
        return self.test(names, lambda value: test(_literal(left, names[0]), value))

    def test(self, names: list[Name], passes: Any) -> Found:
        unknown = [name.ask for name in names if name.value is None]
        if unknown:
            return Found(None, (frozenset().union(*unknown),))
        return Found(bool(passes(*(name.value for name in names))))

    def name(self, name: str, case: Case, day: dt.date | None) -> Name:
        if name in self.parameters:
            return self.parameter(self.parameters[name], case, day)
        fact = self.vocabulary[name]
        return Name(fact.kind, fact.unit, self.value(name, case), frozenset({name}))

    def value(self, name: str, case: Case) -> Any:
        fact, code = self.vocabulary[name], case.get(name)
        if code is None:
            return None
        if fact.kind == "yes_no":
            return bool(code)
        if fact.kind == "one_of":
            return fact.members[code]
        return dt.date(1970, 1, 1) + dt.timedelta(days=code) if fact.kind == "date" else code

    def parameter(self, table: dict[str, Any], case: Case, day: dt.date | None) -> Name:
        first = table["values"][0]["value"]
        kind = "whole_number"
        if "choices" in table:
            kind = "one_of"
        elif "unit" in table:
            kind = "amount"
        elif isinstance(first, bool):
            kind = "yes_no"
        elif isinstance(first, str):
            kind = "date"
        unit = table.get("unit", "")
        values = [(entry.get("since"), _value(entry["value"], kind, unit)) for entry in table["values"]]
        asked = table.get("date", "decision_date")
        on = self.value(asked, case) if "date" in table else day
        if len({value for _, value in values}) == 1:
            return Name(kind, unit, values[0][1], frozenset())
        if on is None:
            return Name(kind, unit, None, frozenset({asked}))
        begun = [value for since, value in values if since is None or dt.date.fromisoformat(since) <= on]
        return Name(kind, unit, begun[-1], frozenset())


def _tree(when: str) -> ast.expr:
    return ast.parse(f"({when})", mode="eval").body


def _literal(node: ast.expr, name: Name) -> Any:
    return _value(ast.literal_eval(node), name.kind, name.unit)


def _value(written: Any, kind: str, unit: str) -> Any:
    if kind == "date":
        return dt.date.fromisoformat(written)
    return smallest(written, unit) if kind == "amount" else written


def smallest(written: str, unit: str) -> int:
    """An amount in its smallest unit, exactly, half up."""
    number, name = re.fullmatch(r"\s*([0-9.]+)\s*([a-zA-Z]+)\s*", written).groups()
    measure, parts = _MEASURES[unit]
    exact = Fraction(number) * Fraction(measure[name.lower()]) * parts
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
