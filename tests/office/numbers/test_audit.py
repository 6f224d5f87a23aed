"""The audit finds what can be worked out: by sums, through other tables, nested people, percentages and time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from instead.office.numbers.audit import audit, is_open
from instead.office.numbers.release import Percent, Published, Release, Sum, nested, revised, sums_of
from instead.office.numbers.suppress import suppress
from instead.office.numbers.tables import Dimension, cell
from support.releases import OUTCOME, SEX, at, by, dimension, hiding, margin, primary_only

TEAM = Dimension("team", ("one", "two", "three"), not_known=None)
LIST = Release((by("By team", "arrested", (TEAM,), 4, 30, 66),))


def found(published: Published, earlier: tuple[Published, ...] = ()) -> list[str]:
    return [str(leak) for leak in audit(published, earlier)]


def test_one_hidden_number_in_a_sum_is_subtracted():
    assert found(primary_only(LIST)) == ["arrested, team one: it follows from what is published that it is 4"]


def test_two_hidden_numbers_in_a_sum_are_open():
    assert found(hiding(LIST, {at("arrested", team="one"), at("arrested", team="two")})) == []


def test_two_small_numbers_that_make_up_less_than_eleven_are_not_open():
    release = Release((by("By team", "arrested", (TEAM,), 4, 5, 91),))
    assert found(primary_only(release)) == [
        "arrested, team one: it follows from what is published that it is from 1 to 8",
        "arrested, team two: it follows from what is published that it is from 1 to 8",
    ]


def test_a_small_number_that_is_shown_is_found():
    assert found(hiding(LIST, set())) == ["arrested, team one: it follows from what is published that it is 4"]


def test_a_large_number_may_be_worked_out():
    release = Release((by("By team", "arrested", (TEAM,), 14, 30, 66),))
    assert found(hiding(release, {at("arrested", team="two")})) == []


def test_zero_is_no_secret():
    assert found(primary_only(Release((by("By team", "arrested", (TEAM,), 0, 34, 66),)))) == []


def test_the_whole_rule_is_used_to_attack_zero_is_never_hidden():
    # eleven people in two hidden cells: if zero could be hidden too, one of them might be all eleven
    release = Release((by("By team", "arrested", (TEAM,), 1, 10, 89),))
    assert found(primary_only(release))
    impossible = hiding(LIST, {at("arrested", team="one")})
    impossible = replace(impossible, shown=impossible.shown | {at("arrested"): 96})
    with pytest.raises(ValueError, match="no table of whole numbers fits what is published"):
        audit(impossible)


def test_a_row_that_is_safe_is_attacked_through_its_columns():
    team = dimension("team", 3)
    release = Release((by("Both", "arrested", (OUTCOME, team), 5, 40, 30, 50, 60, 70, 33, 44, 55),))
    row = {at("arrested", outcome="withdrawn", team=f"team{number}") for number in (0, 1)}
    assert found(hiding(release, row)) == [
        "arrested, outcome withdrawn, team team0: it follows from what is published that it is 5"
    ]


def test_a_margin_is_attacked_through_another_table_of_the_same_people():
    by_sex = by("By sex", "arrested", (OUTCOME, SEX), 3, 2, 0, 30, 20, 0, 25, 20, 0)
    by_team = by("By team", "arrested", (OUTCOME, TEAM), 5, 0, 0, 20, 20, 10, 15, 15, 15)
    safe = suppress(Release((by_sex,)))
    assert found(safe) == []
    assert at("arrested", outcome="withdrawn") not in safe.shown
    careless = primary_only(Release((by_team,)))
    shown = {cell: count for cell, count in careless.shown.items() if cell in by_sex.cells()}
    assert found(safe, (replace(careless, shown=shown),)) != []


def test_what_is_left_over_between_nested_people_is_a_count_too():
    tables = (by("Offered", "offered", (SEX,), 50, 60, 0), by("Accepted", "accepted", (SEX,), 46, 40, 0))
    sums = nested("accepted", "offered", [one.shape for one in tables])
    assert found(hiding(Release(tables, sums), set())) == [
        "offered without accepted, sex female: it follows from what is published that it is 4"
    ]
    assert found(hiding(Release(tables), set())) == []


def test_a_rounded_percentage_gives_a_hidden_number_away():
    hidden = {at("arrested", team="one"), at("arrested", team="two")}
    published = hiding(LIST, hidden)
    percent = Percent(at("arrested", team="one"), at("arrested"), 40)
    assert found(replace(published, percents=(percent,))) == [
        "arrested, team one: it follows from what is published that it is 4"
    ]
    wide = replace(percent, denominator=at("arrested", team="two"), tenths=133)
    assert found(replace(published, percents=(wide,))) == [
        "arrested, team one: it follows from what is published that it is 4"
    ]


def test_a_quarter_is_worked_out_from_the_year_and_the_other_quarters():
    quarters = [by(name, name, (SEX,), count, 30, 0) for name, count in (("Q1", 20), ("Q2", 25), ("Q3", 30))]
    year = by("Year", "year", (SEX,), 79, 130, 0)
    earlier = tuple(suppress(Release((quarter,))) for quarter in quarters)
    shapes = [one.shape for one in (*quarters, year)]
    sums = sums_of("year", ("Q1", "Q2", "Q3"), shapes, rest="Q4")
    careless = replace(hiding(Release((year,)), set()), sums=sums)
    assert found(careless, earlier) == ["Q4, sex female: it follows from what is published that it is 4"]
    careful = suppress(Release((year,), sums), earlier=earlier)
    assert found(careful, earlier) == []
    assert at("year", sex="female") not in careful.shown


def test_a_correction_of_a_few_people_is_found_in_either_direction():
    before = suppress(Release((by("Before", "as of April", (SEX,), 40, 50, 0),)))
    for female in (43, 37):
        after = by("After", "as of July", (SEX,), female, 50, 0)
        sums = revised("as of April", "as of July", (*before.shapes, after.shape))
        careless = replace(hiding(Release((after,)), set()), sums=sums)
        less = "as of July less as of April"
        assert found(careless, (before,)) == [
            f"{less}, sex female: it follows from what is published that it is {female - 40}",
            f"{less}: it follows from what is published that it is {female - 40}",
        ]
        assert found(suppress(Release((after,), sums), earlier=(before,)), (before,)) == []


def test_a_count_inside_a_ring_of_tables_is_found():
    a, b, c = dimension("a", 2), dimension("b", 2), dimension("c", 2)
    # each table is harmless alone; together they leave one way to fill a × b × c, with three people in one cell
    deep = by("deep", "people", (a, b, c), 3, 20, 20, 0, 20, 20, 20, 0)
    tables = tuple(margin(deep, f"{x.name} by {y.name}", (x, y)) for x, y in ((a, b), (b, c), (a, c)))
    assert found(hiding(Release(tables[:2]), set())) == []
    ring = found(hiding(Release(tables), set()))
    assert "people, a a0, b b0, c c0: it follows from what is published that it is 3" in ring
    assert audit(suppress(Release(tables))) == []


def test_a_sum_over_people_of_whom_no_table_is_there_is_refused():
    earlier = suppress(Release((by("Before", "before", (TEAM,), 40, 50, 60),)))
    published = replace(earlier, shapes=LIST.shapes, sums=(Sum(cell("arrested"), (cell("before"),), "new"),), shown={})
    with pytest.raises(ValueError, match="no table counts before, which is in arrested = before"):
        audit(published)


@pytest.mark.parametrize(
    ("low", "high", "is_it"),
    [
        (0, 0, True),
        (1, 10, False),
        (1, 11, True),
        (0, 10, False),
        (0, 11, True),
        (2, 11, False),
        (5, 14, False),
        (5, 15, True),
        (10, 19, False),
        (10, 20, True),
        (11, 11, True),
        (12, 15, True),
        (-3, -3, False),
        (-12, -11, True),
        (-5, 5, False),
        (-11, 0, True),
        (-20, 20, True),
    ],
)
def test_open_means_that_it_may_be_eleven_and_is_ten_apart(low, high, is_it):
    assert is_open(low, high, 11) is is_it
