"""Values and their codes: what each kind of fact takes, refuses and shows."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instead.facts.vocabulary import ValueProblem, date_of, day_of
from support.written import VOCABULARY


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("helped", True, 1),
        ("helped", False, 0),
        ("known_by", "officer", 0),
        ("known_by", "laboratory", 2),
        ("age", 10, 10),
        ("age", 110, 110),
        ("drug_mg", "30 g", 30_000),
        ("drug_mg", 30_000, 30_000),
        ("drug_mg", 0, 0),
        ("drug_mg", "10 kg", 10_000_000),
        ("cash_cents", "1 USD", 100),
        ("offense_date", "1970-01-01", 0),
        ("offense_date", dt.date(1970, 1, 2), 1),
        ("offense_date", dt.datetime(1970, 1, 2, 23, 59), 1),
        ("offense_date", "2020-02-29", 18321),
        ("offense_date", "2049-12-31", 29219),
    ],
)
def test_a_value_has_its_code(name, value, code):
    assert VOCABULARY[name].code(value) == code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("helped", 1),
        ("helped", 0),
        ("helped", "yes"),
        ("helped", "true"),
        ("helped", None),
        ("helped", []),
        ("known_by", "lab"),
        ("known_by", "Officer"),
        ("known_by", 0),
        ("known_by", True),
        ("known_by", ["officer"]),
        ("age", True),
        ("age", 27.0),
        ("age", "27"),
        ("age", 9),
        ("age", 111),
        ("age", -1),
        ("age", float("nan")),
        ("age", float("inf")),
        ("age", 10**4000),
        ("drug_mg", True),
        ("drug_mg", 1.5),
        ("drug_mg", "30"),
        ("drug_mg", "30 du"),
        ("drug_mg", "30 USD"),
        ("drug_mg", -1),
        ("drug_mg", "-1 mg"),
        ("drug_mg", 10_000_001),
        ("drug_mg", float("nan")),
        ("offense_date", 0),
        ("offense_date", "2019-02-30"),
        ("offense_date", "20190203"),
        ("offense_date", "2019-2-3"),
        ("offense_date", "03/02/2019"),
        ("offense_date", "2019-02-03T00:00"),
        ("offense_date", "٢٠١٩-٠٢-٠٣"),
        ("offense_date", "1901-01-01"),
        ("offense_date", "2099-01-01"),
        ("offense_date", "1969-12-31"),
        ("offense_date", "2050-01-01"),
        ("offense_date", "0000-01-01"),
        ("offense_date", dt.date.min),
        ("offense_date", dt.date.max),
        ("offense_date", dt.time(1, 2)),
    ],
)
def test_a_value_of_another_kind_or_outside_the_domain_is_refused(name, value):
    with pytest.raises(ValueProblem) as refused:
        VOCABULARY[name].code(value)
    assert refused.value.expected


@pytest.mark.parametrize("value", [10**26, 10**40, -(10**40)])
def test_an_amount_beyond_all_measure_is_refused_like_any_other(value):
    with pytest.raises(ValueProblem):
        VOCABULARY["drug_mg"].code(value)


@pytest.mark.parametrize("name", ["age", "drug_mg"])
def test_a_number_of_five_thousand_digits_is_refused_like_any_other(name):
    with pytest.raises(ValueProblem):
        VOCABULARY[name].code(16**5000)


def test_an_iso_week_is_no_date():
    with pytest.raises(ValueProblem):
        VOCABULARY["offense_date"].code("2019-W01-1")


def test_a_misspelt_member_gets_the_nearest_one():
    with pytest.raises(ValueProblem) as refused:
        VOCABULARY["known_by"].code("labratory")
    assert refused.value.near == "laboratory"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_stands_in_json_reads_as_the_same_code(data):
    fact = VOCABULARY[data.draw(st.sampled_from(sorted(VOCABULARY.facts)))]
    code = data.draw(st.integers(fact.low, fact.high))
    assert fact.code(fact.json_value(code)) == code


def test_unknown_stands_in_json_as_null():
    assert VOCABULARY["age"].json_value(None) is None


@settings(max_examples=60, deadline=None)
@given(st.dates())
def test_every_date_has_its_day(date):
    assert date_of(day_of(date)) == date


def test_a_moment_is_no_date_and_does_not_break_anything():
    assert day_of(dt.datetime(1970, 1, 2, 12)) == 1


@pytest.mark.parametrize("fact", VOCABULARY.facts.values(), ids=VOCABULARY.facts)
def test_every_fact_says_what_it_expects(fact):
    assert fact.expected()


def test_the_kinds_of_charges_are_those_that_some_fact_asks_about():
    assert VOCABULARY.charge_kinds == {"possession", "paraphernalia", "delivery"}
