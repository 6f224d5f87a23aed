"""When and where people are arrested: months by their weight, then days, hours and who is arrested together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from instead.synth import calibration as cal
from instead.synth.dice import Dice, Table


@dataclass(frozen=True, slots=True)
class Event:
    """One event with the number of people arrested in it."""

    at: datetime
    district: str
    people: int


def events(cases: int, dice: Dice) -> list[Event]:
    """Events in the order of time, with ``cases`` arrests in all."""
    found: list[Event] = []
    months = _months()
    for month, quota in zip(months, shares(cases, [_weight(month) for month in months]), strict=True):
        found += _month(month, quota, dice)
    return sorted(found, key=lambda event: event.at)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` split by weight into whole numbers that add up (largest remainders, earlier first)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


def last_month_starts() -> date:
    """The first day of the last calendar month."""
    return cal.LAST_DAY.replace(day=1)


def _months() -> list[date]:
    months, day = [], cal.FIRST_DAY
    while day <= cal.LAST_DAY:
        months.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    return months


def _weight(month: date) -> int:
    """A year's weight spread over its days."""
    return cal.MONTHLY_WEIGHT[month.year] * len(_days(month))


def _days(month: date) -> list[date]:
    following = (month + timedelta(days=31)).replace(day=1)
    return [month + timedelta(days=offset) for offset in range((following - month).days)]


def _month(month: date, quota: int, dice: Dice) -> list[Event]:
    days = Table((day, cal.WEEKDAYS[day.weekday()]) for day in _days(month))
    found = []
    while quota > 0:
        people = min(quota, dice.draw(cal.TOGETHER))
        day = dice.draw(days)
        at = datetime(day.year, day.month, day.day, dice.draw(cal.HOURS), dice.between(0, 59))
        found.append(Event(at, dice.draw(cal.DISTRICTS), people))
        quota -= people
    return found
