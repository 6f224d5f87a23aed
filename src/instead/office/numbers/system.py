"""What is published as equations: every cell a whole number within bounds, every total the sum of its parts.

Three kinds of counts are in it. A shown one is fixed. A hidden one is at least 1, because the rule is public and says
that zero is always shown. One that nobody prints, but that is tied to what is printed, is at least 0: the rest of a
sum, and the counts inside a ring of tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

from instead.office.numbers.release import Published, Sum
from instead.office.numbers.tables import Cell, Shape

Numbers = npt.NDArray[np.int64]

#: Inside a ring of tables that together have more cells than this nothing can be computed in good time.
_MOST_CELLS = 2_000


@dataclass(frozen=True, slots=True)
class System:
    """Whole numbers x with ``matrix @ x == 0`` and ``low <= x <= high``: every table that fits what is published.

    ``cells`` names the numbers that count people and so must stay open; after them come helpers that count nobody.
    ``most`` stands for "without bound"; it is beyond every sum of what is shown.
    """

    cells: tuple[Cell, ...]
    matrix: csc_array
    low: Numbers
    high: Numbers
    most: int


def system(published: Published) -> System:
    """The equations of what is published; a matrix of one row for each sum and one column for each number."""
    hidden = published.hidden()
    _counted(published.sums, {*published.shown, *hidden})
    most = 2 * sum(published.shown.values()) + 1000 * published.threshold
    bounds = {cell: (count, count) for cell, count in published.shown.items()} | dict.fromkeys(hidden, (1, most))
    rows: list[dict[Cell, int]] = []
    for shape in (*published.shapes, *_rings(published.shapes)):
        for total, parts in shape.totals():
            rows.append({total: -1} | dict.fromkeys(parts, 1))
    rows += [_row(entry) for entry in published.sums]
    signed = {_rest(entry) for entry in published.sums if entry.signed}
    for cell in dict.fromkeys(cell for row in rows for cell in row):
        bounds.setdefault(cell, (-most if cell in signed else 0, most))
    cells = tuple(bounds)
    for row, low, high in _percents(published, most):
        helper = Cell(f"helper {len(bounds)}")
        rows.append(row | {helper: -1})
        bounds[helper] = (low, high)
    both = np.array(list(bounds.values()), dtype=np.int64)
    return System(cells, _matrix(rows, list(bounds)), both[:, 0], both[:, 1], most)


def _counted(sums: tuple[Sum, ...], cells: set[Cell]) -> None:
    for entry in sums:
        for cell in (entry.total, *entry.parts):
            if cell not in cells:
                raise ValueError(
                    f"no table counts {cell}, which is in {entry}. Was it published earlier? Pass that too."
                )


def _rest(entry: Sum) -> Cell:
    return Cell(entry.rest, entry.total.where)


def _row(entry: Sum) -> dict[Cell, int]:
    row = {entry.total: -1}
    for cell in (*entry.parts, _rest(entry)) if entry.rest else entry.parts:
        row[cell] = row.get(cell, 0) + 1
    return row


def _percents(published: Published, most: int) -> Iterator[tuple[dict[Cell, int], int, int]]:
    """Each percentage as two rows that must lie within bounds: (2p - 1)·whole <= 2000·part < (2p + 1)·whole."""
    for percent in published.percents:
        part, whole, tenths = percent.numerator, percent.denominator, percent.tenths
        yield {part: 2000, whole: 1 - 2 * tenths}, 0, 4000 * most
        yield {part: -2000, whole: 1 + 2 * tenths}, 1, 4000 * most


def _matrix(rows: list[dict[Cell, int]], cells: list[Cell]) -> csc_array:
    place = {cell: number for number, cell in enumerate(cells)}
    entries = [(at, place[cell], value) for at, row in enumerate(rows) for cell, value in row.items()]
    at, column, value = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    return csc_array((value, (at, column)), shape=(len(rows), len(cells)))


def _rings(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    """For each population whose tables close a ring, the table of all dimensions in the ring, which nobody prints.

    Race × sex, sex × age and age × race can pin down counts of race × sex × age, though each table alone is safe. Where
    tables only share margins, as outcome × race and outcome × sex do, a count of all three is as open as those around.
    """
    for population in dict.fromkeys(shape.population for shape in shapes):
        dimensions = {d.name: d for shape in shapes if shape.population == population for d in shape.dimensions}
        names = ring(
            [frozenset(d.name for d in shape.dimensions) for shape in shapes if shape.population == population]
        )
        if names:
            around = tuple(dimension for name, dimension in dimensions.items() if name in names)
            if prod(len(dimension.members) + 1 for dimension in around) > _MOST_CELLS:
                raise ValueError(
                    f"the tables of {population} by {', '.join(d.name for d in around)} close a ring too large to"
                    " audit: leave one of them out"
                )
            yield Shape("inside a ring of tables", population, around)


def ring(edges: list[frozenset[str]]) -> frozenset[str]:
    """The dimensions on a ring of tables; none if the tables can be taken off one by one (Graham's reduction)."""
    before: list[frozenset[str]] = []
    while edges != before:
        before = edges
        alone = [name for edge in edges for name in edge if sum(name in other for other in edges) == 1]
        edges = list(dict.fromkeys(edge - frozenset(alone) for edge in edges))
        edges = [edge for edge in edges if edge and not any(edge < other for other in edges)]
    return frozenset(name for edge in edges for name in edge)
