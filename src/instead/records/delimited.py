"""Delimited text, row by row: a row that cannot be read costs itself and nothing else.

A quote that is never closed would swallow every line up to the next quote. Such a row is taken back: its first line is
set aside, and reading goes on with the line after it.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

_LONGEST_FIELD = 10_000_000


@dataclass(frozen=True, slots=True)
class TornRow:
    """A row with too few or too many fields, or with broken quotes: its fields as far as they go, and why."""

    fields: list[str]
    reason: str


@dataclass(slots=True)
class _Lines:
    """Lines that can be given back."""

    source: Iterator[str]
    pending: deque[str] = field(default_factory=deque)
    taken: list[str] = field(default_factory=list)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.pending.popleft() if self.pending else next(self.source)
        self.taken.append(line)
        return line

    def give_back_all_but_first(self) -> str:
        first, *rest = self.taken
        self.pending.extendleft(reversed(rest))
        return first


def read_rows(text: str, delimiter: str, quote: str) -> Iterator[list[str] | TornRow]:
    """The rows of a text, the header first; lines without anything are no rows."""
    csv.field_size_limit(_LONGEST_FIELD)
    lines = _Lines(iter(text.splitlines(keepends=True) if "\x0b" not in text else text.split("\n")))
    if quote:
        reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    width = 0
    while True:
        lines.taken.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            first = lines.give_back_all_but_first()
            yield TornRow(_plain(first, delimiter), f"cannot be read: {error}")
            continue
        if not row:
            continue
        width = width or len(row)
        if len(row) == width:
            yield row
        elif len(lines.taken) > 1:
            first = lines.give_back_all_but_first()
            yield TornRow(_plain(first, delimiter), "cannot be read: a quote is not closed")
        else:
            yield TornRow(row, f"{len(row)} fields where the header has {width}")


def _plain(line: str, delimiter: str) -> list[str]:
    return [value.strip().strip('"') for value in line.rstrip("\r\n").split(delimiter)]
