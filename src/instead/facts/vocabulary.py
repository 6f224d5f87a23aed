"""The vocabulary: the facts a policy may ask about, their domains, and how each value is written.

Inside the program every known value is a whole number, its *code* (see :mod:`instead.facts.formula`).
A case is a mapping from fact names to codes, with None for unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from instead.errors import nearest, shown
from instead.facts.formula import Formula
from instead.facts.units import format_amount, parse_amount, units_of

Kind = Literal["yes_no", "one_of", "whole_number", "amount", "date"]
KINDS: tuple[Kind, ...] = ("yes_no", "one_of", "whole_number", "amount", "date")
#: Names that mean something else in a formula.
RESERVED = frozenset({"outcome", "decision_date", "case_id", "track"})

#: What is known of one case: fact name to code, None for unknown. A fact left out is unknown.
Case = Mapping[str, int | None]

_EPOCH = dt.date(1970, 1, 1)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: No code is larger: every back end keeps codes in 64 bits.
LARGEST = 2**62


def day_of(date: dt.date) -> int:
    """A date (or the day of a moment) as its code: days since 1970-01-01."""
    day = date.date() if isinstance(date, dt.datetime) else date
    return (day - _EPOCH).days


def date_of(day: int) -> dt.date:
    """The date behind a code."""
    return _EPOCH + dt.timedelta(days=day)


def parse_day(text: object) -> int | None:
    """The code of a date written YYYY-MM-DD (or of a date of TOML, without a time), else None."""
    if isinstance(text, dt.date) and not isinstance(text, dt.datetime):
        return day_of(text)
    if not isinstance(text, str) or not _ISO_DATE.fullmatch(text):
        return None
    try:
        return day_of(dt.date.fromisoformat(text))
    except ValueError:
        return None


class ValueProblem(ValueError):
    """A value that a fact cannot have: ``str()`` says what is wrong, ``expected`` what would be right."""

    def __init__(self, message: str, expected: str, near: str = "") -> None:
        super().__init__(message)
        self.expected = expected
        self.near = near


@dataclass(frozen=True, slots=True)
class FromCharges:
    """How a fact follows from the charges; exactly one of the three forms is set."""

    any_of: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One question about a case, with its domain ``low`` to ``high`` (codes, ends included)."""

    name: str
    kind: Kind
    question: str
    low: int
    high: int
    unit: str = ""
    members: tuple[str, ...] = ()
    question_es: str = ""
    who: tuple[str, ...] = ()
    from_charges: FromCharges | None = None

    def code(self, value: object) -> int:
        """The code of a value as people and files write it; raises :class:`ValueProblem`."""
        code = _CODERS[self.kind](self, value)
        if abs(code) > LARGEST:
            raise ValueProblem("the number is too large", self.expected())
        if not self.low <= code <= self.high:
            raise ValueProblem(f"{self.show(code)} is outside the domain of {self.name}", self.expected())
        return code

    def show(self, code: int) -> str:
        """A code as people write it: ``30 g``, ``2019-05-04``, ``yes``."""
        if self.kind == "yes_no":
            return "yes" if code else "no"
        if self.kind == "one_of":
            return self.members[code] if 0 <= code < len(self.members) else str(code)
        if self.kind == "amount":
            return format_amount(code, self.unit)
        if self.kind == "date":
            return date_of(code).isoformat()
        return str(code)

    def json_value(self, code: int | None) -> bool | int | str | None:
        """A code as it stands in JSON and in tables."""
        if code is None:
            return None
        if self.kind == "yes_no":
            return bool(code)
        return code if self.kind in ("whole_number", "amount") else self.show(code)

    def expected(self) -> str:
        """What a value of this fact looks like, in words."""
        if self.kind == "yes_no":
            return "true or false"
        if self.kind == "one_of":
            return "one of " + ", ".join(f'"{member}"' for member in self.members)
        if self.kind == "amount":
            units = ", ".join(units_of(self.unit))
            return f'an amount with its unit ({units}), for instance "{format_amount(30000, self.unit)}"'
        if self.kind == "date":
            return f'a date from "{self.show(self.low)}" to "{self.show(self.high)}"'
        return f"a whole number from {self.low} to {self.high}"


def _code_yes_no(fact: Fact, value: object) -> int:
    if not isinstance(value, bool):
        raise ValueProblem(f"{shown(value)} is neither true nor false", fact.expected())
    return int(value)


def _code_one_of(fact: Fact, value: object) -> int:
    if isinstance(value, str) and value in fact.members:
        return fact.members.index(value)
    near = nearest(value, fact.members) if isinstance(value, str) else ""
    raise ValueProblem(f"{shown(value)} is no member of {fact.name}", fact.expected(), near)


def _code_whole_number(fact: Fact, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueProblem(f"{shown(value)} is no whole number", fact.expected())
    return value


def _code_amount(fact: Fact, value: object) -> int:
    if isinstance(value, str):
        amount = parse_amount(value, fact.unit)
        if amount is not None:
            return amount
    elif isinstance(value, int) and not isinstance(value, bool):
        return value  # data: the unit is in the fact's name
    raise ValueProblem(f"{shown(value)} is no amount of {fact.unit}", fact.expected())


def _code_date(fact: Fact, value: object) -> int:
    day = day_of(value) if isinstance(value, dt.date) else parse_day(value)
    if day is not None:
        return day
    raise ValueProblem(f"{shown(value)} is no date", fact.expected())


_CODERS = {
    "yes_no": _code_yes_no,
    "one_of": _code_one_of,
    "whole_number": _code_whole_number,
    "amount": _code_amount,
    "date": _code_date,
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """What holds between the facts of every possible case."""

    id: str
    formula: Formula
    text: str
    because: str


@dataclass(frozen=True)
class Vocabulary:
    """Facts by name, the constraints between them, and the digest of the file they came from."""

    id: str
    title: str
    version: str
    facts: Mapping[str, Fact]
    constraints: tuple[Constraint, ...] = ()
    digest: str = field(default="", compare=False)

    def __getitem__(self, name: str) -> Fact:
        return self.facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def nearest(self, name: str) -> str:
        """The fact whose name is most like ``name``, or an empty string."""
        return nearest(name, list(self.facts))

    @cached_property
    def from_charges(self) -> tuple[Fact, ...]:
        """The facts that follow from what is charged."""
        return tuple(fact for fact in self.facts.values() if fact.from_charges)

    @cached_property
    def charge_kinds(self) -> frozenset[str]:
        """Every kind of charge that some fact asks about."""
        kinds: Iterable[str] = ()
        for fact in self.from_charges:
            if fact.from_charges:
                kinds = (*kinds, *fact.from_charges.any_of, *fact.from_charges.only)
        return frozenset(kinds)
