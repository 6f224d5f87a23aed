"""The days and hours one can book at a place, and what is wrong with one that cannot be."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils.dateformat import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from instead.office.my_page.places import hours_in_words
from instead.office.notices.day_words import day_in_words, office_time
from instead.office.tasks.clocks import office_day
from instead.office.treatment.models import Service

#: How many days ahead one can choose.
AHEAD: Final = 21
_STEP: Final = 30
_FIRST, _LAST = 6 * 60, 21 * 60


def days_to_choose(service: Service, at: dt.datetime) -> list[tuple[str, str]]:
    """Days on which the place is open (every day where that is not known): value and words."""
    today = office_day(at)
    hours = service.open_hours
    days = [today + dt.timedelta(days=ahead) for ahead in range(AHEAD)]
    open_days = {one.weekday for one in hours.intervals} if hours else set(range(7))
    return [(day.isoformat(), capfirst(day_in_words(day, today))) for day in days if day.weekday() in open_days]


def hours_to_choose(service: Service) -> list[tuple[str, str]]:
    """Half hours of the day at which the place is open on some day: value and words."""
    hours = service.open_hours
    minutes = range(_FIRST, _LAST + 1, _STEP)
    if hours is not None and not hours.around_the_clock:
        minutes_open = [m for m in range(0, 24 * 60, _STEP) if any(i.opens <= m < i.closes for i in hours.intervals)]
    else:
        minutes_open = list(minutes)
    times = [dt.time(*divmod(minute, 60)) for minute in minutes_open]
    return [(time.strftime("%H:%M"), time_format(time, "P")) for time in times]


def chosen_moment(service: Service, day: str, hour: str, at: dt.datetime) -> tuple[dt.datetime | None, str]:
    """The moment that was chosen, or what is wrong with it."""
    try:
        date, time = dt.date.fromisoformat(day), dt.time.fromisoformat(hour)
    except ValueError:
        return None, _("Choose a day and an hour from the lists.")
    moment = dt.datetime.combine(date, time, tzinfo=office_time(at).tzinfo)
    if moment <= at:
        return None, _("That hour has passed. Choose a later one.")
    if (date - office_day(at)).days >= AHEAD:
        return None, _("That is more than three weeks away. Choose an earlier day.")
    hours = service.open_hours
    if hours is not None and not hours.open_at(moment):
        return None, _("The place is closed then. It is open %(hours)s.") % {"hours": hours_in_words(hours)}
    return moment, ""
