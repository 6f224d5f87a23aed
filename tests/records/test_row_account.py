"""Rows in = used + merged + set aside, for every file of every source, on files full of noise."""

import pytest

from support.court_files import (
    A16,
    A32,
    bail,
    cook,
    cpcms,
    docket,
    nibrs,
    offense,
    report,
    reports_csv,
    reports_jsonl,
    wisconsin,
)
from support.import_cases import accounts, assert_every_row_is_in_one_account, cases_of, noted, reasons


@pytest.fixture
def noisy_court(tmp_path):
    dockets = [
        docket("MC-51-CR-0000001-2019", "U 999999-9"),
        docket("CP-51-CR-0000001-2019", "U9999999", filed="03/10/2019"),
        docket("MC-51-CR-0000002-2019", ""),
        docket("MC-51-CR-0000003-2019", "12345"),
        docket("", ""),
        "MC-51-CR-0000004-2019|U0000004|torn",
        "",
        docket("MC-51-CR-0000005-2019", "u-000000-5"),
    ]
    offenses = [
        offense("U 999999-9", "A16", 1),
        offense("U 999999-9", "A32", 2),
        offense("U9999999", "A16", 1),
        offense("U0000005", "A16", 1),
        offense("U7777777", "A16", 1),
        offense("", "A16", 1),
        offense("garbage", "A16", 1),
        "U0000005|2|35|780-113",
        ["U0000005", 3, "", "", "", "words", "01/09/2019", "M"],
        [*offense("U0000005", "A16", 4), "one field too many"],
    ]
    return cases_of(cpcms(tmp_path, dockets, offenses), "pennsylvania-courts")


def test_the_court_files_add_up(noisy_court):
    assert accounts(noisy_court) == {
        "CPCMS_CaseData.csv": (7, 4, 1, 2),
        "CPCMS_OffenseData.csv": (10, 3, 1, 6),
    }


def test_no_row_is_in_two_accounts(noisy_court):
    assert_every_row_is_in_one_account(noisy_court)


def test_each_used_row_of_the_case_file_is_a_case(noisy_court):
    assert noisy_court.facts.collect().height == noisy_court.files[0].used == 4


def test_each_reason_is_said(noisy_court):
    assert set(reasons(noisy_court, 1)) == {
        "its OTN names no case",
        "no OTN: belongs to no case",
        "4 fields where the header has 8",
        "9 fields where the header has 8",
        "no statute; counts as one charge of unknown kind",
    }


def test_a_row_number_counts_rows_and_not_the_header(noisy_court):
    aside = noisy_court.files[1].set_aside
    assert aside.filter(aside["reason"].str.starts_with("4 fields"))["row"].to_list() == [8]


def test_arrest_reports_as_json_lines(tmp_path):
    path = reports_jsonl(
        tmp_path,
        [
            report(1),
            "{torn",
            "[]",
            "7",
            report(2, charges=["A", {"citation": ""}, {}]),
            "null",
            report(3, otn="U1000011"),
        ],
    )
    cases = cases_of(path, "arrest-reports")
    assert_every_row_is_in_one_account(cases)
    assert accounts(cases)["arrest_reports.jsonl"] == (7, 2, 1, 4)


def test_arrest_reports_as_csv(tmp_path):
    reports_csv(tmp_path, [report(1), report(2, charges=[A16, A32])])
    with (tmp_path / "arrest_charges.csv").open("a") as file:
        file.write("R9,35 § 780-113 §§ A16,d,M\n,x,d,M\nR1,torn\nR1,,d,M\n")
    cases = cases_of(tmp_path, "arrest-reports")
    assert_every_row_is_in_one_account(cases)
    assert accounts(cases)["arrest_charges.csv"] == (7, 3, 0, 4)


def test_wisconsin_like_files(tmp_path):
    cases = [("a1", "2015-01-02", 30), ("a1", "2014-01-02", 29), (None, "2015-01-02", 30), ("b2", None, None)]
    charges = [("a1", "961.41(3g)(c)", "Misd. U", "2014-01-01"), ("zz", "961.573(1)", None, None)]
    charges += [(None, "961.573(1)", None, None), ("b2", None, None, None)]
    found = cases_of(wisconsin(tmp_path, cases, charges), "wisconsin")
    assert_every_row_is_in_one_account(found)
    assert accounts(found) == {"cases.parquet": (4, 2, 1, 1), "charges.parquet": (4, 1, 0, 3)}


def test_cook_like_files(tmp_path):
    rows = [("1", "1", "01/01/2019", "01/02/2019", "720 ILCS 570/402(c)")] * 2
    rows += [("", "1", "", "", "x"), ("2", "1", "01/01/1946 12:00:00 AM", "", ""), ("2", "2", "", "01/01/2019", "x")]
    found = cases_of(cook(tmp_path, rows), "cook-diversion")
    assert_every_row_is_in_one_account(found)
    assert accounts(found)["Diversion.csv"] == (5, 3, 1, 1)


def test_nibrs_like_files(tmp_path):
    drugs = [("2012", "1", "3.0", "OZ", "Marijuana", "2012-01-02 00:00:00"), ("2012", "9", "1", "GM", "Heroin", "")]
    found = cases_of(
        nibrs(tmp_path, [("1", "35A", "P"), ("1", "35A", "P"), ("", "35A", "")], drugs, [("1", "35"), ("", "20")]),
        "nibrs-louisiana",
    )
    assert_every_row_is_in_one_account(found)
    assert accounts(found) == {
        "drug_incidents.csv": (3, 1, 1, 1),
        "suspected_drugs.csv": (2, 1, 0, 1),
        "drug_arrestees.csv": (2, 1, 0, 1),
    }


def test_bail_like_files(tmp_path):
    found = cases_of(
        bail(tmp_path, [{"possess": 1}, {"possess": 1}, {"possess": 0}, {"age": -3.0}]), "philadelphia-bail"
    )
    assert_every_row_is_in_one_account(found)
    assert accounts(found)["stevenson.parquet"] == (4, 3, 1, 0)
    assert noted(found, "age") == 1


def test_files_with_a_header_and_no_rows(tmp_path):
    cases = cases_of(cpcms(tmp_path, [], []), "pennsylvania-courts")
    assert accounts(cases) == {"CPCMS_CaseData.csv": (0, 0, 0, 0), "CPCMS_OffenseData.csv": (0, 0, 0, 0)}


def test_a_case_set_aside_takes_all_its_rows_along(tmp_path):
    cases = cases_of(reports_jsonl(tmp_path, [report(1, test_strips_only=True), report(2)]), "arrest-reports")
    assert_every_row_is_in_one_account(cases)
    assert [file.set_aside.height for file in cases.files] == [1, 1, 1]
    assert cases.inadmissible["constraint"].to_list() == ["strips-are-paraphernalia"]
