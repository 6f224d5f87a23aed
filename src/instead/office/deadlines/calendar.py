"""Business days: Monday to Friday, Pennsylvania's holidays apart, with the days that the office closes or opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class CourtCalendar:
    """The days on which the court sits.

    ``closed`` are days that the library of holidays does not know, such as Good Friday in Philadelphia or a storm;
    ``opened`` are holidays on which the court sits after all. Each comes with its reason. A Saturday or Sunday is
    never a business day.
    """

    closed: Mapping[dt.date, str] = field(default_factory=dict)
    opened: Mapping[dt.date, str] = field(default_factory=dict)

    def why_closed(self, day: dt.date) -> str:
        """Why a day is no business day, in a word; empty on a business day."""
        only_a_date(day)
        if day.weekday() >= _SATURDAY:
            return day.strftime("%A")
        if day in self.closed:
            return self.closed[day]
        return "" if day in self.opened else _pennsylvania(day.year).get(day, "")

    def is_business_day(self, day: dt.date) -> bool:
        """Whether the court sits."""
        return not self.why_closed(day)

    def on_or_after(self, day: dt.date) -> dt.date:
        """The day itself, or the next business day."""
        while not self.is_business_day(day):
            day += _DAY
        return day


def local_day(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The date of a moment where the office is. Deadlines count dates, so an hour more or less in spring is nothing."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no certain date")
    return moment.astimezone(zone).date()


def only_a_date(day: dt.date) -> dt.date:
    """The date itself; a moment (which Python takes for a date) is refused, for its date depends on the place."""
    if isinstance(day, dt.datetime):
        raise TypeError("a date is needed, not a moment: use local_day first")
    return day


@lru_cache(maxsize=256)
def _pennsylvania(year: int) -> Mapping[dt.date, str]:
    """Pennsylvania's public holidays of a year, with the days on which they are kept when they fall on a weekend."""
    return dict(holidays.country_holidays("US", subdiv="PA", years=year).items())
