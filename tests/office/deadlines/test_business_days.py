"""The days on which the court sits."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instead.office.deadlines.calendar import CourtCalendar, local_day
from instead.office.deadlines.parameters_file import read_office

D = dt.date
CALENDAR = CourtCalendar(closed={D(2026, 4, 3): "Good Friday"}, opened={D(2026, 10, 12): "the court sits"})
DAYS = st.dates(D(2015, 1, 1), D(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (D(2026, 3, 4), ""),
        (D(2026, 3, 7), "Saturday"),
        (D(2026, 3, 8), "Sunday"),
        (D(2026, 1, 19), "Martin Luther King Jr. Day"),
        (D(2026, 7, 3), "Independence Day (observed)"),
        (D(2026, 11, 27), "Day After Thanksgiving"),
        (D(2021, 12, 31), "New Year's Day (observed)"),
        (D(2023, 11, 10), "Veterans Day (observed)"),
        (D(2026, 4, 3), "Good Friday"),
        (D(2026, 10, 12), ""),
        (D(2025, 10, 13), "Columbus Day"),
        (D(2024, 2, 29), ""),
    ],
)
def test_why_a_day_is_no_business_day(day: dt.date, why: str) -> None:
    assert CALENDAR.why_closed(day) == why
    assert CALENDAR.is_business_day(day) == (why == "")


def test_the_model_office_has_every_holiday_of_the_courts_own_list_of_2023() -> None:
    """https://www.courts.phila.gov/holidays/, the list for 2023."""
    listed = "01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 10-09 11-10 11-23 11-24 12-25"
    calendar = read_office().calendar
    year = [D(2023, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    closed = [day for day in year if day.weekday() < 5 and not calendar.is_business_day(day)]
    assert closed == [dt.date.fromisoformat(f"2023-{day}") for day in listed.split()]


@given(DAYS)
def test_the_next_business_day_is_the_first(day: dt.date) -> None:
    found = CALENDAR.on_or_after(day)
    assert day <= found <= day + dt.timedelta(days=5)
    assert CALENDAR.is_business_day(found)
    between = [day + dt.timedelta(days=n) for n in range((found - day).days)]
    assert not any(CALENDAR.is_business_day(other) for other in between)


def test_a_moment_is_a_date_only_where_the_office_is() -> None:
    late = dt.datetime(2026, 3, 5, 3, 30, tzinfo=dt.UTC)
    assert local_day(late, ZoneInfo("America/New_York")) == D(2026, 3, 4)
    with pytest.raises(ValueError, match="no certain date"):
        local_day(dt.datetime(2026, 3, 5), ZoneInfo("America/New_York"))
    with pytest.raises(TypeError, match="local_day"):
        CALENDAR.is_business_day(late)
