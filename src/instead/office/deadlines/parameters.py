"""The office's own numbers: clocks, counts and closed days, each with its dates and its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Generic, TypeVar

from instead.errors import NotFound, nearest, shown
from instead.office.deadlines.calendar import CourtCalendar, only_a_date
from instead.office.deadlines.clocks import Clock
from instead.policy.model import Track

Held = TypeVar("Held")
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Dated(Generic[Held]):
    """A value that changes on dates: (since, value), ascending; the first holds from the beginning."""

    periods: tuple[tuple[dt.date | None, Held], ...]

    def at(self, day: dt.date) -> Held:
        """The value in force on a day."""
        only_a_date(day)
        return [value for since, value in self.periods if since is None or since <= day][-1]


@dataclass(frozen=True, slots=True)
class ClockParameter:
    """A clock of the office. ``starts`` says from when it runs; ``before`` names the listing it must not outlast."""

    name: str
    title: str
    starts: str
    because: str
    clocks: Dated[Clock]
    before: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NumberParameter:
    """A number that is no clock: a count, or the days of a rule of court."""

    name: str
    title: str
    because: str
    numbers: Dated[int]
    source: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """Every number of the office as it stands on one day."""

    day: dt.date
    clocks: Mapping[str, Clock]
    before: Mapping[str, str]
    numbers: Mapping[str, int]

    def clock(self, name: str, asked: Mapping[str, int] = _NOTHING) -> Clock:
        """A clock; where the track of the offer gives its days (``asked``), those count."""
        clock = self.clocks[_known(name, self.clocks, "clock")]
        return replace(clock, days=asked[name]) if name in asked else clock

    def number(self, name: str, asked: Mapping[str, int] = _NOTHING) -> int:
        """A number; where the track of the offer gives it (``asked``), that counts."""
        return asked.get(name, self.numbers[_known(name, self.numbers, "number")])

    def not_run(self, track: Track) -> list[str]:
        """The clocks of a track that this office does not run: to be said before a policy is taken into use."""
        return [name for name in track.clocks if name not in self.clocks and name not in self.numbers]


@dataclass(frozen=True)
class OfficeParameters:
    """What an office has written down about its own time."""

    id: str
    title: str
    timezone: str
    clocks: Mapping[str, ClockParameter]
    numbers: Mapping[str, NumberParameter]
    calendar: CourtCalendar

    def at(self, day: dt.date) -> InForce:
        """The numbers in force on a day."""
        return InForce(
            day,
            {name: parameter.clocks.at(day) for name, parameter in self.clocks.items()},
            {name: parameter.before for name, parameter in self.clocks.items()},
            {name: parameter.numbers.at(day) for name, parameter in self.numbers.items()},
        )

    def rows(self) -> Iterator[str]:
        """The clocks and numbers as the rows of a table in Markdown."""
        for clock in self.clocks.values():
            days = _history(
                clock.clocks, lambda held: f"{held.days} {'business' if held.business else 'calendar'} days"
            )
            before = f", by the {clock.before.replace('_', ' ')} at the latest" if clock.before else ""
            yield f"| `{clock.name}` | {clock.title} | {days}{before} | {clock.starts} | {clock.because} |"
        for number in self.numbers.values():
            yield f"| `{number.name}` | {number.title} | {_history(number.numbers, str)} | — | {number.because} |"


def _history(dated: Dated[Held], show: Callable[[Held], str]) -> str:
    first, *later = dated.periods
    return ", ".join([show(first[1]), *(f"from {since} {show(value)}" for since, value in later)])


def _known(name: str, known: Mapping[str, object], what: str) -> str:
    if name not in known:
        near = nearest(name, list(known))
        raise NotFound(f"the office has no {what} {shown(name)}" + (f"; did you mean {near}?" if near else ""))
    return name
