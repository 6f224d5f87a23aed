"""What a page of numbers shows and a CSV file holds: blocks of lines, each number with the people it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from instead.office.numbers.rates import Rate

#: A count, a rate, or words where there is no number.
Value = int | Rate | str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about, and a value for each column."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A table of measures. ``about`` says who is counted, ``cannot`` what the numbers do not say.

    ``first`` is the heading of the lines' names and ``columns`` those of the values. A ``folded`` block is long, and a
    page opens it only when asked.
    """

    id: str
    title: str
    about: str
    first: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    cannot: str = ""
    by_race: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together, under the name of the measure they are."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def of(part: int, whole: int, words: str) -> Rate:
    """So many of so many ``words``, such as "arrests"."""
    return Rate(part, whole, words)


def lines(named: Iterable[tuple[str, Iterable[Value]]]) -> tuple[Line, ...]:
    """Lines from names and values."""
    return tuple(Line(name, tuple(values)) for name, values in named)


def counted(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    """Counts by name, added up."""
    found: Counter[str] = Counter()
    for name, count in pairs:
        found[name] += count
    return found
