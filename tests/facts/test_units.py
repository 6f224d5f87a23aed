"""Amounts: exact decimals, rounded once, half up; what is no amount is unknown."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instead.facts.units import SMALLEST_UNITS, format_amount, parse_amount, to_smallest, units_of
from support.kleene_walk import smallest
from support.written import within


@pytest.mark.parametrize(
    ("written", "milligrams"),
    [
        ("30 g", 30_000),
        ("30g", 30_000),
        ("30 G", 30_000),
        ("30 grams", 30_000),
        ("1 gram", 1000),
        (" 30  g ", 30_000),
        ("0 mg", 0),
        ("+1 g", 1000),
        ("007 mg", 7),
        ("2 oz", 56_699),  # 56,699.04625
        ("1 oz", 28_350),  # 28,349.523125
        ("1 lb", 453_592),  # 453,592.37
        ("2 lbs", 907_185),  # 907,184.74
        ("1.5 kg", 1_500_000),
        ("0.0005 g", 1),  # half a milligram goes up
        ("0.00049 g", 0),
        ("0.000499999999 g", 0),
        ("2.5 mg", 3),  # half up, not half even
        ("0.5 mg", 1),
        ("1.499999999999 mg", 1),
        ("999999999999999 g", 999_999_999_999_999_000),
    ],
)
def test_a_weight_is_read_exactly(written, milligrams):
    assert parse_amount(written, "mg") == milligrams


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("1 l", "ml", 1000),
        ("1 floz", "ml", 30),
        ("1 gal", "ml", 3785),
        ("0.995 USD", "cents", 100),  # 99.5 goes up
        ("12.34 usd", "cents", 1234),
        ("7 cents", "cents", 7),
    ],
)
def test_volumes_and_money_are_read_exactly(written, unit, amount):
    assert parse_amount(written, unit) == amount


@pytest.mark.parametrize(
    "written",
    [
        "",
        "30",
        "g",
        "thirty g",
        "30 du",
        "30 dosage units",
        "3 tablets",
        "30 ml",
        "30 USD",
        "1e3 g",
        "1E3 g",
        "1_000 g",
        "1,000 g",
        "1.000,5 g",
        ".5 g",
        "5. g",
        "1/2 oz",
        "½ oz",
        "--1 g",
        "- 1 g",
        "1 2 g",
        "30 g g",
        "30 g and more",
        "٣٠ g",
        "３０ g",
        "३० g",
        "30\u00a0g",
        "30 ｇ",
        "30 \u212ag",
        "²g",
        "NaN g",
        "Infinity g",
        "inf mg",
        "0x10 g",
        "1000000000000000 g",
        "0.0000000000001 g",
        "30 g\x00",
        "\ud800 g",
        "1" * 5000 + " g",
    ],
)
def test_what_is_no_plain_decimal_with_a_unit_of_mass_is_unknown(written):
    assert parse_amount(written, "mg") is None


def test_a_dosage_unit_has_no_mass():
    assert to_smallest("30", "du", "mg") is None


def test_a_million_characters_are_no_amount_and_take_no_time():
    with within(1):
        assert parse_amount(" " * 1_000_000 + "g", "mg") is None
        assert parse_amount("1" * 1_000_000 + " g", "mg") is None
        assert parse_amount("1 " + "g" * 1_000_000, "mg") is None


def test_a_negative_amount_is_read_as_such_and_left_to_the_domain():
    assert parse_amount("-30 g", "mg") == -30_000


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "", "x", "1 2", "--1"])
def test_a_number_that_is_none_is_unknown(number):
    assert to_smallest(number, "g", "mg") is None


@pytest.mark.parametrize("number", ["1e3", "1E3", "1e-3"])
def test_an_exponent_is_no_plain_decimal(number):
    assert to_smallest(number, "g", "mg") is None


@pytest.mark.parametrize("number", ["٣٠", "３０", "३०", "1_000"])
def test_exotic_digits_are_no_plain_decimal(number):
    assert to_smallest(number, "g", "mg") is None


@pytest.mark.parametrize("number", ["1e999999", "-1e999999", "1e40000", "9" * 10_000])
def test_a_number_of_any_size_is_read_or_unknown_and_nothing_breaks(number):
    with within(1):
        to_smallest(number, "oz", "mg")


def test_a_number_of_seventy_digits_is_rounded_once():
    assert to_smallest("0.4" + "9" * 70, "mg", "mg") in (0, None)


@pytest.mark.parametrize("number", [30, Decimal(30), "30", " 30 "])
def test_a_number_may_be_an_integer_a_decimal_or_text(number):
    assert to_smallest(number, "g", "mg") == 30_000


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["mg", "g", "kg", "oz", "lb"]))
def test_every_weight_is_the_fraction_rounded_half_up(whole, decimals, unit):
    written = f"{whole}.{decimals:09} {unit}"
    assert parse_amount(written, "mg") == smallest(written, "mg")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**11), st.sampled_from(SMALLEST_UNITS))
def test_an_amount_shown_reads_as_the_same_amount(value, unit):
    assert parse_amount(format_amount(value, unit), unit) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (30_000, "30 g"),
        (30_001, "30.001 g"),
        (999, "999 mg"),
        (0, "0 mg"),
        (1_500_000, "1.5 kg"),
        (1_000_001, "1000.001 g"),
    ],
)
def test_an_amount_is_shown_in_the_largest_unit_with_three_decimals(value, shown):
    assert format_amount(value, "mg") == shown


@pytest.mark.parametrize("value", [10**25, 10**40, -(10**40), 2**62])
def test_an_amount_of_any_size_can_be_shown(value):
    assert format_amount(value, "mg")


@pytest.mark.parametrize("unit", SMALLEST_UNITS)
def test_the_smallest_unit_is_a_unit(unit):
    assert unit in units_of(unit)
