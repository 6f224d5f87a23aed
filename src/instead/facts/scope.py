"""What the names in a condition mean: facts of the vocabulary and parameters of the policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from instead.errors import nearest
from instead.facts.formula import DECISION_DATE
from instead.facts.vocabulary import Fact, date_of


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named value that an office may change on a date.

    ``shape`` says which values are possible, like a fact; ``periods`` are (first day, code), ascending,
    the first without a beginning; ``date`` is the fact that chooses the period, else the decision date.
    """

    name: str
    shape: Fact
    periods: tuple[tuple[int, int], ...]
    date: str = DECISION_DATE
    because: str = ""

    def at(self, day: int) -> int:
        """The code in force on ``day``."""
        return [code for since, code in self.periods if since <= day or since == self.periods[0][0]][-1]

    def history(self) -> str:
        """Its values in words: ``30 g``, or ``30 g, from 2023-01-02 45 g``."""
        first, *later = self.periods
        return ", ".join(
            [self.shape.show(first[1]), *(f"from {date_of(s).isoformat()} {self.shape.show(c)}" for s, c in later)]
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Facts and parameters by name.

    ``refused`` are parameters with a mistake of their own: naming one is no second mistake.
    """

    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    refused: frozenset[str] = frozenset()

    def find(self, name: str) -> Fact | Parameter | None:
        return self.facts.get(name) or self.parameters.get(name)

    def nearest(self, name: str) -> str:
        return nearest(name, [*self.facts, *self.parameters])


def shape_of(named: Fact | Parameter) -> Fact:
    """The fact-like description of the values that a name can have."""
    return named if isinstance(named, Fact) else named.shape
