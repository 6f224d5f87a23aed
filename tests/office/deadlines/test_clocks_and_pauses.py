"""When a clock is due, by hand and by property: pauses, weekends, holidays, leap years, summer time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instead.office.deadlines.calendar import CourtCalendar, local_day
from instead.office.deadlines.clocks import Clock, Pause, days_left, days_unused, due, due_by
from instead.office.deadlines.spans import days_within, merged

D = dt.date
DAY = dt.timedelta(days=1)
CALENDAR = CourtCalendar(closed={D(2026, 4, 3): "Good Friday"})
PHILADELPHIA = ZoneInfo("America/New_York")


def calendar_days(days: int) -> Clock:
    return Clock("test_days", days)


def business_days(days: int) -> Clock:
    return Clock("test_days", days, business=True)


def pause(start: dt.date, end: dt.date | None = None) -> Pause:
    return Pause(start, end, "waiting for a place")


@pytest.mark.parametrize(
    ("start", "clock", "expected"),
    [
        (D(2026, 3, 2), calendar_days(7), D(2026, 3, 9)),
        (D(2026, 3, 2), calendar_days(0), D(2026, 3, 2)),
        (D(2026, 3, 7), calendar_days(0), D(2026, 3, 9)),  # a Saturday
        (D(2026, 3, 2), calendar_days(5), D(2026, 3, 9)),  # would be a Saturday
        (D(2026, 3, 27), calendar_days(7), D(2026, 4, 6)),  # would be Good Friday
        (D(2026, 11, 12), calendar_days(14), D(2026, 11, 30)),  # Thanksgiving, the day after, a weekend
        (D(2024, 2, 28), calendar_days(1), D(2024, 2, 29)),
        (D(2024, 2, 28), calendar_days(2), D(2024, 3, 1)),
        (D(2023, 2, 28), calendar_days(1), D(2023, 3, 1)),
        (D(2023, 3, 1), calendar_days(366), D(2024, 3, 1)),
        (D(2026, 3, 6), business_days(1), D(2026, 3, 9)),
        (D(2026, 3, 7), business_days(1), D(2026, 3, 9)),
        (D(2026, 3, 31), business_days(3), D(2026, 4, 6)),  # over Good Friday
        (D(2026, 12, 31), business_days(1), D(2027, 1, 4)),
    ],
)
def test_due_dates_by_hand(start: dt.date, clock: Clock, expected: dt.date) -> None:
    assert due(start, clock, [], CALENDAR) == expected


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], D(2026, 4, 6)),
        ([pause(D(2026, 3, 9), D(2026, 3, 18))], D(2026, 4, 16)),
        ([pause(D(2026, 3, 9), D(2026, 3, 18)), pause(D(2026, 3, 12), D(2026, 3, 15))], D(2026, 4, 16)),
        ([pause(D(2026, 3, 12), D(2026, 3, 18)), pause(D(2026, 3, 9), D(2026, 3, 14))], D(2026, 4, 16)),
        ([pause(D(2026, 3, 9), D(2026, 3, 13)), pause(D(2026, 3, 14), D(2026, 3, 18))], D(2026, 4, 16)),
        ([pause(D(2026, 2, 1), D(2026, 3, 1))], D(2026, 4, 6)),  # before the start
        ([pause(D(2026, 3, 2), D(2026, 3, 2))], D(2026, 4, 6)),  # the first day is not counted anyway
        ([pause(D(2026, 3, 9), D(2026, 3, 9))], D(2026, 4, 7)),  # a day in hospital is a day
        ([pause(D(2026, 4, 7), D(2026, 4, 20))], D(2026, 4, 6)),  # after the date
        ([pause(D(2026, 4, 7))], D(2026, 4, 6)),
        ([pause(D(2026, 4, 6), D(2026, 4, 8))], D(2026, 4, 9)),  # on the very day
        ([pause(D(2026, 4, 6))], None),
        ([pause(D(2026, 3, 9)), pause(D(2026, 3, 5), D(2026, 3, 20))], None),
    ],
)
def test_pauses_by_hand(pauses: Sequence[Pause], expected: dt.date | None) -> None:
    assert due(D(2026, 3, 2), calendar_days(35), pauses, CALENDAR) == expected


def test_a_pause_over_the_weekend_to_which_a_date_moved() -> None:
    start, clock = D(2026, 3, 2), calendar_days(5)  # Saturday 7 March, so Monday 9 March
    assert due(start, clock, [pause(D(2026, 3, 9), D(2026, 3, 11))], CALENDAR) == D(2026, 3, 12)
    assert due(start, clock, [pause(D(2026, 3, 9), D(2026, 3, 13))], CALENDAR) == D(2026, 3, 16)
    assert due(start, clock, [pause(D(2026, 3, 9))], CALENDAR) is None


def test_days_left_and_unused() -> None:
    start, clock, stopped = D(2026, 3, 2), calendar_days(7), [pause(D(2026, 3, 5))]
    assert days_left(D(2026, 3, 6), start, clock, [], CALENDAR) == 3
    assert days_left(D(2026, 3, 9), start, clock, [], CALENDAR) == 0
    assert days_left(D(2026, 3, 11), start, clock, [], CALENDAR) == -2
    assert days_left(D(2026, 3, 11), start, clock, stopped, CALENDAR) is None
    assert days_unused(D(2026, 3, 4), start, clock, stopped, CALENDAR) == 5
    assert days_unused(D(2027, 3, 4), start, clock, stopped, CALENDAR) == 5
    assert days_unused(D(2026, 3, 2), start, clock, [], CALENDAR) == 7
    assert days_unused(D(2026, 5, 2), start, clock, [], CALENDAR) == 0
    assert days_unused(D(2026, 3, 9), start, business_days(7), [], CALENDAR) == 2


def test_the_listing_comes_first_if_it_is_earlier() -> None:
    early, late = D(2026, 3, 2), D(2026, 3, 5)
    assert due_by(early, late) == due_by(late, early) == early
    assert due_by(None, late) == due_by(late, None) == late
    assert due_by(None, None) is None


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        pause(D(2026, 3, 2), D(2026, 3, 1))
    for days in (-1, 3661):
        with pytest.raises(ValueError, match="test_days: "):
            calendar_days(days)
    moment = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    for ask in (lambda: due(moment, calendar_days(1), [], CALENDAR), lambda: pause(moment)):
        with pytest.raises(TypeError, match="not a moment"):
            ask()


DAYS = st.dates(D(2019, 1, 1), D(2032, 12, 31))
CLOCKS = st.builds(Clock, st.just("test_days"), st.integers(0, 200), st.booleans())


@st.composite
def _pauses(draw: st.DrawFn) -> Pause:
    start = draw(DAYS)
    long = draw(st.integers(0, 90) | st.none())
    return pause(start, None if long is None else start + long * DAY)


ANY = st.lists(_pauses(), max_size=5)


@st.composite
def near(draw: st.DrawFn) -> tuple[dt.date, list[Pause]]:
    """A start and pauses near it, so that most of them matter."""
    start = draw(DAYS)
    spans = draw(st.lists(st.tuples(st.integers(-40, 200), st.none() | st.integers(0, 60)), max_size=6))
    begun = ((start + after * DAY, long) for after, long in spans)
    return start, [pause(first, None if long is None else first + long * DAY) for first, long in begun]


def _later(first: dt.date | None, second: dt.date | None) -> bool:
    """Whether the second date is no earlier; a date nobody knows is later than any."""
    return second is None or (first is not None and first <= second)


def _by_walking(start: dt.date, clock: Clock, pauses: Sequence[Pause]) -> dt.date | None:
    """The due date found day by day from the rule as the page words it, for comparison."""
    day, counted = start, 0
    for _ in range(3000):
        stands = any(p.start <= day and (p.end is None or day <= p.end) for p in pauses)
        if day > start and not stands and (not clock.business or CALENDAR.is_business_day(day)):
            counted += 1
        if counted >= clock.days and not stands and CALENDAR.is_business_day(day):
            return day
        day += DAY
    return None


@given(near(), CLOCKS)
def test_it_is_what_walking_day_by_day_finds(case: tuple[dt.date, list[Pause]], clock: Clock) -> None:
    start, pauses = case
    assert due(start, clock, pauses, CALENDAR) == _by_walking(start, clock, pauses)


@given(near(), CLOCKS, st.integers(0, 30))
def test_more_days_and_a_later_start_are_never_due_earlier(
    case: tuple[dt.date, list[Pause]], clock: Clock, more: int
) -> None:
    start, pauses = case
    date = due(start, clock, pauses, CALENDAR)
    assert _later(date, due(start, Clock("test_days", clock.days + more, clock.business), pauses, CALENDAR))
    assert _later(date, due(start + more * DAY, clock, pauses, CALENDAR))


@given(near(), CLOCKS, _pauses())
def test_a_pause_never_makes_a_date_earlier(case: tuple[dt.date, list[Pause]], clock: Clock, another: Pause) -> None:
    start, pauses = case
    assert _later(due(start, clock, pauses, CALENDAR), due(start, clock, [*pauses, another], CALENDAR))
    for left_out in range(len(pauses)):
        fewer = pauses[:left_out] + pauses[left_out + 1 :]
        assert _later(due(start, clock, fewer, CALENDAR), due(start, clock, pauses, CALENDAR))


@given(near(), CLOCKS, st.data())
def test_overlapping_pauses_count_once_and_in_any_order(
    case: tuple[dt.date, list[Pause]], clock: Clock, data: st.DataObject
) -> None:
    start, pauses = case
    doubled = data.draw(st.permutations([*pauses, *pauses]))
    assert due(start, clock, doubled, CALENDAR) == due(start, clock, pauses, CALENDAR)


@given(near(), CLOCKS)
def test_a_due_date_is_a_business_day_outside_every_pause(case: tuple[dt.date, list[Pause]], clock: Clock) -> None:
    start, pauses = case
    date = due(start, clock, pauses, CALENDAR)
    if date is not None:
        assert date >= start
        assert CALENDAR.is_business_day(date)
        assert not any(p.start <= date and (p.end is None or date <= p.end) for p in pauses)
        assert days_unused(date, start, clock, pauses, CALENDAR) == 0
        assert days_left(date, start, clock, pauses, CALENDAR) == 0


@given(near(), CLOCKS)
def test_a_date_nobody_knows_has_an_open_pause(case: tuple[dt.date, list[Pause]], clock: Clock) -> None:
    start, pauses = case
    closed = [p for p in pauses if p.end is not None]
    assert due(start, clock, closed, CALENDAR) is not None


@given(DAYS, CLOCKS)
def test_a_holiday_more_never_makes_a_date_earlier(start: dt.date, clock: Clock) -> None:
    date = due(start, clock, [], CALENDAR)
    assert date is not None
    stricter = CourtCalendar(closed={**CALENDAR.closed, date: "a storm"})
    later = due(start, clock, [], stricter)
    assert later is not None and later > date


@given(DAYS, st.integers(0, 23), CLOCKS)
def test_summer_time_and_the_hour_are_nothing(start: dt.date, hour: int, clock: Clock) -> None:
    moment = dt.datetime(start.year, start.month, start.day, hour, 30, tzinfo=PHILADELPHIA)
    there = local_day(moment.astimezone(dt.UTC), PHILADELPHIA)
    assert there == start
    assert due(there, clock, [], CALENDAR) == due(start, clock, [], CALENDAR)


@pytest.mark.parametrize("start", [D(2026, 3, 6), D(2026, 10, 30)])  # the Fridays before the clocks change
def test_a_week_over_a_change_of_the_clocks_is_a_week(start: dt.date) -> None:
    assert due(start, calendar_days(7), [], CALENDAR) == start + 7 * DAY


@given(ANY)
def test_merged_spans_are_the_same_days_and_lie_apart(pauses: list[Pause]) -> None:
    spans = [(p.start, p.end) for p in pauses]
    found = merged(spans)
    for (_, end), (start, _) in pairwise(found):
        assert end is not None and end < start
    first, last = D(2019, 1, 1), D(2020, 1, 1)
    days = {first + n * DAY for n in range(365)}
    inside = {day for day in days if any(s <= day and (e is None or day < e) for s, e in spans)}
    assert days_within(spans, first, last) == len(inside)
