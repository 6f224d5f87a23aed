"""Wisconsin, Illinois and NIBRS: traps that their records are known for."""

import datetime as dt

import pytest

from instead.facts.vocabulary import day_of
from instead.library import Library
from instead.statutes.book_file import open_book

WISCONSIN, ILLINOIS, NIBRS = (open_book(name, Library()) for name in ("wisconsin", "illinois", "nibrs"))
CHANGED = day_of(dt.date(2016, 7, 29))


@pytest.mark.parametrize(
    ("citation", "kinds"),
    [
        ("961.41(3g)(c)", {"possession"}),
        ("961.41(3g)", {"possession"}),
        ("961.573(1)", {"paraphernalia"}),
        ("961.41(1m)(cm)1", {"intent_to_deliver"}),
        ("961.41(1)(d)", {"delivery"}),
    ],
)
def test_wisconsin_subsections(citation, kinds):
    assert WISCONSIN.classify(citation).kinds == kinds


def test_making_methamphetamine_is_not_simple_paraphernalia():
    assert WISCONSIN.classify("961.573(3)").kinds != {"paraphernalia"}


def test_the_section_without_a_subsection_may_be_dealing():
    assert WISCONSIN.classify("961.41").kinds is None


def test_an_ordinance_is_of_unknown_kind():
    assert WISCONSIN.classify("9.947.01").kinds is None


@pytest.mark.parametrize(
    ("citation", "kind"),
    [("720 ILCS 570/402(c)", "possession"), ("720 ILCS 570/401(d)", "delivery"), ("720 ILCS 550/5(a)", "delivery")],
)
def test_illinois_sections(citation, kind):
    assert kind in ILLINOIS.classify(citation).kinds


def test_the_day_before_the_change_and_the_day_of_it():
    kinds = [ILLINOIS.classify("720 ILCS 550/4(c)", CHANGED + step).kinds for step in (-1, 0)]
    assert kinds == [{"small_amount_cannabis"}, {"possession"}]


def test_without_a_date_what_depends_on_it_is_unknown():
    charge = ILLINOIS.classify("720 ILCS 550/4(c)")
    assert charge.kinds is None and "date" in charge.reason


def test_nibrs_activity_not_recorded_is_unknown():
    assert NIBRS.classify("35A").kinds is None


@pytest.mark.parametrize(
    ("code", "kinds"), [("35A P", {"possession"}), ("35A DP", {"possession", "delivery"}), ("35B", {"paraphernalia"})]
)
def test_nibrs_codes(code, kinds):
    assert NIBRS.classify(code).kinds == kinds


def test_letters_in_another_order_are_not_guessed_at():
    assert NIBRS.classify("35A PD").kinds is None
