"""The office's own numbers: the model, dated values, the policy's track, the page, and every mistake of a file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from instead.errors import NotFound, Problems
from instead.library import Library
from instead.office.deadlines.parameters_file import KEYS, LISTINGS, parse_office, read_office
from instead.office.machines import MACHINES
from instead.office.tasks.kinds import KINDS
from instead.policy.open import open_policy

D = dt.date
PAGE = (Path(__file__).parents[3] / "docs" / "office" / "deadlines.md").read_text(encoding="utf-8")
OFFICE = read_office()
TEXT = """
id = "small"
title = "A small office"
timezone = "America/New_York"

[[clock]]
name = "answer_days"
title = "to answer the offer"
starts = "the day counsel met the person"
values = [{ value = 7 }, { since = "2027-01-01", value = 10 }, { since = 2028-02-29, value = 12 }]
because = "Seven were too few."

[[number]]
name = "missed_appointments"
title = "missed appointments"
values = [{ value = 2 }]
because = "Two chances."

[[closed]]
day = "2026-03-04"
because = "a storm"

[[opened]]
day = 2026-10-12
because = "The court sits."
"""


def test_every_clock_of_a_machine_is_a_clock_of_the_office_and_the_other_way_round() -> None:
    used = {state.clock for machine in MACHINES for state in machine.open_states}
    used |= {kind.clock for kind in KINDS.values()}
    assert used == set(OFFICE.clocks)


def test_the_office_runs_every_clock_of_the_policy_it_is_a_model_for() -> None:
    for track in open_policy("treatment-instead", Library()).tracks.values():
        assert OFFICE.at(D(2026, 1, 1)).not_run(track) == []


def test_a_clock_that_the_office_does_not_run_is_named() -> None:
    (track,) = open_policy("police-assisted", Library()).tracks.values()
    assert "hand_over_hours" in OFFICE.at(D(2026, 1, 1)).not_run(track)


def test_the_track_counts_before_the_office() -> None:
    track = open_policy("treatment-instead", Library()).tracks["treatment"]
    asked = {name: track.clock(name, 0) for name in track.clocks}
    plain = parse_office(TEXT, "small.toml").at(D(2027, 6, 1))
    assert plain.clock("answer_days").days == 10
    assert plain.clock("answer_days", asked).days == 7
    assert OFFICE.at(D(2026, 1, 1)).clock("court_record_days", asked).days == 5
    assert plain.number("missed_appointments", asked) == 2


def test_a_value_holds_from_its_date() -> None:
    office = parse_office(TEXT, "small.toml")
    days = [office.at(day).clock("answer_days").days for day in (D(1999, 1, 1), D(2026, 12, 31), D(2027, 1, 1))]
    assert days == [7, 7, 10]
    assert office.at(D(2028, 2, 28)).clock("answer_days").days == 10
    assert office.at(D(2028, 2, 29)).clock("answer_days").days == 12
    assert office.calendar.why_closed(D(2026, 3, 4)) == "a storm"
    assert office.calendar.is_business_day(D(2026, 10, 12))


def test_a_wrong_name_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="no clock 'anser_days'; did you mean answer_days"):
        OFFICE.at(D(2026, 1, 1)).clock("anser_days")
    with pytest.raises(NotFound, match="no number 'missed'"):
        OFFICE.at(D(2026, 1, 1)).number("missed")


def test_every_number_has_its_reason_and_those_of_law_their_source() -> None:
    for parameter in (*OFFICE.clocks.values(), *OFFICE.numbers.values()):
        assert parameter.because.endswith(".")
    for name, number in OFFICE.numbers.items():
        assert not name.startswith("trial_days") or number.source.startswith("Pa.R.Crim.P.")


def test_the_table_on_the_page_is_the_model_office() -> None:
    rows = [line for line in PAGE.split("## Every clock and number")[1].split("\n") if line.startswith("| `")]
    assert rows == list(OFFICE.rows())


@pytest.mark.parametrize("key", sorted({key for keys in KEYS.values() for key in keys} | set(LISTINGS)))
def test_every_key_of_the_file_is_explained(key: str) -> None:
    assert re.search(rf"`(\[\[)?{key}(\]\])?`", PAGE) or f"`{key}` date" in PAGE


def test_the_block_on_the_page_can_be_read() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    top = 'id = "page"\ntitle = "Page"\ntimezone = "UTC"\n'
    assert parse_office(top + block, "page.toml").at(D(2027, 1, 1)).clock("answer_days").days == 10


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('because = "Seven were too few."', "", "`because` is missing"),
        ("starts =", "start =", "`start` has no meaning here"),
        ("{ value = 7 }", "{ value = -1 }", "-1 is no number of days"),
        ("{ value = 7 }", "{ value = true }", "True is no number of days"),
        ("{ value = 7 }", "{ value = 3661 }", "3661 is no number of days"),
        ("{ value = 7 }", '{ since = "2020-01-01", value = 7 }', "the first value has a `since`"),
        ("{ value = 7 }", "{ vlaue = 7 }", "has a key without meaning"),
        ('{ since = "2027-01-01", value = 10 }', "{ value = 10 }", "has no `since` date"),
        ('"2027-01-01"', '"soon"', "has no `since` date"),
        ("since = 2028-02-29", "since = 2026-02-28", "is not later than 2027-01-01"),
        ("[{ value = 2 }]", "2", "there are no values"),
        ("[{ value = 2 }]", "[]", "there are no values"),
        ('"2026-03-04"', '"2026-02-30"', "is no date"),
        ("day = 2026-10-12", "day = 2026-10-12T00:00:00", "is no date"),
        ("America/New_York", "America/Philadelphia", "is no time zone"),
        ("America/New_York", "../etc", "is no time zone"),
        ('name = "missed_appointments"', 'name = "answer_days"', "is a clock and a number"),
        ('title = "missed appointments"', 'title = ""', "`title` is missing"),
        ('title = "to answer the offer"', 'title = "x"\nbusiness = "yes"', "neither true nor false"),
        ('title = "to answer the offer"', 'title = "x"\nbefore = "some_listing"', "is no listing"),
        ('title = "to answer the offer"', 'title = "x"\nsource = 5', "is no text"),
        ("[[opened]]", '[[closed]]\nday = "2026-03-04"\nbecause = "x"\n[[opened]]', "is there twice"),
        ("[[number]]", "[[numbre]]", "`numbre` has no meaning here"),
        ('id = "small"', "id = 5", "`id` is missing"),
    ],
)
def test_a_mistake_is_told(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(Problems) as caught:
        parse_office(TEXT.replace(old, new, 1), "small.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("small.toml")


def test_all_mistakes_are_told_at_once() -> None:
    wrong = TEXT.replace("starts =", "start =").replace("{ value = 2 }", "{ value = 2.5 }").replace("a storm", "")
    with pytest.raises(Problems) as caught:
        parse_office(wrong, "small.toml")
    assert len(caught.value.problems) == 4
