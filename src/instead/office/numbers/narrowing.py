"""What follows from one equation at a time, before a solver is asked: most counts are known, or bounded, by then.

In a sum of numbers that lie within bounds, each number is at most what is left over by the least of the others. This is
done again until nothing changes. It never cuts off a table of whole numbers that fits.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from instead.office.numbers.system import System

#: Rounds after which it stops; what is not narrow by then is left to the solver.
_ROUNDS = 100


def narrowed(equations: System) -> System:
    """The same equations with the bounds that follow from them. Raises ``ValueError`` where no number is left."""
    rows, columns = equations.matrix.tocoo().coords
    factors = equations.matrix.tocoo().data
    low, high = equations.low.copy(), equations.high.copy()
    for _ in range(_ROUNDS):
        ends = np.stack([factors * low[columns], factors * high[columns]])
        least, most = ends.min(axis=0), ends.max(axis=0)
        from_ = np.zeros((2, equations.matrix.shape[0]), dtype=np.int64)
        np.add.at(from_[0], rows, least)
        np.add.at(from_[1], rows, most)
        # The others of a row are at least `from_[0] - least`, so this term is at most the negative of that.
        term_high, term_low = -(from_[0][rows] - least), -(from_[1][rows] - most)
        upward, downward = -(-term_low // factors), term_high // factors  # of positive factors, rounded inward
        turned = factors < 0
        upward[turned] = -(-term_high[turned] // factors[turned])
        downward[turned] = term_low[turned] // factors[turned]
        before = low.copy(), high.copy()
        np.maximum.at(low, columns, upward)
        np.minimum.at(high, columns, downward)
        if (low > high).any():
            raise ValueError("no table of whole numbers fits what is published")
        if (low == before[0]).all() and (high == before[1]).all():
            break
    return replace(equations, low=low, high=high)
