"""Choosing what to hide: every count from 1 to 10, then as little else as will leave all of them open.

For each count that leaks, a linear program finds the cheapest other table in which that count is far enough away. The
cells that differ in it are hidden too: then nobody can tell it from the true table. At the end each cell that was
hidden in this way is shown again if nothing leaks without it, and the whole is audited from the start. With every count
but the zeros hidden everything is open, so there is always an end.

Hiding a cell costs one for each doubling of its count, and many times as much for a total, because more people read the
totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array, hstack

from instead.office.numbers.audit import Leak, audit, leak_at
from instead.office.numbers.bounds import Witnesses, solve
from instead.office.numbers.narrowing import narrowed
from instead.office.numbers.release import THRESHOLD, Published, Release, together
from instead.office.numbers.system import Numbers, System, system

#: How much dearer a cell is for each dimension that it is a total over.
_TOTAL = 8


@dataclass(slots=True)
class _Search:
    """A pattern in the making. ``price`` is zero for what cannot be hidden: zeros, and what is published already."""

    equations: System
    threshold: int
    truth: Numbers
    price: npt.NDArray[np.float64]
    witnesses: Witnesses

    @property
    def shown(self) -> npt.NDArray[np.bool_]:
        """The numbers that are shown and could be hidden."""
        shown: npt.NDArray[np.bool_] = (self.price > 0) & (self.equations.low == self.equations.high)
        return shown


def suppress(release: Release, threshold: int = THRESHOLD, earlier: Sequence[Published] = ()) -> Published:
    """What of a release may be published, after what was published earlier, so that every hidden count stays open.

    Raises ``ValueError`` where the counts contradict what was published, and where that alone gives a count away.
    """
    counts = release.counts()
    shown = {cell: count for cell, count in counts.items() if not 1 <= count < threshold}
    draft = Published(release.shapes, release.sums, shown, threshold)
    search = _begin(release, draft, earlier)
    _hide(search)
    _show_again(search)
    low, high = search.equations.low, search.equations.high
    kept = {cell for at, cell in enumerate(search.equations.cells) if low[at] == high[at]}
    final = replace(draft, shown={cell: count for cell, count in shown.items() if cell in kept})
    found = audit(final, earlier)
    if found:
        raise ValueError("; ".join(map(str, found)))
    return final


def _begin(release: Release, draft: Published, earlier: Sequence[Published]) -> _Search:
    whole = together(draft, *earlier)
    equations = system(whole)
    published = {cell for one in earlier for cell in one.shown}
    price = np.zeros(len(equations.low))
    widest = max(len(shape.dimensions) for shape in whole.shapes)
    for at, cell in enumerate(equations.cells):
        if cell not in published and (count := draft.shown.get(cell)):
            price[at] = count.bit_length() + _TOTAL * (widest - len(cell.where))
    truth = _true_table(release, equations)
    return _Search(equations, whole.threshold, truth, price, Witnesses(len(truth), [truth]))


def _true_table(release: Release, equations: System) -> Numbers:
    """The counts of the release, and some numbers that fit for what was hidden earlier or is printed nowhere."""
    counts = release.counts()
    low, high = equations.low.copy(), equations.high.copy()
    for at, cell in enumerate(equations.cells):
        if cell in counts:
            low[at] = high[at] = counts[cell]
    truth, _ = solve(replace(equations, low=low, high=high), np.zeros(len(low)))
    if truth is None:
        raise ValueError("these counts contradict what was published earlier")
    return truth


def _hide(search: _Search) -> None:
    """Hide cells until no count leaks. Hiding one can make another leak that was known to be large, so look again."""
    again = True
    while again:
        again, known = False, narrowed(search.equations)
        for at in range(len(search.equations.cells)):
            leak = leak_at(known, at, search.threshold, search.witnesses)
            if leak:
                _protect(search, at, leak)
                again, known = True, narrowed(search.equations)


def _protect(search: _Search, at: int, leak: Leak) -> None:
    """Hide the cells in which the cheapest table differs that takes a count far enough from where it is known to be."""
    apart = search.threshold - 1
    up = max(search.threshold, leak.low + apart)
    down = leak.high - apart if leak.high >= search.threshold else min(leak.high - apart, -search.threshold)
    tables = (_other_table(search, at, goal - int(search.truth[at])) for goal in (up, down))
    other = next((table for table in tables if table is not None), None)
    if other is None:
        raise ValueError(f"{leak}, and nothing that is not published yet could hide it")
    differs = search.shown & (other != search.truth)
    low = np.where(differs, 1, search.equations.low)
    high = np.where(differs, search.equations.most, search.equations.high)
    search.equations = replace(search.equations, low=low, high=high)
    search.witnesses.add(other)


def _other_table(search: _Search, at: int, change: int) -> Numbers | None:
    """The cheapest table in which one count differs by ``change`` or more; each person moved in a shown cell costs."""
    equations, truth, shown = search.equations, search.truth, search.shown
    may = shown | (equations.low < equations.high)
    more = np.where(may, equations.most - truth, 0)
    less = np.where(may, truth - np.where(shown, 1, equations.low), 0)
    least = np.zeros(2 * len(truth), dtype=np.int64)
    forward, back = (at, at + len(truth)) if change > 0 else (at + len(truth), at)
    most = np.concatenate([more, less])
    least[forward], most[back] = abs(change), 0
    if least[forward] > most[forward]:
        return None
    matrix = csc_array(hstack([equations.matrix, -equations.matrix]))
    cost = np.where(shown, search.price, 0)
    moved, _ = solve(System((), matrix, least, most, equations.most), np.concatenate([cost, cost]))
    return None if moved is None else truth + moved[: len(truth)] - moved[len(truth) :]


def _show_again(search: _Search) -> None:
    """Show each cell again, the dearest first, that nothing depends on."""
    hidden = np.flatnonzero((search.price > 0) & ~search.shown)
    touching = abs(search.equations.matrix).T @ abs(search.equations.matrix)
    for at in sorted(hidden, key=lambda at: -search.price[at]):
        low, high = search.equations.low.copy(), search.equations.high.copy()
        low[at] = high[at] = search.truth[at]
        tighter = replace(search.equations, low=low, high=high)
        fitting = Witnesses(len(low), (table for table in search.witnesses.tables if table[at] == search.truth[at]))
        near = touching[:, [at]].toarray().ravel()[: len(tighter.cells)]  # a leak, if any, is most likely close by
        order = np.argsort(near == 0, kind="stable").tolist()
        known = narrowed(tighter)
        if not any(leak_at(known, place, search.threshold, fitting) for place in order):
            search.equations, search.witnesses = tighter, fitting
