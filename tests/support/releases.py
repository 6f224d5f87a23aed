"""Releases made by hand and at random for the tests of published numbers."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random

from hypothesis import strategies as st

from instead.office.numbers.release import Published, Release, nested
from instead.office.numbers.tables import Cell, Dimension, Table, cell, table

OUTCOME = Dimension("outcome", ("withdrawn", "prosecuted", "open"), not_known=None)
RACE = Dimension("race", ("Asian", "Black", "White", "not known"))
SEX = Dimension("sex", ("female", "male", "not known"))


def by(title: str, people: str, dimensions: tuple[Dimension, ...], *counts: int) -> Table:
    """A table from its counts in the order of print."""
    members = product(*(dimension.members for dimension in dimensions))
    return table(title, people, dimensions, dict(zip(members, counts, strict=True)))


def margin(deep: Table, title: str, dimensions: tuple[Dimension, ...]) -> Table:
    """The same people counted by fewer dimensions."""
    counts, names = deep.cells(), [dimension.name for dimension in dimensions]
    members = product(*(dimension.members for dimension in dimensions))
    places = (cell(deep.shape.population, dict(zip(names, one, strict=True))) for one in members)
    return by(title, deep.shape.population, dimensions, *(counts[place] for place in places))


def at(people: str, **where: str) -> Cell:
    """A cell by its members."""
    return cell(people, where)


def primary_only(release: Release, threshold: int = 11) -> Published:
    """What a careless office publishes: it leaves out every small count and shows the rest."""
    return hiding(release, {cell for cell, count in release.counts().items() if 1 <= count < threshold}, threshold)


def hiding(release: Release, hidden: set[Cell], threshold: int = 11) -> Published:
    """A release with exactly these cells hidden."""
    shown = {cell: count for cell, count in release.counts().items() if cell not in hidden}
    return Published(release.shapes, release.sums, shown, threshold)


def dimension(name: str, size: int) -> Dimension:
    """A dimension with so many members."""
    return Dimension(name, tuple(f"{name}{number}" for number in range(size)), not_known=None)


def counted(title: str, people: str, dimensions: tuple[Dimension, ...], rows: list[tuple[int, ...]]) -> Table:
    """A table of people, each a row of the places of their members."""
    members = (tuple(d.members[at] for d, at in zip(dimensions, row, strict=True)) for row in rows)
    return table(title, people, dimensions, Counter(members))


@st.composite
def single_tables(draw: st.DrawFn, sizes: tuple[int, ...] = (6, 5, 3)) -> Release:
    """One table of two or three dimensions, many of its counts small or zero."""
    number = draw(st.integers(2, len(sizes)))
    dimensions = tuple(dimension("abc"[at], draw(st.integers(1, sizes[at]))) for at in range(number))
    size = 1
    for one in dimensions:
        size *= len(one.members)
    count = st.one_of(st.just(0), st.integers(0, 14), st.integers(0, 120))
    return Release((by("a table", "people", dimensions, *draw(st.lists(count, min_size=size, max_size=size))),))


@st.composite
def linked_tables(draw: st.DrawFn) -> Release:
    """People counted by outcome and each of two or three other dimensions; some of them again as those who accepted."""
    sizes = (draw(st.integers(2, 3)), *draw(st.lists(st.integers(2, 4), min_size=2, max_size=3)))
    dimensions = tuple(dimension("abcd"[at], size) for at, size in enumerate(sizes))
    random = Random(draw(st.integers(0, 10_000)))
    lean = [[random.random() ** 3 + 0.01 for _ in one.members] for one in dimensions]
    rows = [
        tuple(random.choices(range(len(weights)), weights)[0] for weights in lean)
        for _ in range(draw(st.integers(0, 500)))
    ]
    accepted = [row for row in rows if random.random() < 0.6]
    twice = draw(st.booleans())
    tables = tuple(
        counted(f"{people} by {other.name}", people, (dimensions[0], other), [(row[0], row[at]) for row in group])
        for people, group in (("offered", rows), ("accepted", accepted))[: 1 + twice]
        for at, other in enumerate(dimensions[1:], 1)
    )
    shapes = [one.shape for one in tables]
    return Release(tables, nested("accepted", "offered", shapes) if twice else ())


@st.composite
def small_releases(draw: st.DrawFn) -> Release:
    """Releases so small that every table can be tried; counts below 3 are the small ones here."""
    a, b, c = dimension("a", draw(st.integers(1, 3))), dimension("b", draw(st.integers(2, 3))), dimension("c", 2)
    number = len(a.members) * len(b.members) * 2
    counts = draw(st.lists(st.sampled_from((0, 1, 2, 3, 4)), min_size=number, max_size=number))
    deep = by("deep", "people", (a, b, c), *counts)
    if draw(st.booleans()):
        return Release((deep,))
    flat = margin(deep, "flat", (a, b))
    if draw(st.booleans()):
        return Release((flat, margin(deep, "other", (a, c))))
    some = by("some", "some", (a, b), *counts[::2])
    return Release((flat, some), nested("some", "people", (flat.shape, some.shape)))


@st.composite
def careless_releases(draw: st.DrawFn) -> Published:
    """Such releases with any cells hidden but zeros and the grand totals."""
    release = draw(small_releases())
    hideable = [cell for cell, count in release.counts().items() if count and cell.where]
    hidden = draw(st.lists(st.sampled_from(hideable), max_size=7)) if hideable else []
    return hiding(release, set(hidden), threshold=3)
