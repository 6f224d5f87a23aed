"""How much of what Pennsylvania courts really charged the book knows."""

import csv

from instead.library import Library
from instead.statutes.book_file import open_book
from support.import_cases import shared


def _counted():
    path = shared("pennsylvania_statutes") / "crimes_w_subsection.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield f"{row['Title']} § {row['Section']} §§ {row['Subsection']}", int(row["Number"].replace(",", ""))


def test_at_least_98_percent_of_counted_charges_are_classified():
    book = open_book("pennsylvania", Library())
    counted = [(book.classify(citation).kinds is not None, number) for citation, number in _counted()]
    assert sum(n for known, n in counted if known) >= 0.98 * sum(n for _, n in counted)


def test_every_counted_a16_is_possession():
    book = open_book("pennsylvania", Library())
    a16 = [citation for citation, _ in _counted() if citation.startswith("35 § 780-113 §§ A16")]
    assert a16 and all(book.classify(citation).kinds == {"possession"} for citation in a16)
