"""What is published together: tables, the sums between their cells, and what of them is shown.

A :class:`Release` holds every count and stays inside; :class:`Published` is what the world sees, and holds no secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from instead.office.numbers.tables import Cell, Shape, Table

#: Counts below this, zero apart, are hidden: 1 to 10.
THRESHOLD = 11


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts, across tables or across time.

    Without ``rest`` the parts make up the total. With ``rest`` they leave some people over, whom nobody publishes but
    everybody can subtract, and ``rest`` is their name: those who were offered treatment and did not accept it, those
    who came since the last quarter. A ``signed`` rest may be below zero: how far a number was corrected.
    """

    total: Cell
    parts: tuple[Cell, ...]
    rest: str = ""
    signed: bool = False

    def __str__(self) -> str:
        return f"{self.total} = {' + '.join(map(str, self.parts))}" + (f" + {self.rest}" if self.rest else "")


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage somebody shows: tenths of a percent, rounded half up, of one cell in another."""

    numerator: Cell
    denominator: Cell
    tenths: int


@dataclass(frozen=True, slots=True)
class Release:
    """Tables about the same people, or about people some of whom are the others, and the sums between them.

    Raises ``ValueError`` where the tables contradict each other or a sum.
    """

    tables: tuple[Table, ...]
    sums: tuple[Sum, ...] = ()

    def __post_init__(self) -> None:
        if not self.tables:
            raise ValueError("a release has at least one table")
        counts = self.counts()
        one_rest_each(self.sums)
        for entry in self.sums:
            _check(entry, counts)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The tables without their numbers."""
        return tuple(table.shape for table in self.tables)

    def counts(self) -> dict[Cell, int]:
        """The count of every cell of every table."""
        same_dimensions(self.shapes)
        found: dict[Cell, int] = {}
        for table in self.tables:
            _agree(found, table.cells(), f"in {table.shape.title}")
        return found


@dataclass(frozen=True, slots=True)
class Published:
    """What the world sees: the tables' shapes, the sums it knows to hold, and the cells that are shown.

    Every other cell of the shapes is hidden. Nothing says whether a hidden cell is small itself or hides another one.
    ``percents`` are for percentages that were printed apart from their two counts; this package never does so.
    """

    shapes: tuple[Shape, ...]
    sums: tuple[Sum, ...]
    shown: Mapping[Cell, int]
    threshold: int = THRESHOLD
    percents: tuple[Percent, ...] = ()

    def __post_init__(self) -> None:
        same_dimensions(self.shapes)
        one_rest_each(self.sums)
        object.__setattr__(self, "shown", MappingProxyType(dict(self.shown)))

    def hidden(self) -> tuple[Cell, ...]:
        """The cells that are not shown, in the order of print."""
        return tuple(cell for cell in dict.fromkeys(_cells(self.shapes)) if cell not in self.shown)


def sums_of(
    total: str, parts: Iterable[str], shapes: Iterable[Shape], rest: str = "", signed: bool = False
) -> tuple[Sum, ...]:
    """The sum of one population and its parts, once for each cell that all of them have in these tables."""
    names = tuple(parts)
    where: dict[str, dict[tuple[tuple[str, str], ...], None]] = {name: {} for name in (total, *names)}
    for cell in _cells(shapes):
        if cell.population in where:
            where[cell.population][cell.where] = None
    missing = [name for name, cells in where.items() if not cells]
    if missing:
        raise ValueError(f"no table counts {', '.join(missing)}")
    shared = (place for place in where[total] if all(place in where[name] for name in names))
    return tuple(Sum(Cell(total, at), tuple(Cell(name, at) for name in names), rest, signed) for at in shared)


def nested(inner: str, outer: str, shapes: Iterable[Shape]) -> tuple[Sum, ...]:
    """The people of one population are some of another: accepted among offered, January to March among the year."""
    return sums_of(outer, (inner,), shapes, rest=f"{outer} without {inner}")


def revised(before: str, after: str, shapes: Iterable[Shape]) -> tuple[Sum, ...]:
    """The same people, counted again with corrections; any difference is of people whose record was corrected."""
    return sums_of(after, (before,), shapes, rest=f"{after} less {before}", signed=True)


def together(*published: Published) -> Published:
    """Everything that was published, as one; raises ``ValueError`` where one cell was shown with two numbers."""
    shown: dict[Cell, int] = {}
    for one in published:
        _agree(shown, one.shown, "now")
    return Published(
        tuple(dict.fromkeys(shape for one in published for shape in one.shapes)),
        tuple(dict.fromkeys(entry for one in published for entry in one.sums)),
        shown,
        max(one.threshold for one in published),
        tuple(percent for one in published for percent in one.percents),
    )


def _check(entry: Sum, counts: Mapping[Cell, int]) -> None:
    """Raises ``ValueError`` where the counts that are known break a sum."""
    cells = (entry.total, *entry.parts)
    if any(cell not in counts for cell in cells):
        return
    over = counts[entry.total] - sum(counts[part] for part in entry.parts)
    if over and not entry.rest:
        raise ValueError(f"{entry} does not hold: {over} people are left over")
    if over < 0 and not entry.signed:
        raise ValueError(f"{entry} does not hold: the parts have {-over} people more than the total")


def same_dimensions(shapes: Iterable[Shape]) -> None:
    """Raises ``ValueError`` where one population has two dimensions of one name: their cells would be mixed up."""
    members: dict[tuple[str, str], tuple[str, ...]] = {}
    for shape in shapes:
        for dimension in shape.dimensions:
            if members.setdefault((shape.population, dimension.name), dimension.members) != dimension.members:
                raise ValueError(f"{shape.population} is counted by two {dimension.name} with different members")


def one_rest_each(sums: Iterable[Sum]) -> None:
    """Raises ``ValueError`` where the rests of two sums have one name: they would be taken for the same people."""
    found: dict[tuple[str, object], Sum] = {}
    for entry in sums:
        if entry.rest and found.setdefault((entry.rest, entry.total.where), entry) != entry:
            raise ValueError(f"two sums leave over {entry.rest!r}; give each rest a name of its own")


def _cells(shapes: Iterable[Shape]) -> Iterable[Cell]:
    return (cell for shape in shapes for cell in shape.cells())


def _agree(found: dict[Cell, int], counts: Mapping[Cell, int], where: str) -> None:
    """Add counts to those found; raises ``ValueError`` where a cell has another number."""
    for cell, count in counts.items():
        if found.setdefault(cell, count) != count:
            raise ValueError(
                f"{cell} is {found[cell]} and {count} {where}. A number that was corrected is a population of its own:"
                " give it another name and compare both with revised()."
            )
