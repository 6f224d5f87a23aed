"""Days and hours in words, in the language that is in force, where the office is."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format
from django.utils.dateformat import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from instead.office.tasks.clocks import office_parameters

_DAY: Final = {"en": "l, F j", "es": r"l j \d\e F"}
_YEAR: Final = {"en": ", Y", "es": r" \d\e Y"}


def office_time(moment: dt.datetime) -> dt.datetime:
    """A moment on the office's own clock."""
    return moment.astimezone(ZoneInfo(office_parameters().timezone))


def day_in_words(day: dt.date, today: dt.date | None = None) -> str:
    """“Monday, May 6”; with ``today`` also “tomorrow, Monday, May 6”, and the year where it is another one."""
    language = "es" if (get_language() or "en").startswith("es") else "en"
    other_year = today is not None and day.year != today.year
    words = date_format(day, _DAY[language] + (_YEAR[language] if other_year else ""))
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    ahead = (day - today).days if today else 2
    return f"{near[ahead]}, {words}" if ahead in near else words


def hour_in_words(moment: dt.datetime) -> str:
    """“10:30 a.m.” where the office is."""
    return time_format(office_time(moment).time(), "P")
