"""A table of counts: named dimensions, a number for every cell, and totals over every subset of the dimensions.

A :class:`Cell` is named by who is counted and by the members it is narrowed to, in no order: the men in a table by
race and sex are the same cell as the men in a table by sex and age. So tables of the same people share their margins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple

from instead.errors import nearest

#: The member for people of whom it is not known where they belong.
NOT_KNOWN = "not known"
#: How a total over a dimension is called where tables are printed; no member may be called so.
ALL = "all"


class Cell(NamedTuple):
    """One count: the people of ``population`` who have every member in ``where``: sorted pairs (dimension, member)."""

    population: str
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return ", ".join([self.population, *(f"{dimension} {member}" for dimension, member in self.where)])


def cell(population: str, where: Mapping[str, str] | None = None) -> Cell:
    """The cell with these members; without members it counts the whole population."""
    return Cell(population, tuple(sorted((where or {}).items())))


@dataclass(frozen=True, slots=True)
class Dimension:
    """What people are counted by, with its members in the order of print.

    ``not_known`` names the member for people of whom this is not known; ``None`` says that it is known of everybody.
    Raises ``ValueError`` for a member that is missing, named twice, or no plain text.
    """

    name: str
    members: tuple[str, ...]
    not_known: str | None = NOT_KNOWN

    def __post_init__(self) -> None:
        for text in (self.name, *self.members):
            _plain(text)
        if ALL in self.members:
            raise ValueError(f"{self.name} has a member {ALL!r}, which is the name of its total")
        if not self.members or len(set(self.members)) != len(self.members):
            raise ValueError(f"{self.name} needs members that differ: {', '.join(self.members) or 'it has none'}")
        if self.not_known is not None and self.not_known not in self.members:
            raise ValueError(
                f"{self.name} has no member {self.not_known!r}. If it is known of everybody, say not_known=None."
            )


@dataclass(frozen=True, slots=True)
class Shape:
    """A table without its numbers: title, who is counted, and by what."""

    title: str
    population: str
    dimensions: tuple[Dimension, ...]

    def __post_init__(self) -> None:
        _plain(self.title)
        _plain(self.population)
        names = [dimension.name for dimension in self.dimensions]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.title} names a dimension twice: {', '.join(names)}")

    def cell(self, members: tuple[str | None, ...]) -> Cell:
        """The cell at these members, one for each dimension; ``None`` is the total over that dimension."""
        pairs = zip((dimension.name for dimension in self.dimensions), members, strict=True)
        return Cell(self.population, tuple(sorted((name, member) for name, member in pairs if member is not None)))

    def places(self) -> Iterator[tuple[str | None, ...]]:
        """Every place in the table, totals included, in the order of print: the total comes last."""
        return product(*((*dimension.members, None) for dimension in self.dimensions))

    def cells(self) -> tuple[Cell, ...]:
        """Every cell, totals included, in the order of print."""
        return tuple(self.cell(place) for place in self.places())

    def totals(self) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        """Each total with the parts it is the sum of, over the first dimension it leaves open.

        That is enough: through its parts each total comes down to the inner cells, and every other sum follows.
        """
        for place in self.places():
            if None in place:
                at = place.index(None)
                parts = ((*place[:at], member, *place[at + 1 :]) for member in self.dimensions[at].members)
                yield self.cell(place), tuple(self.cell(part) for part in parts)


@dataclass(frozen=True, slots=True)
class Table:
    """A shape with its counts of people, one for each inner cell in the order of print. Made by :func:`table`."""

    shape: Shape
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        size = prod(len(dimension.members) for dimension in self.shape.dimensions)
        if len(self.counts) != size:
            raise ValueError(f"{self.shape.title} has {size} cells, not {len(self.counts)}")
        for count in self.counts:
            if type(count) is not int or count < 0:
                raise ValueError(f"{self.shape.title}: {count!r} is no count of people")

    def cells(self) -> dict[Cell, int]:
        """The count of every cell, totals included."""
        counts = dict.fromkeys(self.shape.cells(), 0)
        inner = product(*(dimension.members for dimension in self.shape.dimensions))
        for members, count in zip(inner, self.counts, strict=True):
            for place in product(*((member, None) for member in members)):
                counts[self.shape.cell(place)] += count
        return counts


def table(
    title: str, population: str, dimensions: tuple[Dimension, ...], counts: Mapping[tuple[str, ...], int]
) -> Table:
    """A table from counts by members, one for each dimension in order; a combination that is not there counts nobody.

    Raises ``ValueError`` for a member that its dimension does not have: nobody is dropped in silence.
    """
    shape = Shape(title, population, dimensions)
    for members in counts:
        _known(shape, members)
    inner = product(*(dimension.members for dimension in dimensions))
    return Table(shape, tuple(counts.get(members, 0) for members in inner))


def _known(shape: Shape, members: tuple[str, ...]) -> None:
    if len(members) != len(shape.dimensions):
        raise ValueError(f"{shape.title}: {members!r} should name one member for each of its dimensions")
    for dimension, member in zip(shape.dimensions, members, strict=True):
        if member not in dimension.members:
            raise ValueError(
                f"{shape.title}: {dimension.name} has no member {member!r}. Its members are"
                f" {', '.join(dimension.members)}; the nearest is {nearest(member, dimension.members) or 'none'}."
            )


def _plain(text: str) -> None:
    """Names are printed and written into spreadsheets as they are, so they hold no line ends and no blanks around."""
    if not text or text != text.strip() or not text.isprintable():
        raise ValueError(f"{text!r} should be plain text on one line, without blanks around it")
