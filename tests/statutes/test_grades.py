"""Grades: a class for each as written, unknown for the rest."""

import pytest

from instead.library import Library
from instead.statutes.book_file import open_book

BOOK = open_book("pennsylvania", Library())


@pytest.mark.parametrize(
    ("grade", "name"), [("M", "misdemeanor"), ("f1", "felony"), (" F ", "felony"), ("S", "summary")]
)
def test_a_grade_has_its_class(grade, name):
    assert BOOK.grade_class(grade) == name


@pytest.mark.parametrize("grade", ["", " ", "IC", "X", "M4", "Felony"])
def test_another_grade_has_none(grade):
    assert BOOK.grade_class(grade) is None


def test_the_kind_does_not_depend_on_the_grade():
    assert BOOK.classify("35 § 780-113 §§ A16").entry.grades == {"misdemeanor"}
