"""Chance, seeded: every draw of the synthetic city comes from here.

Only ``Generator.random`` of PCG64 is used, and whole numbers derived from it: no distribution of NumPy and no
function of the C library, whose results may differ between versions and machines.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Generic, TypeVar

from numpy.random import PCG64, Generator, SeedSequence

T = TypeVar("T")

_BLOCK = 8192


class Table(Generic[T]):
    """Values with whole weights, to draw from."""

    __slots__ = ("_upto", "total", "values", "weights")

    def __init__(self, rows: Iterable[tuple[T, int]]) -> None:
        listed = list(rows)
        self.values: tuple[T, ...] = tuple(value for value, _ in listed)
        self.weights: tuple[int, ...] = tuple(weight for _, weight in listed)
        self._upto = list(accumulate(self.weights))
        self.total: int = self._upto[-1]

    def at(self, fraction: float) -> T:
        """The value that stands at this fraction (0 to 1, without 1) of the total weight."""
        return self.values[bisect(self._upto, int(fraction * self.total))]


class Dice:
    """One independent stream of chance. ``roll()`` gives a number from 0 to 1, without 1."""

    __slots__ = ("_generator", "roll")

    def __init__(self, seeds: SeedSequence) -> None:
        self._generator = Generator(PCG64(seeds))
        self.roll: Callable[[], float] = chain.from_iterable(self._blocks()).__next__

    def _blocks(self) -> Iterator[list[float]]:
        while True:
            yield self._generator.random(_BLOCK).tolist()

    def chance(self, share: float) -> bool:
        """True in this share of draws."""
        return self.roll() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.roll() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of these, all alike."""
        return values[int(self.roll() * len(values))]

    def draw(self, table: Table[T]) -> T:
        """One of these, by weight."""
        return table.at(self.roll())

    def span(self, table: Table[tuple[int, int]]) -> int:
        """A whole number from one of these spans, by weight."""
        low, high = table.at(self.roll())
        return self.between(low, high)


def streams(seed: int, count: int) -> tuple[Dice, ...]:
    """As many independent streams as asked for; the same ones for the same seed."""
    return tuple(Dice(child) for child in SeedSequence(seed).spawn(count))
