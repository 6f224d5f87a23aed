"""Bounds that follow from one equation at a time are true of every table that fits, and often say all there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from instead.office.numbers.narrowing import narrowed
from instead.office.numbers.system import System
from instead.office.numbers.tables import Cell


def a_system(rows, low, high):
    """Equations over counts named by their place."""
    numbers = [np.array(ends, dtype=np.int64) for ends in (low, high)]
    cells = tuple(Cell(str(place)) for place in range(len(low)))
    return System(cells, csc_array(np.array(rows, dtype=np.int64)), *numbers, most=10_000)


def fitting(system):
    """Every table of whole numbers that fits, by trying them all."""
    ranges = [range(low, high + 1) for low, high in zip(system.low.tolist(), system.high.tolist(), strict=True)]
    return [table for table in product(*ranges) if not (system.matrix @ np.array(table)).any()]


def test_what_is_left_over_is_known():
    found = narrowed(a_system([[-1, 1, 1]], [20, 12, 1], [20, 12, 10_000]))
    assert (found.low[2], found.high[2]) == (8, 8)


def test_one_equation_leads_to_the_next():
    rows = [[-1, 1, 1, 0, 0], [0, 0, -1, 1, 1]]
    found = narrowed(a_system(rows, [20, 12, 0, 5, 0], [20, 12, 900, 5, 900]))
    assert found.low.tolist() == found.high.tolist() == [20, 12, 8, 5, 3]


def test_where_no_table_fits_it_says_so():
    with pytest.raises(ValueError, match="no table of whole numbers fits"):
        narrowed(a_system([[-1, 1, 1]], [20, 12, 0], [20, 12, 5]))


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.lists(st.sampled_from((0, 0, 1, -1, 3, -7)), min_size=4, max_size=4), min_size=1, max_size=3),
    ends=st.lists(st.tuples(st.integers(-4, 4), st.integers(0, 6)), min_size=4, max_size=4),
)
def test_no_table_that_fits_is_cut_off(rows, ends):
    low, high = [start for start, _ in ends], [start + width for start, width in ends]
    system = a_system(rows, low, high)
    tables = fitting(system)
    try:
        found = narrowed(system)
    except ValueError:
        assert not tables
        return
    assert (found.low >= system.low).all() and (found.high <= system.high).all()
    assert fitting(found) == tables
