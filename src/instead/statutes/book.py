"""The statute book: which kind of charge a citation is. Keyed on the subsection, never on the grade."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from instead.statutes.citation import Pieces, Spelling, numbers

#: The kinds of charge that a book may use, with their meaning in docs/statute-books.md.
CHARGE_KINDS = frozenset(
    {
        "possession",
        "purchase",
        "small_amount_cannabis",
        "paraphernalia",
        "delivery",
        "intent_to_deliver",
        "drug_death",
        "other_drug",
        "violent",
        "weapon",
        "sexual",
        "property",
        "driving",
        "other",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One idea of the book: what it covers, what kind of charge that is, and when it is in force.

    ``kinds`` is None where a citation alone cannot tell the kind. ``since`` and ``until`` are days since
    1970-01-01, ``until`` the first day no longer in force.
    """

    label: str
    kinds: frozenset[str] | None
    source: str
    drug_class: str = ""
    grades: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    because: str = ""

    def in_force(self, day: int | None) -> bool:
        """Whether it may be in force on a day; on an unknown day it may."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def _always_one_in_force(entries: tuple[Entry, ...]) -> bool:
    """Whether on every day some entry is in force: learning the day then never makes the charge unknown."""
    ordered = sorted(entries, key=lambda entry: -math.inf if entry.since is None else entry.since)
    reached: float = -math.inf
    for entry in ordered:
        if entry.since is not None and entry.since > reached:
            return False
        reached = max(reached, math.inf if entry.until is None else entry.until)
    return reached == math.inf


@dataclass(frozen=True, slots=True)
class Range:
    """The sections of a title from one number to another, ends included."""

    title: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    entry: Entry

    def covers(self, title: str, section: tuple[int, ...]) -> bool:
        return title == self.title and section >= self.first and section[: len(self.last)] <= self.last


@dataclass(frozen=True, slots=True)
class Charge:
    """What the book says of one citation. ``kinds`` None: one charge of unknown kind, and ``reason`` why."""

    kinds: frozenset[str] | None
    entry: Entry | None
    reason: str = ""


@dataclass(frozen=True)
class StatuteBook:
    """Entries by citation and by range; ``grades`` gives the class of each grade, in lower case.

    ``effective`` is the first day (since 1970-01-01) for which the book speaks; entries may begin later or end.
    """

    id: str
    title: str
    version: str
    spelling: Spelling
    cited: Mapping[Pieces, tuple[Entry, ...]]
    ranges: tuple[Range, ...]
    grades: Mapping[str, str]
    effective: int
    digest: str = field(default="", compare=False)

    def classify(self, citation: str, day: int | None = None) -> Charge:
        """What kind of charge a citation is, for an offense on ``day`` (days since 1970-01-01)."""
        if day is not None and day < self.effective:
            return Charge(None, None, "before the statute book begins")
        found = self._entries(citation)
        if isinstance(found, str):
            return Charge(None, None, found)
        entries = [entry for entry in found if entry.in_force(day)]
        if not entries:
            return Charge(None, None, "not in force on that date")
        kinds = {entry.kinds for entry in entries}
        if day is None and not _always_one_in_force(found):
            kinds.add(None)
        if len(kinds) > 1:
            return Charge(None, None, "depends on the date of the offense, which is not known")
        entry = entries[0]
        return Charge(entry.kinds, entry, "" if entry.kinds else entry.because or "the citation cannot tell")

    def _entries(self, citation: str) -> tuple[Entry, ...] | str:
        """The entries of the most specific citation that covers this one, else of a range; or why there is none."""
        pieces = self.spelling.read(citation)
        if pieces is None:
            return "not written as a citation"
        for length in range(len(pieces), 1, -1):
            if pieces[:length] in self.cited:
                return self.cited[pieces[:length]]
        section = numbers(pieces[1])
        ranged = tuple(r.entry for r in self.ranges if section and r.covers(pieces[0], section))
        return ranged or "not in the statute book"

    def grade_class(self, grade: str) -> str | None:
        """The class of a grade as written, or None when it is blank or not listed."""
        return self.grades.get(grade.strip().lower())
