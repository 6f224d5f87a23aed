"""A docket sheet's CHARGES section: one row per charge, long texts wrapped below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .layout import Column, Line, aligned, columns_of, joined, row_of
from .model import CourtCharge, CourtEvent
from .values import Notes

_TITLES = {
    "seq": "sequence",
    "seq no": "sequence",
    "#": "sequence",
    "orig seq": "original",
    "orig seq no": "original",
    "grade": "grade",
    "statute": "citation",
    "charge": "citation",
    "statute description": "description",
    "description": "description",
    "offense dt": "offense_date",
    "offense date": "offense_date",
    "otn": "otn",
    "disposition": "disposition",
}
_NEEDED = {"sequence", "citation", "description"}
_WRAPS = ("citation", "description", "disposition")


@dataclass(slots=True)
class OpenCharge:
    """A charge that is still being read: its cells by column, and what happened to it in court.

    ``rows`` are the sentences below a charge of a summary: cells by column.
    """

    cells: dict[str, str]
    page: int
    number: int
    events: list[CourtEvent] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)

    def closed(self, notes: Notes) -> CourtCharge:
        """The charge as a value; what cannot be understood is noted."""
        cell = self.cells.get
        last = next((event for event in reversed(self.events) if event.disposition), None)
        penalties = [" · ".join(row.values()) for row in self.rows]
        return CourtCharge(
            sequence=self.number,
            original_sequence=notes.sequence(cell("original", ""), self.page),
            citation=cell("citation", ""),
            grade=cell("grade", ""),
            description=cell("description", ""),
            offense_date=notes.date(cell("offense_date", ""), f"offense date of charge {self.number}", self.page),
            otn=notes.otn(cell("otn", ""), self.page),
            disposition=last.disposition if last else cell("disposition", ""),
            disposition_date=last.date if last else None,
            sentences=(*penalties, *(sentence for event in self.events for sentence in event.sentences)),
            final=last.final if last else None,
            events=tuple(self.events),
            page=self.page,
        )


def read_charges(lines: Sequence[Line], notes: Notes) -> list[OpenCharge]:
    """The charges in the lines of all CHARGES sections of a sheet; a line that is no charge is noted."""
    columns: list[Column] = []
    charges: list[OpenCharge] = []
    for line in lines:
        heading = columns_of(line, _TITLES)
        if {column.key for column in heading} >= _NEEDED:
            note_unknown(heading, columns, line, notes)
            columns = heading
        elif not columns:
            notes.add("in CHARGES: a line before the table's titles was not understood", line.page, line.text)
        elif not _read_row(line, columns, charges, notes):
            notes.add("in CHARGES: this line was not understood", line.page, line.text)
    return charges


def _read_row(line: Line, columns: Sequence[Column], charges: list[OpenCharge], notes: Notes) -> bool:
    row = row_of(line, columns)
    if starts_charge(row):
        charges.append(OpenCharge(row, line.page, notes.sequence(row["sequence"], line.page)))
        return True
    return bool(charges) and continue_row(charges[-1].cells, row, line, columns)


def note_unknown(columns: Sequence[Column], before: Sequence[Column], line: Line, notes: Notes) -> None:
    """Note a table's column that has no title we know, unless the titles ``before`` were the same."""
    keys = [column.key for column in columns]
    if "" in keys and keys != [column.key for column in before]:
        notes.add("a column of the charges was not understood and not read; its titles are", line.page, line.text)


def starts_charge(row: dict[str, str]) -> bool:
    """Whether a row of a table of charges begins a new one: it has a number, and a citation or a description."""
    number = row.get("sequence", "").replace(",", "")
    return number.isascii() and number.isdigit() and ("citation" in row or "description" in row)


def continue_row(cells: dict[str, str], row: dict[str, str], line: Line, columns: Sequence[Column]) -> bool:
    """Add a wrapped line to the cells of the row above; ``False`` if it is no such line."""
    begins = aligned(line, columns)
    if begins is None or not row or set(row) - set(_WRAPS):
        return False
    for key, text in row.items():
        cells[key] = joined(cells.get(key, ""), text)
    return True
