"""Rules 600 and 1013 by hand and by property: days used, run dates, waivers, the return to prosecution."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instead.office.deadlines.parameters_file import read_office
from instead.office.deadlines.rules import (
    TrialClock,
    Waiver,
    days_used,
    municipal_court_after_order,
    run_date,
    run_date_on_return,
)

D = dt.date
DAY = dt.timedelta(days=1)
NUMBERS = read_office().at(D(2026, 1, 1)).numbers
MC = TrialClock("Pa.R.Crim.P. 1013", D(2026, 1, 5), NUMBERS["trial_days_municipal_court"])
CP = TrialClock("Pa.R.Crim.P. 600", D(2023, 6, 1), NUMBERS["trial_days_common_pleas"])


def waiver(start: dt.date, end: dt.date | None = None) -> Waiver:
    return Waiver(start, end, start, "treatment instead")


def test_nothing_waived() -> None:
    assert run_date(MC, []) == D(2026, 7, 4)  # a Saturday and a holiday: the cautious date stays
    assert run_date(CP, []) == D(2024, 5, 31)  # over 29 February 2024
    assert run_date(TrialClock("Pa.R.Crim.P. 600", D(2022, 6, 1), 365), []) == D(2023, 6, 1)
    assert days_used(MC, [], D(2026, 1, 5)) == 0
    assert days_used(MC, [], D(2026, 2, 4)) == 30
    assert days_used(MC, [], D(2025, 12, 1)) == 0


def test_municipal_court_with_a_waiver_and_a_return() -> None:
    open_waiver = [waiver(D(2026, 2, 4))]
    assert run_date(MC, open_waiver) is None
    assert days_used(MC, open_waiver, D(2026, 5, 1)) == 30
    assert run_date_on_return(MC, open_waiver, D(2026, 6, 4)) == D(2026, 11, 1)
    closed = [waiver(D(2026, 2, 4), D(2026, 6, 4))]
    assert days_used(MC, closed, D(2026, 6, 4)) == 30
    assert days_used(MC, closed, D(2026, 6, 14)) == 40


def test_common_pleas_with_two_waivers_that_overlap() -> None:
    """1 June 2023; waived 1 September to 1 December (91 days) and again 1 November to 1 January (31 days more)."""
    waivers = [waiver(D(2023, 9, 1), D(2023, 12, 1)), waiver(D(2023, 11, 1), D(2024, 1, 1))]
    assert days_used(CP, waivers, D(2024, 1, 1)) == 92
    assert run_date(CP, waivers) == D(2024, 5, 31) + 122 * DAY == D(2024, 9, 30)


def test_only_what_is_signed_counts_and_only_from_then_on() -> None:
    assert run_date(MC, [Waiver(D(2026, 2, 4), D(2026, 6, 4), None)]) == MC.mechanical
    assert days_used(MC, [Waiver(D(2026, 2, 4), None, None)], D(2026, 3, 6)) == 60
    late = [Waiver(D(2026, 2, 4), D(2026, 6, 4), D(2026, 2, 14))]
    assert run_date(MC, late) == MC.mechanical + 110 * DAY
    assert run_date(MC, [Waiver(D(2026, 2, 4), D(2026, 2, 10), D(2026, 2, 14))]) == MC.mechanical


def test_a_waiver_ends_when_the_case_returns() -> None:
    until_september = [waiver(D(2026, 2, 4), D(2026, 9, 1))]
    assert run_date(MC, until_september) == MC.mechanical + 209 * DAY
    assert run_date_on_return(MC, until_september, D(2026, 2, 24)) == MC.mechanical + 20 * DAY
    assert run_date_on_return(MC, [waiver(D(2026, 3, 1))], D(2026, 2, 24)) == MC.mechanical


def test_a_waiver_after_the_run_date_saves_nothing() -> None:
    assert run_date(MC, [waiver(D(2026, 7, 5))]) == MC.mechanical
    assert run_date(MC, [waiver(D(2026, 7, 4), D(2026, 7, 14))]) == MC.mechanical + 10 * DAY


def test_a_waiver_before_the_count_begins_saves_nothing() -> None:
    assert run_date(MC, [waiver(D(2025, 12, 1), D(2026, 1, 1))]) == MC.mechanical
    assert run_date(MC, [waiver(D(2025, 12, 1), D(2026, 1, 15))]) == MC.mechanical + 10 * DAY


def test_a_case_moved_down_has_the_later_date() -> None:
    days, after = NUMBERS["trial_days_municipal_court"], NUMBERS["trial_days_after_order"]
    early = municipal_court_after_order("1013", D(2026, 1, 5), days, D(2026, 2, 1), after)
    late = municipal_court_after_order("1013", D(2026, 1, 5), days, D(2026, 6, 1), after)
    assert (early.mechanical, late.mechanical) == (D(2026, 7, 4), D(2026, 7, 31))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="0 days"):
        TrialClock("1013", D(2026, 1, 5), 0)
    with pytest.raises(ValueError, match="cannot end"):
        waiver(D(2026, 2, 4), D(2026, 2, 3))
    with pytest.raises(TypeError, match="not a moment"):
        TrialClock("1013", dt.datetime(2026, 1, 5, tzinfo=dt.UTC), 180)


DAYS = st.dates(D(2023, 1, 1), D(2027, 12, 31))


@st.composite
def _waivers(draw: st.DrawFn) -> Waiver:
    start = draw(DAYS)
    end = draw(st.none() | st.integers(0, 200).map(lambda days: start + days * DAY))
    signed = draw(st.none() | st.integers(-10, 30).map(lambda days: start + days * DAY))
    return Waiver(start, end, signed)


CLOCKS = st.builds(TrialClock, st.just("a rule"), DAYS, st.sampled_from([60, 180, 365]))
MANY = st.lists(_waivers(), max_size=5)


@given(CLOCKS, MANY)
def test_on_the_run_date_exactly_the_rules_days_are_used(clock: TrialClock, waivers: list[Waiver]) -> None:
    last = run_date(clock, waivers)
    if last is not None:
        assert days_used(clock, waivers, last) == clock.days
        before = [w for w in waivers if w.span is not None and w.span[0] <= last]
        assert run_date(clock, before) == last


@given(CLOCKS, MANY, _waivers())
def test_a_waiver_never_brings_a_trial_nearer(clock: TrialClock, waivers: list[Waiver], another: Waiver) -> None:
    before, after = run_date(clock, waivers), run_date(clock, [*waivers, another])
    assert after is None or (before is not None and clock.mechanical <= before <= after)
    assert run_date(clock, [*waivers, *waivers]) == before


@given(CLOCKS, MANY, DAYS, st.integers(0, 100))
def test_days_used_never_fall(clock: TrialClock, waivers: list[Waiver], on: dt.date, more: int) -> None:
    used = days_used(clock, waivers, on)
    assert used <= days_used(clock, waivers, on + more * DAY) <= used + more or on < clock.counts_from


@given(CLOCKS, MANY, DAYS)
def test_on_return_what_is_left_begins_to_run(clock: TrialClock, waivers: list[Waiver], returned: dt.date) -> None:
    used = days_used(clock, waivers, returned)
    last = run_date_on_return(clock, waivers, returned)
    if returned >= clock.counts_from and used < clock.days:
        assert last == returned + (clock.days - used) * DAY
