"""The lowest and the highest number that a count can be, each shown by a whole table that fits what is published.

The solver (HiGHS, by way of SciPy) computes in floating point. What it finds counts only after it has been rounded to
whole numbers and checked exactly against every equation and bound.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from instead.office.numbers.system import Numbers, System

#: Branches after which the solver stops. A count whose bounds are not proven by then passes for known.
_BRANCHES = 2_000


class Witnesses:
    """Tables that fit, each a vector of whole numbers, and the least and the most that each count is in any of them."""

    def __init__(self, size: int, tables: Iterable[Numbers] = ()) -> None:
        self.tables: list[Numbers] = []
        self._least = np.full(size, np.iinfo(np.int64).max)
        self._most = np.full(size, np.iinfo(np.int64).min)
        for table in tables:
            self.add(table)

    def add(self, table: Numbers) -> None:
        """Take in one more table."""
        self.tables.append(table)
        np.minimum(self._least, table, out=self._least)
        np.maximum(self._most, table, out=self._most)

    def span(self, at: int) -> tuple[int, int]:
        """The least and the most of one count, so far; the least is above the most where there is no table."""
        return int(self._least[at]), int(self._most[at])


def reach(equations: System, at: int, sign: int, witnesses: Witnesses) -> bool:
    """Add a table in which one count is lowest (sign 1) or highest (-1); false where it is not proven to be.

    Raises ``ValueError`` where no table fits at all.
    """
    goal = np.zeros(len(equations.low))
    goal[at] = sign
    table, proven = solve(equations, goal)
    if table is not None:
        witnesses.add(table)
    elif proven or not witnesses.tables:
        raise ValueError("no table of whole numbers fits what is published")
    return proven


def solve(equations: System, goal: npt.NDArray[np.float64]) -> tuple[Numbers | None, bool]:
    """A table that fits, with the least ``goal @ table``, and whether that is proven; no table and true: none fits."""
    free = equations.low < equations.high
    table = equations.low.copy()
    if not free.any():
        return (table, True) if fits(equations, table) else (None, True)
    owed = -(equations.matrix @ np.where(free, 0, table))
    for whole in (0, 1):  # without whole numbers it is faster, and most often they come out whole
        found = milp(
            goal[free],
            integrality=np.full(free.sum(), whole),
            bounds=Bounds(equations.low[free], equations.high[free]),
            constraints=LinearConstraint(equations.matrix[:, free], owed, owed),
            options={"node_limit": _BRANCHES, "mip_rel_gap": 0},
        )
        if found.x is None:
            return None, found.status == 2
        table[free] = np.rint(found.x)
        if fits(equations, table):
            return table, found.status == 0
    return None, False


def fits(equations: System, table: Numbers) -> bool:
    """Whether a table fits what is published, in whole numbers."""
    within = (table >= equations.low).all() and (table <= equations.high).all()
    return bool(within and not (equations.matrix @ table).any())
