"""Reads a docket sheet's DISPOSITION SENTENCING/PENALTIES section: events, and in each the charges and sentences.

The section is an outline. Its titles stand on six lines, each further right than the one above, and a row belongs to
the level at whose left edge it begins: the result, the event with its date, a charge with its disposition,
a judge with a sentence date, a sentence, its conditions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .layout import Column, Line, aligned, columns_of, joined, row_of
from .values import Notes

_RESULT, _EVENT, _CHARGED, _JUDGE, _SENTENCE, _CONDITION = range(6)  # the levels, from left to right
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("result",),
    ("event", "date", "final", "presence"),
    ("charge", "disposition", "grade", "citation"),
    ("judge", "sentence_date", "credit"),
    ("sentence", "period", "start"),
    ("condition",),
)
_TITLES = {
    "disposition": "result",
    "case event": "event",
    "case disposition": "event",
    "disposition date": "date",
    "final disposition": "final",
    "was defendant present": "presence",
    "sequence/description": "charge",
    "offense seq./description": "charge",
    "offense disposition": "disposition",
    "grade": "grade",
    "section": "citation",
    "sentencing judge": "judge",
    "sentence date": "sentence_date",
    "credit for time served": "credit",
    "sentence/diversion program type": "sentence",
    "incarceration/diversionary period": "period",
    "start date": "start",
    "sentence conditions": "condition",
}
_CHARGE = re.compile(r"([\d,]+)\s*/\s*(.*)")
_LINKED = re.compile(r"linked sentences?:?|link \d+", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")


@dataclass(slots=True)
class Sentence:
    """One penalty. ``parts`` are the cells: sentence, period, start, condition."""

    date: str
    credit: str
    parts: dict[str, str]

    def __str__(self) -> str:
        credit = f"credit for time served: {self.credit}" if self.credit else ""
        start = f"from {self.parts['start']}" if "start" in self.parts else ""
        said = (self.parts.get("sentence", ""), self.parts.get("period", ""), start, self.parts.get("condition", ""))
        return " · ".join(part for part in (self.date, *said, credit) if part)


@dataclass(slots=True)
class Outcome:
    """What one event says about one charge. ``cells``: number, charge, disposition, grade, citation."""

    cells: dict[str, str]
    page: int
    sentences: list[Sentence] = field(default_factory=list)
    judge: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """One hearing. ``result`` is the heading over it; ``cells``: event, date, final."""

    result: str
    cells: dict[str, str]
    page: int
    outcomes: list[Outcome] = field(default_factory=list)


def read_outline(lines: Sequence[Line], notes: Notes) -> list[Event]:
    """The events in the order of the sheet; a line that fits nowhere is noted."""
    outline = _Outline(notes)
    for line in lines:
        outline.read(line)
    return outline.events


class _Outline:
    """Reads line by line and remembers where in the outline it is."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.columns: dict[int, list[Column]] = {}
        self.events: list[Event] = []
        self.result = ""
        self.last = -1  # the level of the row above
        self.linked = False

    def read(self, line: Line) -> None:
        if self._titles(line):
            return
        level, begins = self._level(line)
        self.linked = self._in_links(line)
        if self.linked:
            return
        if level < 0 or not self._take(line, level, begins):
            self.notes.add("in DISPOSITION: this line was not understood", line.page, line.text)
            return
        self.last = level

    def _titles(self, line: Line) -> bool:
        found = columns_of(line, _TITLES)
        level = next((at for at, keys in enumerate(_LEVELS) if found[0].key == keys[0]), -1)
        if level < 0 or any(column.key not in _LEVELS[level] for column in found):
            return False
        self.columns[level] = found
        return True

    def _in_links(self, line: Line) -> bool:
        """Whether the line is about sentences linked to another case's: free text, which is passed over."""
        if _LINKED.match(line.text):
            return True
        return self.linked and not (_CHARGE.match(line.text) or _DATE.search(line.text))

    def _level(self, line: Line) -> tuple[int, str]:
        """The level of a row, and the key of the column where it begins."""
        if _CHARGED in self.columns and _CHARGE.match(line.text):
            return _CHARGED, "charge"
        every = [column for columns in self.columns.values() for column in columns]
        begins = aligned(line, every)
        if begins is None:
            return -1, ""
        return next(level for level, keys in enumerate(_LEVELS) if begins.key in keys), begins.key

    def _take(self, line: Line, level: int, begins: str) -> bool:
        row = row_of(line, self.columns[level])
        if level == _RESULT:
            self.result = line.cells()[0]
            return True
        if level == _EVENT:
            return self._event(line, row, begins)
        if level == _CHARGED:
            return self._charge(line, row)
        return self._penalty(line, row, level, begins)

    def _event(self, line: Line, row: dict[str, str], begins: str) -> bool:
        if self.last == _EVENT and self.events and "date" not in row:
            return _extend(self.events[-1].cells, row)
        if begins != "event":
            return False
        self.events.append(Event(self.result, row, line.page))
        return True

    def _charge(self, line: Line, row: dict[str, str]) -> bool:
        if not self.events:
            self.events.append(Event(self.result, {}, line.page))
        outcomes = self.events[-1].outcomes
        match = _CHARGE.fullmatch(row.get("charge", ""))
        if match:
            outcomes.append(Outcome(row | {"number": match[1], "charge": match[2]}, line.page))
            return True
        return self.last == _CHARGED and bool(outcomes) and _extend(outcomes[-1].cells, row)

    def _penalty(self, line: Line, row: dict[str, str], level: int, begins: str) -> bool:
        outcomes = self.events[-1].outcomes if self.events else []
        if not outcomes:
            return False
        outcome = outcomes[-1]
        if level == _JUDGE:
            outcome.judge = row
            return True
        if level == _SENTENCE and begins != "sentence":
            return bool(outcome.sentences) and _extend(outcome.sentences[-1].parts, row)
        if level == _SENTENCE or not outcome.sentences:
            judge = outcome.judge.get
            outcome.sentences.append(Sentence(judge("sentence_date", ""), judge("credit", ""), {}))
        return _extend(outcome.sentences[-1].parts, row if level == _SENTENCE else {"condition": line.text})


def _extend(cells: dict[str, str], row: dict[str, str]) -> bool:
    for key, text in row.items():
        cells[key] = joined(cells.get(key, ""), text)
    return True
