"""Assumptions: off by default, never over a known fact, counted one by one."""

import pytest

from instead.library import Library
from instead.records.source_map_file import open_source
from instead.replay.assumed import screen_assumed
from instead.replay.screening import screen
from support.court_files import cook, cpcms, docket, nibrs, offense
from support.import_cases import cases_of, policy

SOURCES = Library().names("sources")


@pytest.fixture
def court(tmp_path):
    dockets = [docket(f"MC-{n}", f"U000000{n}") for n in range(4)]
    charges = [("A16", "M"), ("A32", "M"), ("A30", "F")]
    return cpcms(
        tmp_path,
        dockets,
        [offense(f"U000000{n}", sub, grade=g, date="06/01/2023") for n, (sub, g) in enumerate(charges)],
    )


def test_off_by_default(court):
    cases = cases_of(court, "pennsylvania-courts")
    assert cases.assumed is None and screen_assumed(policy(), cases) is None
    assert "overdose_call_only" not in cases.facts.collect_schema().names()


def test_on_request_beside_the_facts(court):
    cases = cases_of(court, "pennsylvania-courts", assume=True)
    assert set(cases.assumed.collect()["overdose_call_only"]) == {False}
    assert "overdose_call_only" not in cases.facts.collect_schema().names()


def test_the_facts_are_the_same_with_and_without(court):
    one, other = (cases_of(court, "pennsylvania-courts", assume=a).facts.collect() for a in (True, False))
    assert one.equals(other)


def test_no_known_fact_is_ever_touched(tmp_path):
    drugs = [("2016", "1", "5", "GM", "Heroin", ""), ("2016", "2", "5", "GM", "Unknown", "")]
    data = nibrs(tmp_path, [("1", "35A", "P"), ("2", "35A", "P"), ("3", "35B", "")], drugs, [("1", "35")])
    cases = cases_of(data, "nibrs-louisiana", assume=True)
    facts, assumed = cases.facts.collect().sort("case_id"), cases.assumed.collect().sort("case_id")
    for name in facts.columns:
        known = facts[name].is_not_null()
        assert facts[name].filter(known).equals(assumed[name].filter(known)), name


def test_a_complete_list_is_assumed_only_where_every_drug_has_a_name(tmp_path):
    drugs = [("2016", "1", "5", "GM", "Heroin", ""), ("2016", "2", "5", "GM", "Unknown", "")]
    data = nibrs(tmp_path, [("1", "35A", "P"), ("2", "35A", "P")], drugs)
    frame = cases_of(data, "nibrs-louisiana", assume=True).assumed.collect().sort("case_id")
    assert frame["cannabis_found"].to_list() == [False, None]


def test_a_primary_charge_is_the_only_one_under_its_assumption(tmp_path):
    data = cook(tmp_path, [("1", "1", "01/01/2019", "", "720 ILCS 570/402(c)")])
    cases = cases_of(data, "cook-diversion", assume=True)
    assert cases.facts.collect()["possession_only"].to_list() == [None]
    assert cases.assumed.collect()["possession_only"].to_list() == [True]


def test_cases_resting_on_an_assumption_are_counted(court):
    cases = cases_of(court, "pennsylvania-courts", assume=True)
    found = screen_assumed(policy(), cases)
    on_facts = screen(policy(), cases.facts).outcomes()
    resting = {r.assumption.name: r.cases for r in found.resting}
    assert found.screening.outcomes()["needs_facts"] < on_facts["needs_facts"]
    assert resting["overdose_call_only"] == 2 and resting["test_strips_only"] == 1


def test_every_case_decided_on_facts_is_decided_alike_if_assumed(court):
    cases = cases_of(court, "pennsylvania-courts", assume=True)
    found = screen_assumed(policy(), cases)
    facts = cases.facts.collect()
    plain = screen(policy(), facts).rows(facts).select("case_id", "outcome")
    both = plain.join(found.screening.rows(found.facts).select("case_id", "outcome"), on="case_id", how="left")
    decided = both.filter(both["outcome"] != "needs_facts")
    assert decided.height and decided["outcome"].equals(decided["outcome_right"], check_names=False)


@pytest.mark.parametrize("name", SOURCES)
def test_every_assumption_has_a_reason(name):
    assert all(a.because.endswith(".") for a in open_source(name, Library()).assumptions)
