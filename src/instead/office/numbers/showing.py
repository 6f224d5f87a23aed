"""A block as a page shows it and as a CSV file holds it: no number without the number it is of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from instead.office.numbers.blocks import Block, Line, Section, Value
from instead.office.numbers.rates import Rate
from instead.office.numbers.writing import harmless

#: The columns of a CSV file. Percentages have one decimal, the interval is Wilson's for 95 %.
HEAD = ("table", "line", "column", "value", "of", "of whom", "percent", "from percent", "to percent")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it is shown: the number, and below it what it is of. ``bar`` is its length in a hundred parts."""

    column: str
    text: str
    of: str = ""
    interval: str = ""
    bar: str = ""
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line with its values."""

    name: str
    values: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column, and whether numbers stand below it."""

    words: str
    number: bool


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block with its values as they are shown; ``wide``: more columns than a telephone has room for."""

    block: Block
    columns: tuple[Heading, ...]
    lines: tuple[ShownLine, ...]

    @property
    def wide(self) -> bool:
        return len(self.columns) > 2


def shown(block: Block) -> ShownBlock:
    """A block as a page shows it. What every rate of a column is of is said once, in its heading."""
    common = [_common(line.values[place] for line in block.lines) for place in range(len(block.columns))]
    columns = tuple(f"{name}, of {of}" if of else name for name, of in zip(block.columns, common, strict=True))
    bars = not block.columns[1:]
    lines = tuple(_line(line, columns, common, bars) for line in block.lines)
    words = [all(line.values[place].is_words for line in lines) for place in range(len(columns))]
    headings = tuple(Heading(name, not is_words) for name, is_words in zip(columns, words, strict=True))
    return ShownBlock(block, headings, lines)


def _common(values: Iterable[Value]) -> str:
    words = {value.words for value in values if isinstance(value, Rate)}
    return words.pop() if len(words) == 1 else ""


def _line(line: Line, columns: tuple[str, ...], common: list[str], bars: bool) -> ShownLine:
    values = zip(columns, line.values, common, strict=True)
    return ShownLine(line.name, tuple(_value(column, value, of, bars) for column, value, of in values))


def _value(column: str, value: Value, common: str, bars: bool) -> Shown:
    if isinstance(value, str):
        return Shown(column, value, is_words=True)
    if isinstance(value, int):
        return Shown(column, f"{value:,}")
    whole = f"{value.denominator:,}" if common else f"{value.denominator:,} {value.words}"
    percent = f"{percent_of(value)} % of {whole}" if value.tenths is not None else f"of {whole}"
    bar = percent_of(value) if bars and value.numerator else ""
    return Shown(column, f"{value.numerator:,}", percent, value.interval_words, bar)


def percent_of(rate: Rate) -> str:
    """A rate in percent with one decimal, or nothing."""
    return "" if rate.tenths is None else _tenths(rate.tenths)


def as_csv(sections: Iterable[Section], only: str = "") -> str:
    """Every value of every block, or of the one whose id is asked for, on a line of its own."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for section in sections:
        for block in section.blocks:
            if only in ("", block.id):
                writer.writerows([harmless(field) for field in row] for row in _rows(block))
    return text.getvalue()


def _rows(block: Block) -> Iterable[tuple[str, ...]]:
    for line in block.lines:
        for column, value in zip(block.columns, line.values, strict=True):
            yield (block.title, line.name, column, *_fields(value))


def _fields(value: Value) -> tuple[str, ...]:
    if not isinstance(value, Rate):
        return str(value), "", "", "", "", ""
    low, high = value.interval or (None, None)
    between = tuple("" if tenths is None else _tenths(tenths) for tenths in (low, high))
    return str(value.numerator), str(value.denominator), value.words, percent_of(value), *between


def _tenths(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"
