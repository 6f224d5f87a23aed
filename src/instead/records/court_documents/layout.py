"""From words on a page to lines, cells and columns, by where they stand.

Positions are in points (1/72 inch) from the left edge of the page. A table is read by its heading row: each title gives
the left edge of its column, so that no position is ever written into this program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_NEAR = 3.0  # points by which a value may stand left of its column's title, or beside it and still be aligned


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without a blank. ``bottom`` grows down the page; ``height`` is the size of the letters."""

    text: str
    x0: float
    x1: float
    bottom: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """The words that stand side by side, from left to right. Never empty."""

    page: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with one blank between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """The left edge of the first word."""
        return self.words[0].x0

    @property
    def centre(self) -> float:
        """The middle between the left and the right edge."""
        return (self.words[0].x0 + self.words[-1].x1) / 2

    def cells(self) -> list[str]:
        """The texts that are set apart by more than a blank or two."""
        texts: list[list[Word]] = [[self.words[0]]]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.x0 - before.x1 > word.height:
                texts.append([])
            texts[-1].append(word)
        return [" ".join(word.text for word in cell) for cell in texts]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its width in points, its lines from top to bottom."""

    number: int
    width: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: ``key`` is our name for it ("" if its title is unknown), ``x0`` its left edge."""

    key: str
    x0: float


def lines_of(words: Iterable[Word], page: int) -> tuple[Line, ...]:
    """Words grouped into lines: a line ends where the next word stands lower by half a letter's height."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.bottom, each.x0)):
        if rows and word.bottom - rows[-1][0].bottom <= min(word.height, rows[-1][0].height) / 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return tuple(Line(page, tuple(sorted(row, key=lambda each: each.x0))) for row in rows)


def columns_of(line: Line, titles: Mapping[str, str]) -> list[Column]:
    """The columns that this heading row names, from left to right.

    ``titles`` maps a title in lower case without final points ("orig seq") to our key. The longest title wins.
    Words that are no title make a column with the key "", so that its values do not fall into a neighbour.
    """
    plain = [_plain(word.text) for word in line.words]
    longest = max(len(title.split()) for title in titles)
    columns: list[Column] = []
    at = 0
    while at < len(plain):
        size, key = _title_at(plain, at, longest, titles)
        if size or not columns or columns[-1].key or line.words[at].x0 - line.words[at - 1].x1 > line.words[at].height:
            columns.append(Column(key, line.words[at].x0))
        at += size or 1
    return columns


def _title_at(plain: Sequence[str], at: int, longest: int, titles: Mapping[str, str]) -> tuple[int, str]:
    for size in range(min(longest, len(plain) - at), 0, -1):
        key = titles.get(" ".join(plain[at : at + size]))
        if key is not None:
            return size, key
    return 0, ""


def _plain(text: str) -> str:
    return text.lower().rstrip(".:?")


def row_of(line: Line, columns: Sequence[Column]) -> dict[str, str]:
    """The text under each column's key; a key without text is left out.

    A word belongs to the last column that begins left of it. A text that runs on past its column's edge
    stays whole, unless the word begins just where the next column does.
    """
    row: dict[str, str] = {}
    now, before = columns[0], None
    for word in line.words:
        column = _column_at(word.x0, columns)
        runs_on = before is not None and word.x0 - before.x1 < 0.45 * word.height
        if not runs_on or abs(word.x0 - column.x0) <= _NEAR:
            now = column
        row[now.key] = f"{row[now.key]} {word.text}" if now.key in row else word.text
        before = word
    return row


def _column_at(x: float, columns: Sequence[Column]) -> Column:
    left = [column for column in columns if column.x0 - _NEAR <= x]
    return left[-1] if left else columns[0]


def aligned(line: Line, columns: Sequence[Column]) -> Column | None:
    """The column at whose left edge this line begins, or ``None``."""
    near = min(columns, key=lambda column: abs(column.x0 - line.x0), default=None)
    return near if near is not None and abs(near.x0 - line.x0) <= _NEAR else None


def joined(first: str, rest: str) -> str:
    """Two lines of a wrapped text as one: with a blank, unless the first ends inside a hyphened or slashed word."""
    if not first or not rest:
        return first or rest
    inside = len(first) > 1 and first[-1] in "-/" and not first[-2].isspace()
    return first + rest if inside else f"{first} {rest}"
