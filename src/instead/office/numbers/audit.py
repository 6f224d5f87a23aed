"""Whether anything that is hidden can be worked out from everything that is published.

A count is **open** if, as far as everything published can tell, it may be 11 or more, and its lowest and its highest
possible number are at least ten apart. A count that cannot be from 1 to 10 is open as well: it may be known.

So nobody can tell a hidden small count from a count that may be shown, and ten apart is as much as the words "1 to
10" leave open themselves: hiding a count says no more of it than the rule does. This holds for counts printed as "not
shown" and for counts that nobody prints but everybody can subtract. A signed rest is small from -10 to 10, zero apart.

The lowest and the highest number are those of whole tables that fit every equation exactly. They come from
:class:`Published` alone, without the true counts: what is hidden only to protect another count keeps to the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from instead.office.numbers.bounds import Witnesses, reach
from instead.office.numbers.narrowing import narrowed
from instead.office.numbers.release import Published, together
from instead.office.numbers.system import System, system
from instead.office.numbers.tables import Cell


@dataclass(frozen=True, slots=True)
class Leak:
    """A count of people that can be worked out too closely: it is at least ``low`` and at most ``high``."""

    cell: Cell
    low: int
    high: int

    def __str__(self) -> str:
        known = f"is {self.low}" if self.low == self.high else f"is from {self.low} to {self.high}"
        return f"{self.cell}: it follows from what is published that it {known}"


def audit(published: Published, earlier: Sequence[Published] = ()) -> list[Leak]:
    """Every count that can be worked out too closely from what is published now and was published earlier.

    Raises ``ValueError`` where no table at all fits what is published.
    """
    whole = together(published, *earlier)
    equations = narrowed(system(whole))
    witnesses = Witnesses(len(equations.low))
    found = (leak_at(equations, at, whole.threshold, witnesses) for at in range(len(equations.cells)))
    return [leak for leak in found if leak]


def leak_at(equations: System, at: int, threshold: int, witnesses: Witnesses) -> Leak | None:
    """The leak of one count, if it is not open. ``witnesses`` are tables known to fit; those found here join them."""
    low, high, proven = int(equations.low[at]), int(equations.high[at]), True
    if low < high:
        for sign in (-1, 1):
            if clearly_open(*witnesses.span(at), threshold):
                return None
            proven = reach(equations, at, sign, witnesses) and proven
        low, high = witnesses.span(at)
    enough = is_open if proven else clearly_open
    return None if enough(low, high, threshold) else Leak(equations.cells[at], low, high)


def is_open(low: int, high: int, threshold: int) -> bool:
    """Whether a count that is known to be from ``low`` to ``high``, and no more, is open."""
    small = (high >= 1 and low < threshold) or (low <= -1 and high > -threshold)
    return not small or clearly_open(low, high, threshold)


def clearly_open(low: int, high: int, threshold: int) -> bool:
    """Whether a count that may be as low and as high as that is open, even if it may be lower or higher still."""
    return high - low >= threshold - 1 and max(-low, high) >= threshold
