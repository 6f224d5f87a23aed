"""A published release as tables for a page: all of it is read from what was published, nothing is counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from instead.office.numbers.groups import RACE
from instead.office.numbers.public_tables import ARRESTS, STEPS, base_name
from instead.office.numbers.rates import NOT_SHOWN, Rate, rate
from instead.office.numbers.release import Published
from instead.office.numbers.showing import percent_of
from instead.office.numbers.tables import ALL, Cell, Shape


@dataclass(frozen=True, slots=True)
class Number:
    """A count as it is printed, and the percentage and the count that it is of; ``hidden`` where it is not shown."""

    column: str
    text: str
    percent: str = ""
    of: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class NumberRow:
    """The numbers of one line; ``total`` for the line that counts all."""

    name: str
    numbers: tuple[Number, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class PublicTable:
    """One table of the page. ``first`` is what its lines are told apart by."""

    title: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[NumberRow, ...]
    by_race: bool

    @property
    def wide(self) -> bool:
        """Whether it has more columns than a telephone has room for."""
        return len(self.columns) > 2

    @property
    def empty(self) -> bool:
        """Whether nobody is counted in it at all."""
        return all(number.text == "0" for number in self.rows[-1].numbers)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from arrest to withdrawal, and the step whose people it is some of."""

    name: str
    number: Number
    of: str

    @property
    def bar(self) -> str:
        """How long its bar is, of a hundred parts; nothing where it has none."""
        return self.number.percent


def the_way(published: Published) -> list[Step]:
    """The five numbers that matter most: from the arrest to the withdrawal, each of the step it follows."""
    totals = {base_name(shape.population): shape.cell((None,)) for shape in published.shapes if _is_step(shape)}
    steps = [name for name in (ARRESTS, *STEPS) if name in totals]
    outer = {name: STEPS.get(name, name) for name in steps}
    return [Step(name, _number(published, name, totals[name], totals[outer[name]]), outer[name]) for name in steps]


def _is_step(shape: Shape) -> bool:
    return len(shape.dimensions) == 1 and base_name(shape.population) in (ARRESTS, *STEPS)


def public_tables(published: Published) -> list[PublicTable]:
    """Every table, in the order in which they were published. Lists of one title stand side by side in one table."""
    found = []
    for _, group in groupby(published.shapes, key=lambda shape: shape.title):
        shapes = list(group)
        across = len(shapes[0].dimensions) > 1
        found.append(_across(published, shapes[0]) if across else _side_by_side(published, shapes))
    return found


def _across(published: Published, shape: Shape) -> PublicTable:
    """A table by two dimensions: the second runs across, and every count is given of its line."""
    down, side = shape.dimensions
    columns = (*side.members, ALL)
    rows = []
    for name in (*down.members, None):
        cells = [shape.cell((name, member)) for member in (*side.members, None)]
        numbers = [_number(published, column, one, cells[-1]) for column, one in zip(columns, cells, strict=True)]
        rows.append(NumberRow(name or ALL, tuple(numbers), name is None))
    return PublicTable(shape.title, down.name, columns, tuple(rows), by_race=False)


def _side_by_side(published: Published, shapes: Sequence[Shape]) -> PublicTable:
    """Lists of several populations by the same dimension: each a column, each count of the column it is a part of."""
    dimension = shapes[0].dimensions[0]
    columns = tuple(base_name(shape.population) for shape in shapes)
    by_name = dict(zip(columns, shapes, strict=True))
    rows = []
    for name in (*dimension.members, None):
        numbers = []
        for column, shape in by_name.items():
            outer = by_name.get(STEPS.get(column, ""))
            whole = outer.cell((name,)) if outer else shape.cell((None,))
            numbers.append(_number(published, column, shape.cell((name,)), whole))
        rows.append(NumberRow(name or ALL, tuple(numbers), name is None))
    return PublicTable(shapes[0].title, dimension.name, columns, tuple(rows), by_race=dimension.name == RACE.name)


def _number(published: Published, column: str, part: Cell, whole: Cell) -> Number:
    count = published.shown.get(part)
    if count is None:
        return Number(column, NOT_SHOWN, hidden=True)
    found = rate(published, part, whole) if part != whole else Rate(None, None)
    if not count or found.denominator is None:
        return Number(column, f"{count:,}")
    return Number(column, f"{count:,}", percent_of(found), f"{found.denominator:,}")
