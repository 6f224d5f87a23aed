"""Who, where, how to reach them, and warrants: read for the office, in both forms of arrest reports, and no fact."""

import csv
import datetime as dt

import pytest

from instead.library import Library
from instead.records.importing import import_source
from instead.records.source_map_file import open_source
from instead.statutes.book_file import open_book
from support.court_files import A16, report, reports_csv, reports_jsonl
from support.import_cases import assert_every_row_is_in_one_account, vocabulary

LIBRARY = Library()
REACHED = {"phone": "215-555-0117", "address": "1 Farrowgate St", "housing": "none", "sex": "F", "race": "W"}


def imported(data):
    source = open_source("arrest-reports", LIBRARY)
    return import_source(data, source, open_book("pennsylvania", LIBRARY), vocabulary())


def a_warrant(kind="bench", issued_on="2019-05-02", **more):
    return {"kind": kind, "issued_on": issued_on, **more}


def test_how_a_person_is_reached_is_kept_and_is_no_fact(tmp_path):
    found = imported(
        reports_jsonl(tmp_path, [report(1, person={"name": "Doe, Jane", "born": "1980-01-02", **REACHED})])
    )
    (row,) = found.identity.iter_rows(named=True)
    assert {key: row[key] for key in REACHED} == REACHED
    assert not set(REACHED) & set(found.facts.columns)


def test_a_warrant_of_another_matter_and_one_that_does_not_say(tmp_path):
    written = report(1, warrants=[a_warrant(of_this_case=False), a_warrant("Detainer", "05/03/2019")])
    found = imported(reports_jsonl(tmp_path, [written])).warrants
    assert found.rows() == [
        ("U1000011", "bench", dt.date(2019, 5, 2), False),
        ("U1000011", "detainer", dt.date(2019, 5, 3), True),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (a_warrant(issued_on="soon"), "no date of issue that can be read"),
        (a_warrant(issued_on=None), "no date of issue that can be read"),
        (a_warrant("bensh"), "no kind of warrant that the map knows (bench, detainer, other)"),
        (a_warrant(kind=None), "no kind of warrant that the map knows (bench, detainer, other)"),
        ("scribble", "no date of issue that can be read"),
    ],
)
def test_a_warrant_that_cannot_be_read_is_set_aside_with_its_reason(tmp_path, wrong, said):
    found = imported(reports_jsonl(tmp_path, [report(1, warrants=[a_warrant(), wrong])]))
    file = next(file for file in found.files if "warrants" in file.file)
    assert (file.rows_in, file.used) == (2, 1)
    assert file.reasons()[0].reason == said
    assert_every_row_is_in_one_account(found)


def test_reports_without_warrants_have_no_such_table(tmp_path):
    found = imported(reports_jsonl(tmp_path, [report(1)]))
    assert found.warrants.height == 0
    assert not any("warrants" in file.file for file in found.files)


def test_warrants_in_a_file_of_their_own(tmp_path):
    reports_csv(tmp_path, [report(1, [A16]), report(2, [A16])])
    with (tmp_path / "arrest_warrants.csv").open("w", newline="") as file:
        rows = [("report_id", "kind", "issued_on"), ("R2", "other", "2019-05-01"), ("R9", "bench", "2019-05-01")]
        csv.writer(file).writerows(rows)
    found = imported(tmp_path)
    assert found.warrants.rows() == [("U1000021", "other", dt.date(2019, 5, 1), True)]
    file = next(file for file in found.files if file.file == "arrest_warrants.csv")
    assert file.reasons()[0].reason == "its report_id names no case"


def test_the_warrants_of_a_case_that_cannot_be_are_set_aside_with_it(tmp_path):
    impossible = report(1, [A16], test_strips_only=True, warrants=[a_warrant()])
    found = imported(reports_jsonl(tmp_path, [impossible]))
    assert found.set_aside["constraint"].to_list() == ["strips-are-paraphernalia"]
    assert found.warrants.height == 0
    assert [file.set_aside.height for file in found.files if "warrants" in file.file] == [1]
    assert_every_row_is_in_one_account(found)
