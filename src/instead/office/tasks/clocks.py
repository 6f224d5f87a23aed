"""The office's clocks and numbers in force, and whose clock each is."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from instead.library import Library
from instead.office.deadlines.calendar import local_day
from instead.office.deadlines.clocks import Clock
from instead.office.deadlines.parameters import OfficeParameters
from instead.office.deadlines.parameters_file import read_office

#: The person's own clocks: they stand still while a place is waited for, in custody, in hospital, in a second look.
PERSONS_CLOCKS: Final = frozenset({"answer_days", "booking_days", "engage_days", "cure_days", "service_days"})
NOTHING: Final[Mapping[str, int]] = MappingProxyType({})


@functools.cache
def office_parameters() -> OfficeParameters:
    """The office's own numbers, by the name in the settings; read once."""
    return read_office(Library(settings.INSTEAD_LIBRARY).find("offices", settings.INSTEAD_OFFICE))


def office_day(at: dt.datetime) -> dt.date:
    """The date of a moment where the office is."""
    return local_day(at, ZoneInfo(office_parameters().timezone))


def clock_of(name: str, at: dt.datetime, asked: Mapping[str, int] = NOTHING) -> tuple[Clock, str]:
    """A clock in force at a moment, and the listing that it must not outlast ("" for none)."""
    in_force = office_parameters().at(office_day(at))
    return in_force.clock(name, asked), in_force.before[name]


def number_of(name: str, at: dt.datetime, asked: Mapping[str, int] = NOTHING) -> int:
    """A number in force at a moment; where the track gives it, that counts."""
    return office_parameters().at(office_day(at)).number(name, asked)


def hours_of(name: str, at: dt.datetime) -> dt.timedelta:
    """A number of hours in force, as a span of time."""
    return dt.timedelta(hours=number_of(name, at))
