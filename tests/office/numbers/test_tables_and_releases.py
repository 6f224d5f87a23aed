"""Tables add up, share their margins by name, and refuse what contradicts itself or drops somebody."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError

import pytest

from instead.office.numbers.keeping import as_json, from_json
from instead.office.numbers.release import Percent, Published, Release, Sum, nested, revised, sums_of, together
from instead.office.numbers.suppress import suppress
from instead.office.numbers.system import ring
from instead.office.numbers.tables import Cell, Dimension, Shape, Table, cell, table
from support.releases import OUTCOME, RACE, SEX, at, by

BY_RACE = by("Outcome by race", "arrested", (OUTCOME, RACE), 1, 20, 30, 4, 0, 12, 40, 0, 2, 3, 5, 0)
BY_SEX = by("Outcome by sex", "arrested", (OUTCOME, SEX), 25, 30, 0, 20, 32, 0, 4, 6, 0)


def test_a_table_holds_the_totals_over_every_subset_of_its_dimensions():
    counts = BY_RACE.cells()
    assert len(counts) == (3 + 1) * (4 + 1)
    assert counts[at("arrested", outcome="withdrawn", race="Black")] == 20
    assert counts[at("arrested", outcome="withdrawn")] == 55
    assert counts[at("arrested", race="White")] == 75
    assert counts[at("arrested")] == 117


def test_three_dimensions_have_totals_in_every_direction():
    dimensions = (OUTCOME, SEX, Dimension("year", ("2024", "2025"), not_known=None))
    counts = by("All", "arrested", dimensions, *range(18)).cells()
    assert len(counts) == 4 * 4 * 3
    assert counts[at("arrested", sex="female", year="2025")] == 1 + 7 + 13
    assert counts[at("arrested", outcome="open")] == sum(range(12, 18))
    assert counts[at("arrested")] == sum(range(18))


def test_every_total_is_a_sum_that_the_shape_names():
    counts = BY_RACE.cells()
    totals = list(BY_RACE.shape.totals())
    assert {total for total, _ in totals} == {cell for cell in counts if len(cell.where) < 2}
    assert all(counts[total] == sum(counts[part] for part in parts) for total, parts in totals)


def test_the_same_margin_of_two_tables_is_the_same_cell():
    assert set(BY_RACE.cells()) & set(BY_SEX.cells()) == {
        at("arrested"),
        *(at("arrested", outcome=member) for member in OUTCOME.members),
    }
    assert len(Release((BY_RACE, BY_SEX)).counts()) == 20 + 16 - 4


def test_a_table_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        BY_RACE.counts = (1,)  # type: ignore[misc]
    shown = Published((BY_RACE.shape,), (), BY_RACE.cells()).shown
    with pytest.raises(TypeError):
        shown[at("arrested")] = 1  # type: ignore[index]


def test_a_combination_that_is_not_there_counts_nobody():
    counts = table("Sex", "arrested", (SEX,), {("male",): 12}).cells()
    assert counts[at("arrested", sex="female")] == 0
    assert counts[at("arrested", sex="not known")] == 0


MISTAKES = [
    (lambda: Dimension("sex", ("female", "male")), "sex has no member 'not known'. If it is known of everybody, say"),
    (lambda: Dimension("sex", ("a", "a"), None), "sex needs members that differ: a, a"),
    (lambda: Dimension("sex", (), None), "sex needs members that differ: it has none"),
    (lambda: Dimension("sex", ("all", "not known")), "sex has a member 'all', which is the name of its total"),
    (lambda: Dimension("sex", (" female", "not known")), "' female' should be plain text on one line"),
    (lambda: Dimension("sex", ("fe\nmale", "not known")), "should be plain text on one line"),
    (lambda: Dimension("", ("a",), None), "'' should be plain text"),
    (lambda: Shape("Twice", "arrested", (SEX, SEX)), "Twice names a dimension twice: sex, sex"),
    (
        lambda: table("Sex", "arrested", (SEX,), {("mael",): 1}),
        "sex has no member 'mael'. Its members are female, male, not known; the nearest is male",
    ),
    (lambda: table("Sex", "arrested", (SEX,), {("male", "Asian"): 1}), "should name one member for each"),
    (lambda: table("Sex", "arrested", (SEX,), {("male",): -1}), "Sex: -1 is no count of people"),
    (lambda: table("Sex", "arrested", (SEX,), {("male",): 2.0}), "Sex: 2.0 is no count of people"),
    (lambda: Table(Shape("Sex", "arrested", (SEX,)), (1, 2)), "Sex has 3 cells, not 2"),
    (lambda: Release(()), "a release has at least one table"),
    (
        lambda: Release((BY_RACE, by("Other", "arrested", (OUTCOME, SEX), 56, 0, 0, 52, 0, 0, 10, 0, 0))),
        "arrested, outcome withdrawn is 55 and 56 in Other",
    ),
    (
        lambda: Release((BY_SEX, by("Other", "arrested", (Dimension("sex", ("x",), None),), 117))),
        "arrested is counted by two sex with different members",
    ),
    (lambda: Release((BY_SEX,), nested("offered", "arrested", (BY_SEX.shape,))), "no table counts offered"),
    (
        lambda: Release((BY_SEX,), (Sum(at("arrested"), (at("arrested", sex="male"),)),)),
        "arrested = arrested, sex male does not hold: 49 people are left over",
    ),
    (
        lambda: Release((BY_SEX,), (Sum(at("arrested", sex="female"), (at("arrested", sex="male"),), "rest"),)),
        "the parts have 19 people more than the total",
    ),
    (
        lambda: Release(
            (BY_SEX,),
            (
                Sum(at("arrested"), (at("arrested", sex="male"),), "the rest"),
                Sum(at("arrested"), (at("arrested", sex="female"),), "the rest"),
            ),
        ),
        "two sums leave over 'the rest'",
    ),
]


@pytest.mark.parametrize(("make", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_a_mistake_is_named(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_nested_people_are_compared_wherever_both_are_counted():
    offered = by("Offered", "offered", (SEX,), 30, 40, 0)
    accepted = by("Accepted", "accepted", (SEX,), 20, 29, 0)
    sums = nested("accepted", "offered", (offered.shape, accepted.shape))
    assert [entry.total.where for entry in sums] == [*((("sex", member),) for member in SEX.members), ()]
    assert {entry.rest for entry in sums} == {"offered without accepted"}
    with pytest.raises(ValueError, match="the parts have 10 people more"):
        Release((offered, by("Accepted", "accepted", (SEX,), 40, 29, 0)), sums)


def test_a_year_is_the_sum_of_its_quarters():
    quarters = [by(name, name, (SEX,), 20 + number, 30, 0) for number, name in enumerate(("Q1", "Q2", "Q3", "Q4"))]
    year = by("Year", "year", (SEX,), 86, 120, 0)
    shapes = [one.shape for one in (*quarters, year)]
    Release((*quarters, year), sums_of("year", ("Q1", "Q2", "Q3", "Q4"), shapes))
    with pytest.raises(ValueError, match="does not hold: 1 people are left over"):
        Release((*quarters, by("Year", "year", (SEX,), 87, 120, 0)), sums_of("year", ("Q1", "Q2", "Q3", "Q4"), shapes))


def test_a_number_that_changed_is_not_silently_taken_for_the_same():
    one, other = (suppress(Release((by("Sex", "arrested", (SEX,), female, 40, 0),))) for female in (30, 31))
    with pytest.raises(ValueError, match=r"arrested, sex female is 30 and 31 now\. A number that was corrected"):
        together(one, other)
    assert revised("before", "after", (Shape("a", "before", ()), Shape("b", "after", ())))[0].signed


def test_what_was_published_can_be_kept_as_text():
    release = Release((BY_RACE, BY_SEX), (Sum(at("arrested"), (at("arrested", sex="male"),), "the rest — ümlaut"),))
    published = Published(
        release.shapes,
        release.sums,
        suppress(release).shown,
        11,
        (Percent(at("arrested", sex="male"), cell("a"), 375),),
    )
    assert from_json(as_json(published)) == published


@pytest.mark.parametrize(
    ("tables", "around"),
    [
        (["or", "os", "oa", "oy"], ""),
        (["ors"], ""),
        (["rs", "sa"], ""),
        (["rs", "sa", "ar"], "rsa"),
        (["rs", "sa", "ar", "rsa"], ""),
        (["or", "os", "rs", "oy"], "ors"),
        (["ab", "bc", "cd", "da"], "abcd"),
        ([""], ""),
    ],
)
def test_a_ring_of_tables_is_seen(tables, around):
    assert ring([frozenset(names) for names in tables]) == frozenset(around)


def test_a_cell_says_what_it_counts():
    assert str(at("offered", sex="male", race="Asian")) == "offered, race Asian, sex male"
    assert str(Cell("offered")) == "offered"
