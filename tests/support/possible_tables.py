"""Every table that fits what was published, by trying them all: slow and simple on purpose.

The audit is compared with it. It knows nothing of the audit's equations: it goes through the numbers of the cells that
are no totals, adds up every total afresh from the rows of people it stands for, and keeps what fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from instead.office.numbers.release import Published, Sum
from instead.office.numbers.tables import Cell, Shape

Counts = dict[Cell, int]
#: For each atom, the groups of atoms it is in of which the sum is shown, with that sum.
Groups = list[list[tuple[int, list[int]]]]

#: After so many ways to fill the tables a test has no time for more.
TRIES = 1_500


def ranges(published: Published) -> dict[Cell, tuple[int, int]]:
    """The lowest and highest number of every hidden cell and of every rest; the grand totals must be shown."""
    found: dict[Cell, tuple[int, int]] = {}
    for counts in possible(published):
        for cell, count in _watched(published, counts).items():
            low, high = found.get(cell, (count, count))
            found[cell] = min(low, count), max(high, count)
    return found


def leaks(published: Published) -> set[tuple[Cell, int, int]]:
    """What the rule of the audit says of these ranges, in its own words: too small for sure, or too narrow."""
    found = set()
    for cell, (low, high) in ranges(published).items():
        may_be_small = any(1 <= abs(number) < published.threshold for number in range(low, high + 1))
        may_be_large = high >= published.threshold or low <= -published.threshold
        if may_be_small and not (may_be_large and high - low >= published.threshold - 1):
            found.add((cell, low, high))
    return found


class TooMany(Exception):
    """There are more ways to fill the tables than a test has time for."""


def possible(published: Published) -> Iterator[Counts]:
    """Every way to fill the tables with people that gives what is shown. Raises :class:`TooMany`."""
    totals = {cell for shape in published.shapes for cell in shape.cells() if cell not in _inner(shape)}
    atoms = [cell for cell in dict.fromkeys(c for s in published.shapes for c in _inner(s)) if cell not in totals]
    least = [published.shown.get(atom, 1) for atom in atoms]
    groups: Groups = [[] for _ in atoms]
    for total, shown in published.shown.items():
        for kind in {_kind(atom) for atom in atoms if total in totals}:
            under = [at for at, atom in enumerate(atoms) if _kind(atom) == kind and _under(atom, total)]
            for at in under:
                groups[at].append((shown, under))
    for tried, numbers in enumerate(_fill(least, [atom in published.shown for atom in atoms], groups, [])):
        if tried > TRIES:
            raise TooMany
        complete = _complete(published, dict(zip(atoms, numbers, strict=True)))
        if complete is not None:
            yield complete


def _fill(least: list[int], fixed: list[bool], groups: Groups, numbers: list[int]) -> Iterator[list[int]]:
    """Numbers for the atoms, at least these, so that no sum that is shown is passed or missed."""
    at = len(numbers)
    if at == len(least):
        yield numbers
        return
    rooms = [shown - sum(numbers[i] if i < at else least[i] for i in under) for shown, under in groups[at]]
    if min(rooms) < 0:
        return
    last = [room for room, (_, under) in zip(rooms, groups[at], strict=True) if max(under) == at]
    for more in range(1 if fixed[at] else min(rooms) + 1):
        if all(room == more for room in last):
            yield from _fill(least, fixed, groups, [*numbers, least[at] + more])


def _kind(cell: Cell) -> tuple[str, ...]:
    return (cell.population, *(name for name, _ in cell.where))


def _under(cell: Cell, total: Cell) -> bool:
    return cell.population == total.population and set(total.where) <= set(cell.where)


def _complete(published: Published, atoms: Counts) -> Counts | None:
    counts: Counts = {}
    for shape in sorted(published.shapes, key=lambda shape: -len(shape.dimensions)):
        inner = {cell: counts.get(cell, atoms.get(cell)) for cell in _inner(shape)}
        for cell in shape.cells():
            number = sum(count or 0 for at, count in inner.items() if set(cell.where) <= set(at.where))
            if counts.setdefault(cell, number) != number or not _shown_so(published, cell, number):
                return None
    return counts if all(_holds(entry, counts) for entry in published.sums) else None


def _shown_so(published: Published, cell: Cell, number: int) -> bool:
    return published.shown[cell] == number if cell in published.shown else number >= 1


def _holds(entry: Sum, counts: Counts) -> bool:
    over = counts[entry.total] - sum(counts[part] for part in entry.parts)
    return over == 0 if not entry.rest else entry.signed or over >= 0


def _watched(published: Published, counts: Counts) -> Counts:
    rests = {
        Cell(entry.rest, entry.total.where): counts[entry.total] - sum(counts[part] for part in entry.parts)
        for entry in published.sums
        if entry.rest
    }
    return counts | rests


def _inner(shape: Shape) -> list[Cell]:
    return [shape.cell(members) for members in product(*(dimension.members for dimension in shape.dimensions))]
