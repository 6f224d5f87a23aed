"""Dockets become cases by their OTN; lists of two courts are never added up."""

import pytest

from support.court_files import cook, cpcms, docket, offense, report, reports_jsonl, wisconsin
from support.import_cases import accounts, cases_of, facts_of, one, reasons

MC, CP, REFILED = (f"{court}-51-CR-000000{n}-2019" for court, n in (("MC", 1), ("CP", 2), ("MC", 3)))


def court(tmp_path, dockets, offenses, **more):
    return cases_of(cpcms(tmp_path, dockets, offenses), "pennsylvania-courts", **more)


@pytest.mark.parametrize("otn", ["U 999999-9", "U9999999", "u9999999", "U-9999999", " U 9999999 ", "U 9 9 9 9 9 9-9"])
def test_every_spelling_of_an_otn_is_one_case(tmp_path, otn):
    cases = court(tmp_path, [docket(MC, "U9999999"), docket(CP, otn)], [offense(otn, "A16")])
    assert cases.facts.collect().select("case_id", "possession_charged").rows() == [("U9999999", True)]


@pytest.mark.parametrize("otn", ["", "9999999", "U999999", "U99999999", "UU999999", "N/A", "none"])
def test_a_docket_without_a_usable_otn_is_its_own_case(tmp_path, otn):
    cases = court(tmp_path, [docket(MC, otn), docket(CP, otn)], [offense("U9999999", "A16")])
    assert set(cases.facts.collect()["case_id"]) == {MC, CP}


def test_nothing_is_known_of_the_charges_of_a_docket_that_cannot_be_joined(tmp_path):
    cases = court(tmp_path, [docket(MC, "")], [offense("", "A16")])
    assert cases.facts.collect()["possession_charged"].to_list() == [None]


def test_an_offense_that_cannot_be_joined_is_set_aside(tmp_path):
    cases = court(
        tmp_path, [docket(MC, "U9999999")], [offense("U9999999", "A16"), offense("U1111111", "A30", grade="F")]
    )
    assert reasons(cases, 1) == ["its OTN names no case"]


def test_a_refiled_docket_joins_its_otn(tmp_path):
    dockets = [docket(MC, "U9999999"), docket(CP, "U9999999"), docket(REFILED, "U 999999-9", filed="01/01/2020")]
    assert accounts(court(tmp_path, dockets, []))["CPCMS_CaseData.csv"] == (3, 1, 2, 0)


def test_the_docket_filed_first_gives_the_age_whatever_the_order_of_the_file(tmp_path):
    later = docket(CP, "U9999999", filed="12/31/2019", born="01/01/1970")
    first = docket(MC, "U9999999", filed="02/01/2019", born="01/01/1990")
    assert one(cpcms(tmp_path, [later, first], []), "pennsylvania-courts", "age") == 29


def test_two_lists_of_the_same_charges_count_once(tmp_path):
    both = [offense("U9999999", sub, n) for _ in "ab" for n, sub in enumerate(("A16", "A32"), 1)]
    cases = court(tmp_path, [docket(MC, "U9999999"), docket(CP, "U9999999")], both)
    assert accounts(cases)["CPCMS_OffenseData.csv"] == (4, 2, 2, 0)


def test_the_maximum_is_kept_per_statute_and_never_the_sum(tmp_path):
    mc = [offense("U9999999", "A16", n) for n in (1, 2)] + [offense("U9999999", "A32", 3)]
    cp = [offense("U9999999", "A16", n) for n in (1, 2, 3)]
    cases = court(tmp_path, [docket(MC, "U9999999")], mc + cp)
    assert accounts(cases)["CPCMS_OffenseData.csv"] == (6, 4, 2, 0)


def test_two_counts_in_one_list_stay_two(tmp_path):
    counts = [offense("U9999999", "A16", n) for n in (1, 2)]
    assert accounts(court(tmp_path, [docket(MC, "U9999999")], counts))["CPCMS_OffenseData.csv"] == (2, 2, 0, 0)


def test_another_spelling_of_the_statute_is_the_same_statute(tmp_path):
    lists = [offense("U9999999", "A16", 1), offense("U9999999", "a16*", 1)]
    assert accounts(court(tmp_path, [docket(MC, "U9999999")], lists))["CPCMS_OffenseData.csv"] == (2, 1, 1, 0)


def test_a_merged_charge_does_not_hide_its_grade(tmp_path):
    lists = [offense("U9999999", "A16", 1, grade=grade) for grade in ("M", "F")]
    found = one(cpcms(tmp_path, [docket(MC, "U9999999")], lists), "pennsylvania-courts", "felony_charged")
    assert found is not False


def test_a_charge_that_only_one_court_lists_is_kept(tmp_path):
    lists = [offense("U9999999", "A16", 1), offense("U9999999", "A30", 1, grade="F")]
    names = ("possession_charged", "delivery_charged", "possession_only")
    data = cpcms(tmp_path, [docket(MC, "U9999999")], lists)
    assert one(data, "pennsylvania-courts", *names) == (True, True, False)


def test_a_case_key_of_two_columns_is_not_confused_with_another(tmp_path):
    data = cook(tmp_path, [("1-2", "3", "", "", "720 ILCS 570/402"), ("1", "2-3", "", "", "720 ILCS 5/16-1")])
    assert facts_of(data, "cook-diversion").height == 2


def test_a_report_that_was_sent_twice_is_one_case_of_the_same_weight(tmp_path):
    twice = [report(1, drugs=[("marijuana", "20", "g", "officer")])] * 2
    found = one(reports_jsonl(tmp_path, twice), "arrest-reports", "cannabis_mg")
    assert found == 20_000


def test_a_list_is_complete_only_if_every_report_of_the_case_says_so(tmp_path):
    reports = [report(1), report(2, otn="U1000011", drugs_complete=None)]
    found = one(reports_jsonl(tmp_path, reports), "arrest-reports", "heroin_found", "cocaine_found")
    assert found == (True, None)


def test_reports_of_one_case_that_contradict_each_other_are_counted(tmp_path):
    reports = [report(1, sale_observed=False), report(2, otn="U1000011", sale_observed=True)]
    cases = cases_of(reports_jsonl(tmp_path, reports), "arrest-reports")
    assert cases.facts.collect()["sale_observed"].to_list() == [None]
    assert ("sale_observed", "several rows of the case say different things") in cases.notes.counts


def test_what_one_report_of_a_case_does_not_say_another_may(tmp_path):
    reports = [report(1, sale_observed=None), report(2, otn="U1000011", sale_observed=True)]
    assert one(reports_jsonl(tmp_path, reports), "arrest-reports", "sale_observed") is not False


@pytest.mark.parametrize("name", ["case_id", "_row", "_key", "_citation", "_drug", "_order"])
def test_a_file_with_a_column_of_our_own_names_is_read_like_any_other(tmp_path, name):
    data = reports_jsonl(tmp_path, [report(1, **{name: "another"})])
    assert one(data, "arrest-reports", "possession_charged") is True


def test_case_ids_are_shown_as_the_source_writes_them(tmp_path):
    data = wisconsin(tmp_path, [("de7a67ca", "2015-01-02", 30)], [])
    assert facts_of(data, "wisconsin")["case_id"].to_list() == ["de7a67ca"]
