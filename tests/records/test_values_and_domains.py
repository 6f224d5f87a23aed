"""Ages, dates and numbers that cannot be: unknown and counted, never clipped, never zero."""

import pytest

from support.court_files import cpcms, docket, offense, report, reports_jsonl, wisconsin
from support.import_cases import cases_of, facts_of, noted, one

DOCKETS = [docket("MC-1", "U9999999")]


def table(tmp_path, header, *rows):
    path = tmp_path / "facts.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def column(tmp_path, name, *values):
    """A fact from a table with one column; an empty text between quotes where there is none."""
    cases = cases_of(table(tmp_path, f"case_id,{name}", *(f'{n},"{value}"' for n, value in enumerate(values))))
    return cases.facts.collect()[name].to_list(), noted(cases, name)


@pytest.mark.parametrize("age", [-4, -1, 0, 9, 111, 150, 2**40])
def test_an_age_that_cannot_be_is_unknown_and_counted(tmp_path, age):
    cases = cases_of(wisconsin(tmp_path, [("a", "2015-01-02", age)], []), "wisconsin")
    assert cases.facts.collect()["age"].to_list() == [None] and noted(cases, "age") == 1


@pytest.mark.parametrize("age", [10, 94, 110])
def test_an_age_at_the_end_of_the_domain_is_known(tmp_path, age):
    assert one(wisconsin(tmp_path, [("a", "2015-01-02", age)], []), "wisconsin", "age") == age


@pytest.mark.parametrize(
    ("born", "arrested", "age"),
    [
        ("05/04/2001", "05/03/2019", 17),
        ("05/04/2001", "05/04/2019", 18),
        ("02/29/2000", "02/28/2018", 17),
        ("02/29/2000", "03/01/2018", 18),
        ("05/04/1980", "", None),
        ("", "05/04/2019", None),
        ("05/04/2025", "05/04/2019", None),
        ("05/04/1869", "05/04/2019", None),
        ("13/45/2001", "05/04/2019", None),
        ("2001-05-04", "2019-05-04", 18),
    ],
)
def test_completed_years_on_the_day_of_the_arrest(tmp_path, born, arrested, age):
    data = cpcms(tmp_path, [docket("MC-1", "U9999999", born=born, arrested=arrested)], [])
    assert one(data, "pennsylvania-courts", "age") == age


@pytest.mark.parametrize("date", ["1901-01-01", "2099-01-01", "1969-12-31", "2050-01-01"])
def test_a_date_outside_the_domain_is_unknown_and_counted(tmp_path, date):
    cases = cases_of(reports_jsonl(tmp_path, [report(1, offense_date=date)]), "arrest-reports")
    assert cases.facts.collect()["offense_date"].to_list() == [None] and noted(cases, "offense_date") == 1


@pytest.mark.parametrize("date", ["0019-05-04", "9999-12-31", "2019-02-30", "2019-13-01", "yesterday", "20190504"])
def test_a_date_that_is_a_slip_of_the_pen_is_unknown_and_counted(tmp_path, date):
    cases = cases_of(reports_jsonl(tmp_path, [report(1, offense_date=date)]), "arrest-reports")
    assert cases.facts.collect()["offense_date"].to_list() == [None] and noted(cases, "offense_date") == 1


@pytest.mark.parametrize("date", ["01/09/0019", "01/09/1901", "01/09/2099", "13/13/2019", "soon"])
def test_the_same_for_the_date_of_a_charge(tmp_path, date):
    cases = cases_of(cpcms(tmp_path, DOCKETS, [offense("U9999999", "A16", date=date)]), "pennsylvania-courts")
    assert cases.facts.collect()["offense_date"].to_list() == [None] and noted(cases, "offense_date") == 1


def test_charges_of_several_dates_give_no_date_and_are_counted(tmp_path):
    offenses = [offense("U9999999", "A16", 1), offense("U9999999", "A32", 2, date="01/10/2019")]
    cases = cases_of(cpcms(tmp_path, DOCKETS, offenses), "pennsylvania-courts")
    assert cases.facts.collect()["offense_date"].to_list() == [None] and noted(cases, "offense_date") == 1


def test_a_leap_day(tmp_path):
    assert column(tmp_path, "offense_date", "2020-02-29", "2019-02-29")[0][1] is None


@pytest.mark.parametrize("number", ["-1", "501", "1.5", "many", "1e2", "99999999999999999999", "0x1", "1_0", "١"])
def test_a_count_that_cannot_be_is_unknown_and_counted(tmp_path, number):
    assert column(tmp_path, "prior_convictions", number) == ([None], 1)


@pytest.mark.parametrize("number", ["", " ", "unknown", "N/A", "null", "None"])
def test_a_blank_is_unknown_and_no_fault(tmp_path, number):
    assert column(tmp_path, "prior_convictions", number) == ([None], 0)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("500", 500), ("2.0", 2), (" 3 ", 3)])
def test_a_count_at_the_end_of_the_domain_is_known(tmp_path, text, number):
    assert column(tmp_path, "prior_convictions", text) == ([number], 0)


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("TRUE", True), ("yes", True), ("1", True), ("0", False), ("No", False)]
)
def test_yes_and_no(tmp_path, text, value):
    assert column(tmp_path, "booked", text) == ([value], 0)


@pytest.mark.parametrize("text", ["maybe", "2", "Y?", "truе", "-"])
def test_neither_yes_nor_no_is_unknown_and_counted(tmp_path, text):
    assert column(tmp_path, "booked", text) == ([None], 1)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("400", 400), ("400.0", 400)])
def test_an_amount_in_a_table_is_a_number_of_its_unit(tmp_path, text, value):
    assert column(tmp_path, "cannabis_mg", text)[0] == [value]


@pytest.mark.parametrize("text", ["-1", "10000000001", "NaN", "inf", "1e20000", "a lot", "3 pills", "0.4 g"])
def test_an_amount_that_cannot_be_is_unknown_and_counted(tmp_path, text):
    assert column(tmp_path, "drug_mg", text) == ([None], 1)


@pytest.mark.parametrize("text", ["hearsay", "Laboratory", "field test"])
def test_a_word_outside_the_list_is_unknown_and_counted(tmp_path, text):
    assert column(tmp_path, "drug_known_by", text) == ([None], 1)


def test_the_rest_of_the_column_is_not_touched(tmp_path):
    assert column(tmp_path, "age", "-4", "18", "150", "35") == ([None, 18, None, 35], 2)


def test_a_table_without_case_id_numbers_its_rows(tmp_path):
    assert facts_of(table(tmp_path, "age,booked", "18,true", "19,"))["case_id"].to_list() == ["1", "2"]


def test_two_rows_of_one_case_that_say_different_things_are_counted(tmp_path):
    cases = cases_of(table(tmp_path, "case_id,age", "A,18", "A,35"))
    assert cases.facts.collect()["age"].to_list() == [None] and noted(cases, "age") == 1


def test_ids_that_differ_in_capitals_are_two_cases(tmp_path):
    assert facts_of(table(tmp_path, "case_id,age", "a1,18", "A1,35"))["case_id"].to_list() == ["A1", "a1"]
