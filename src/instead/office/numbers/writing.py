"""Published tables as rows for a page and as CSV for a spreadsheet. A hidden count is never a blank: it says why."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import groupby

from instead.office.numbers.rates import NOT_SHOWN
from instead.office.numbers.release import Published
from instead.office.numbers.tables import ALL, Cell, Shape

#: What a spreadsheet takes for the beginning of a formula, in wide letters too. Names hold no tabs and no line ends.
_FORMULA = tuple("=+-@＝＋－＠")


@dataclass(frozen=True, slots=True)
class Entry:
    """One count as it is printed: ``text`` in the table, ``reason`` where it is hidden, for a title and for ears."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The members that a row of counts is for, and the counts; the last one is their total."""

    heading: tuple[str, ...]
    entries: tuple[Entry, ...]


def reason(published: Published) -> str:
    """Why a count is hidden. It is the same for every count, so that it does not say which ones are small."""
    return (
        f"Not shown: this is a count from 1 to {published.threshold - 1}, or a count from which such a count could be"
        " worked out."
    )


def columns(shape: Shape) -> tuple[str, ...]:
    """The headings of the counts: the members of the last dimension and the total; a list has the total alone."""
    return (*(shape.dimensions[-1].members if len(shape.dimensions) > 1 else ()), ALL)


def as_rows(published: Published, shape: Shape) -> list[Row]:
    """A table as rows, the total last. The last dimension runs across; a list by one dimension runs down."""
    across = 1 if len(shape.dimensions) > 1 else 0
    found = []
    for heading, places in groupby(shape.places(), key=lambda place: place[: len(place) - across]):
        entries = tuple(_entry(published, shape.cell(place)) for place in places)
        found.append(Row(tuple(member or ALL for member in heading), entries))
    return found


def as_csv(published: Published) -> str:
    """Every published count on a line of its own: table, people, one column a dimension, count, note.

    A dimension that a table does not have is left empty; "all" is a total. Text that a spreadsheet would take for a
    formula gets an apostrophe in front.
    """
    names = list(dict.fromkeys(dimension.name for shape in published.shapes for dimension in shape.dimensions))
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow([harmless(heading) for heading in ("table", "people", *names, "count", "note")])
    for shape in published.shapes:
        own = [dimension.name for dimension in shape.dimensions]
        for place in shape.places():
            members = dict(zip(own, (member or ALL for member in place), strict=True))
            entry = _entry(published, shape.cell(place), "")
            by = [members.get(name, "") for name in names]
            lines.writerow(
                [harmless(field) for field in (shape.title, shape.population, *by, entry.text, entry.reason)]
            )
    return text.getvalue()


def _entry(published: Published, cell: Cell, group: str = ",") -> Entry:
    count = published.shown.get(cell)
    return Entry(NOT_SHOWN, reason(published)) if count is None else Entry(f"{count:{group}}")


def harmless(field: str) -> str:
    """A field that no spreadsheet takes for a formula, whatever blanks somebody wrote in front."""
    return f"'{field}" if field.lstrip().startswith(_FORMULA) else field
