"""Citations in every spelling seen, and in some that nobody should write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instead.library import Library
from instead.statutes.book_file import open_book

BOOK = open_book("pennsylvania", Library())


@pytest.mark.parametrize(
    "citation",
    [
        "35 § 780-113 §§ A16",
        "35 § 780-113 §§ A16*",
        "35 § 780-113 §§ a16",
        "35  §  780-113  §§  A16",
        "35 P.S. § 780-113(a)(16)",
        "35 P.S. § 780-113 (a)(16)",
        "35 PS 780-113 A16",
        "  35 § 780-113 §§ A 16 ",
        "35\t§ 780-113 §§ A16",
        "35\u00a0§ 780-113 §§ A16",
    ],
)
def test_every_spelling_of_a16_is_possession(citation):
    assert BOOK.classify(citation).kinds == {"possession"}


@pytest.mark.parametrize(
    ("sub", "kinds"),
    [
        ("A19", {"purchase"}),
        ("A30", {"delivery", "intent_to_deliver"}),
        ("A31", {"small_amount_cannabis"}),
        ("A31I", {"small_amount_cannabis"}),
        ("A31II", {"other_drug"}),
        ("A31III", {"other_drug"}),
        ("A32", {"paraphernalia"}),
        ("A33", {"other_drug"}),
        ("A12", {"other_drug"}),
    ],
)
def test_the_subsection_decides(sub, kinds):
    assert BOOK.classify(f"35 § 780-113 §§ {sub}").kinds == kinds


@pytest.mark.parametrize("sub", ["A3", "A1600", "A99", "16", "A", "B16", ""])
def test_a_neighbour_of_possession_is_not_possession(sub):
    assert BOOK.classify(f"35 § 780-113 §§ {sub}").kinds != {"possession"}


@pytest.mark.parametrize("sub", ["A99", "Z", "A"])
def test_a_subsection_the_book_does_not_know_is_of_unknown_kind_with_a_reason(sub):
    charge = BOOK.classify(f"35 § 780-113 §§ {sub}")
    assert charge.kinds is None and charge.reason


@pytest.mark.parametrize("citation", ["", " ", "§", "35", "no citation at all", "\0", "§" * 299, "35 § " * 50_000])
def test_what_is_no_citation_is_of_unknown_kind_and_never_other(citation):
    assert BOOK.classify(citation).kinds is None


def test_drug_delivery_resulting_in_death_is_its_own_kind():
    assert "drug_death" in BOOK.classify("18 § 2506").kinds


def test_a_decimal_section_lies_between_its_neighbours():
    assert BOOK.classify("18 Pa.C.S. § 2702.1").kinds == {"violent"}


@given(st.text(max_size=320))
def test_no_text_whatever_breaks_the_reader(text):
    charge = BOOK.classify(text)
    assert charge.kinds is not None or charge.reason


@pytest.mark.parametrize("name", ["pennsylvania", "wisconsin", "illinois", "nibrs"])
def test_every_pattern_answers_at_once_on_hostile_text(name):
    book = open_book(name, Library())
    for text in ("35 " * 100, "1" * 300, "35 § " + "7-" * 140, "35 § 1 §§ " + "(a" * 140, "720 ILCS 5/" + "8-4(" * 70):
        book.classify(text)
