"""Everything that can go wrong, told to a person.

    InsteadError                 anything this program says about your input
    ├── Problems                 one or many things wrong with a document, all at once
    ├── NotFound                 a name that is neither in the library nor a path
    ├── BadCase                  one case whose facts cannot be used
    └── BadData                  a file of records that cannot be read at all

A :class:`Problem` says what is wrong, where, what was expected and the nearest right thing.
A row that cannot be used is not an error: it is set aside, with its reason, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. Lines, columns and rows count from 1; 0 means "not said"."""

    file: str = ""
    line: int = 0
    column: int = 0
    row: int = 0
    page: int = 0

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line:
            parts.append(f"line {self.line}")
        if self.column:
            parts.append(f"column {self.column}")
        if self.row:
            parts.append(f"row {self.row}")
        if self.page:
            parts.append(f"page {self.page}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``excerpt`` is the line as written; ``width`` how many characters the caret underlines.
    """

    message: str
    place: Place = field(default_factory=Place)
    expected: str = ""
    nearest: str = ""
    excerpt: str = ""
    width: int = 1

    def __str__(self) -> str:
        where = str(self.place)
        lines = [f"{where}: {self.message}" if where else self.message]
        if self.excerpt:
            lines += _quote(self.excerpt, self.place.column, self.width)
        if self.expected:
            lines.append(f"    expected: {self.expected}")
        if self.nearest:
            lines.append(f"    did you mean: {self.nearest}")
        return "\n".join(lines)


_WIDEST = 100


def _quote(excerpt: str, column: int, width: int) -> list[str]:
    """The line as written with a caret below; a long line is cut to what is near the caret."""
    start = max(0, column - 1 - _WIDEST // 2) if len(excerpt) > _WIDEST else 0
    shown = excerpt[start : start + _WIDEST].replace("\t", " ")
    quoted = [f"    {'…' if start else ''}{shown}{'…' if start + _WIDEST < len(excerpt) else ''}"]
    if column:
        indent = column - 1 - start + (1 if start else 0)
        room = min(_WIDEST - indent, len(excerpt) - column + 1)
        quoted.append(f"    {' ' * indent}{'^' * max(1, min(width, room))}")
    return quoted


class InsteadError(Exception):
    """Anything this program says about what it was given. Shown without a traceback."""


class Problems(InsteadError):
    """One or many problems of one input, reported together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotFound(InsteadError):
    """A policy, source, statute book or file that does not exist."""


class BadCase(Problems):
    """One case whose facts cannot be used: wrong name, wrong type, outside the domain."""


class BadData(Problems):
    """A file of records that cannot be read at all: empty, truncated, wrong encoding, no such column."""


_LONGEST_NAME = 200
_LONGEST_SHOWN = 80


def nearest(name: str, known: Sequence[str], *, cutoff: float = 60.0) -> str:
    """The known name most like ``name``, or an empty string when none is like it."""
    found = process.extractOne(name[:_LONGEST_NAME], known, score_cutoff=cutoff, processor=str.lower)
    return str(found[0]) if found else ""


def shown(value: object) -> str:
    """A value as it is quoted in a message: never more than a line, whatever somebody wrote."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out a number of thousands of digits
        return "a number of thousands of digits"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
