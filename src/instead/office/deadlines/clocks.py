"""A clock of days that can stand still, and the date on which it is due.

How days are counted: the day on which a clock starts is not counted, the last day is (as in 1 Pa.C.S. § 1908). A day
on which the clock stands still, be it for an hour, is not counted. A date that would fall on a day when the court is
closed, or when the clock stands still, moves to the next day that is neither. So a pause never makes a date earlier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from instead.office.deadlines.calendar import CourtCalendar, only_a_date
from instead.office.deadlines.spans import Span, merged

_DAY = dt.timedelta(days=1)
#: Ten years: more is a slip of the pen.
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Clock:
    """So many days for one thing: calendar days, or business days only. ``kind`` is the name of the parameter."""

    kind: str
    days: int
    business: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.days <= MOST_DAYS:
            raise ValueError(f"{self.kind}: {self.days} days; expected 0 to {MOST_DAYS}")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock stands still: from ``start`` to ``end``, both included, or until nobody knows when."""

    start: dt.date
    end: dt.date | None
    because: str

    def __post_init__(self) -> None:
        only_a_date(self.start)
        if self.end is not None and only_a_date(self.end) < self.start:
            raise ValueError(f"a pause from {self.start} cannot end on {self.end}")


def due(start: dt.date, clock: Clock, pauses: Iterable[Pause], calendar: CourtCalendar) -> dt.date | None:
    """The last day of a clock, or None while it stands still and nobody knows until when."""
    standing = _standing(pauses)
    day: dt.date = only_a_date(start)
    left = clock.days
    while left:
        runs = _runs_again(standing, day + _DAY)
        if runs is None:
            return None
        day = runs
        left -= not clock.business or calendar.is_business_day(day)
    while True:
        runs = _runs_again(standing, day)
        if runs is None:
            return None
        day = calendar.on_or_after(runs)
        if day == runs:
            return day


def days_left(
    on: dt.date, start: dt.date, clock: Clock, pauses: Iterable[Pause], calendar: CourtCalendar
) -> int | None:
    """Days from a date to the due date, as a person reads a calendar; below zero when it is overdue.

    None while the clock stands still and nobody knows until when: :func:`days_unused` says what is left on it.
    """
    last = due(start, clock, pauses, calendar)
    return None if last is None else (last - only_a_date(on)).days


def days_unused(on: dt.date, start: dt.date, clock: Clock, pauses: Iterable[Pause], calendar: CourtCalendar) -> int:
    """How many days of a clock are not used up at the end of a date, never below zero."""
    standing = _standing(pauses)
    left, day = clock.days, only_a_date(start)
    while left and day < only_a_date(on):
        day += _DAY
        runs = _runs_again(standing, day) == day
        left -= runs and (not clock.business or calendar.is_business_day(day))
    return left


def due_by(deadline: dt.date | None, listing: dt.date | None) -> dt.date | None:
    """The earlier of a deadline and a day in court, for what must be done by the listing; either may be unknown."""
    known = [day for day in (deadline, listing) if day is not None]
    return min(known, default=None)


def _standing(pauses: Iterable[Pause]) -> list[Span]:
    """The days on which the clock stands still, each counted once."""
    return merged((pause.start, None if pause.end is None else pause.end + _DAY) for pause in pauses)


def _runs_again(standing: list[Span], day: dt.date) -> dt.date | None:
    """The day itself, or the first day after it on which the clock does not stand still; None: nobody knows."""
    for start, end in standing:
        if start <= day and (end is None or day < end):
            return end
    return day
