"""Whatever the tables, nothing hidden can be worked out: tried with every table there could be, and by other bounds."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import assume, given, reject, settings
from scipy.optimize import linprog

from instead.office.numbers.audit import audit
from instead.office.numbers.release import Published, Release
from instead.office.numbers.suppress import suppress
from instead.office.numbers.tables import cell
from support.possible_tables import TooMany, leaks, ranges
from support.releases import careless_releases, linked_tables, primary_only, single_tables, small_releases


@settings(max_examples=150, deadline=None)
@given(careless_releases())
def test_the_audit_finds_exactly_what_trying_every_table_finds(published):
    try:
        expected = leaks(published)
    except TooMany:
        reject()
    assert {(leak.cell, leak.low, leak.high) for leak in audit(published)} == expected


@settings(max_examples=50, deadline=None)
@given(small_releases())
def test_what_is_suppressed_is_open_when_every_table_is_tried(release):
    safe = suppress(release, threshold=3)
    assume(all(cell(shape.population) in safe.shown for shape in safe.shapes))  # or there is no end of tables to try
    try:
        found = ranges(safe)
        assert leaks(safe) == set()
    except TooMany:
        reject()
    counts = release.counts()
    assert all(low <= counts[at_] <= high for at_, (low, high) in found.items() if at_ in counts)


def small(count: int) -> bool:
    return 1 <= count <= 10


def check(release: Release) -> Published:
    """Suppress, and check what must hold of every release."""
    counts, safe = release.counts(), suppress(release)
    hidden = set(safe.hidden())
    assert hidden >= {cell for cell, count in counts.items() if small(count)}
    assert not hidden & {cell for cell, count in counts.items() if count == 0}
    assert all(counts[cell] == count for cell, count in safe.shown.items())
    assert len(hidden) + len(safe.shown) == len(counts)
    assert audit(safe) == []
    if not any(map(small, counts.values())) and not release.sums:
        assert not hidden
    return safe


@settings(max_examples=40, deadline=None)
@given(single_tables())
def test_nothing_hidden_in_a_table_of_two_or_three_dimensions_can_be_worked_out(release):
    safe = check(release)
    for low, high in real_ranges(safe):
        assert high - low >= 10 - 1e-6
        assert high >= 11 - 1e-6


@settings(max_examples=30, deadline=None)
@given(linked_tables())
def test_nothing_hidden_in_linked_tables_can_be_worked_out(release):
    check(release)


@settings(max_examples=40, deadline=None)
@given(linked_tables())
def test_leaving_out_small_counts_alone_is_caught(release):
    careless = primary_only(release)
    assume(careless.hidden())
    by_subtraction = {
        part
        for shape in careless.shapes
        for total, parts in shape.totals()
        for part in (total, *parts)
        if part not in careless.shown and all(other in careless.shown for other in (total, *parts) if other != part)
    }
    assert by_subtraction <= {leak.cell for leak in audit(careless)}


def real_ranges(published: Published) -> list[tuple[float, float]]:
    """The bounds of each small hidden cell of one table, as real numbers, from the inner cells alone."""
    shape = published.shapes[0]
    inner = [shape.cell(members) for members in product(*(dimension.members for dimension in shape.dimensions))]
    rows = {at: [float(set(at.where) <= set(one.where)) for one in inner] for at in shape.cells()}
    shown = [(rows[at], count) for at, count in published.shown.items()]
    hidden = [rows[at] for at in published.hidden()]
    equal = (
        np.array([row for row, _ in shown] or [[0.0] * len(inner)]),
        np.array([count for _, count in shown] or [0]),
    )
    found = []
    for row in hidden:
        ends = []
        for sign in (1, -1):
            goal = linprog(
                sign * np.array(row),
                -np.array(hidden),
                -np.ones(len(hidden)),
                *equal,
                bounds=(0, 100_000),
                method="highs",
            )
            ends.append(sign * goal.fun)
        if ends[0] < 10.5:
            found.append((ends[0], ends[1]))
    return found
