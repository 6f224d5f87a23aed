"""Hours from free text, only where they can mean one thing; and open or closed at a moment."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instead.office.treatment.hours import AROUND_THE_CLOCK, Hours, hours_from_json, read_hours


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("M-F 8a-5p", "Monday to Friday 8 a.m. to 5 p.m."),
        ("M 8a-12p; M 1-5p; T 8a-12p T 1-5p", "Monday and Tuesday 8 a.m. to 12 p.m. and 1 p.m. to 5 p.m."),
        ("T 2-3:30p", "Tuesday 2 p.m. to 3:30 p.m."),
        ("Sa 8-11:30a; Su 12p-1pm", "Saturday 8 a.m. to 11:30 a.m.; Sunday 12 p.m. to 1 p.m."),
        ("M 7a-5p Th 7-11a; F 7a-12p", "Monday 7 a.m. to 5 p.m.; Thursday 7 a.m. to 11 a.m.; Friday 7 a.m. to 12 p.m."),
        ("24/7", "around the clock"),
        ("around the clock", "around the clock"),
    ],
)
def test_hours_that_can_mean_one_thing_are_read(text, said):
    assert str(read_hours(text)) == said


@pytest.mark.parametrize(
    "text",
    ["", "7a-5:30p", "M-F", "M-F 7a-5:30p; Sa 8a-1:30m", "M-F 9-5", "M-F 25a-30p", "F-M 8a-5p", "by appointment",
     "M-F 8a-5p except holidays", "M 5p-8a", "T/Th 8a-5p", "[noted but not specified]", "M-F 8a-5p; closed 12-1p"],
)  # fmt: skip
def test_hours_that_are_not_certain_stay_text(text):
    assert read_hours(text) is None


def test_a_span_past_midnight_is_two_and_touching_spans_are_one():
    night = Hours.of([(6, 22 * 60, 2 * 60), (0, 120, 180)])
    assert night.as_json() == [[0, 0, 180], [6, 1320, 1440]]
    assert night.open_at(dt.datetime(2020, 3, 1, 23)) and night.open_at(dt.datetime(2020, 3, 2, 1))
    assert not night.open_at(dt.datetime(2020, 3, 2, 3)) and not night.open_at(dt.datetime(2020, 3, 3, 1))
    assert Hours.of((day, 0, 0) for day in range(7)) == AROUND_THE_CLOCK


_SPANS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1440)), max_size=8)


@given(_SPANS, st.integers(0, 6), st.integers(0, 1439))
def test_open_is_inside_some_span_and_stored_hours_come_back(spans, day, minute):
    spans = [(d, a, b % 1440 if b <= a else b) for d, a, b in spans]
    hours = Hours.of(spans)
    at = day * 1440 + minute
    inside = any((at - (d * 1440 + a)) % 10080 < ((b - a) % 1440 or 1440) for d, a, b in spans)
    assert hours.open_at(dt.datetime(2020, 3, 2) + dt.timedelta(minutes=at)) is inside
    assert hours_from_json(hours.as_json()) == hours
