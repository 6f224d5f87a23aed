"""The account of the real records, where they are there."""

import polars as pl
import pytest

from support.import_cases import accounts, assert_every_row_is_in_one_account, cases_of, noted, shared


def test_wisconsin():
    cases = cases_of(shared("wisconsin"), "wisconsin")
    facts = cases.facts.collect()
    assert_every_row_is_in_one_account(cases)
    assert facts.height == 65_537 and accounts(cases)["cases.parquet"] == (65_537, 65_537, 0, 0)
    kinds = [name for name in facts.columns if name.endswith("_charged") and name != "felony_charged"]
    known = facts.select(pl.all_horizontal(pl.col(kinds).is_not_null())).to_series()
    assert known.mean() >= 0.95
    assert noted(cases, "age") == 5


@pytest.mark.slow
def test_the_bail_hearings():
    cases = cases_of(shared("philadelphia_bail"), "philadelphia-bail")
    assert_every_row_is_in_one_account(cases)
    assert accounts(cases) == {"stevenson.parquet": (331_971, 310_858, 21_113, 0)}
    assert cases.facts.collect().height == 310_858


@pytest.mark.slow
def test_the_diversion_referrals():
    cases = cases_of(shared("cook_diversion"), "cook-diversion")
    assert_every_row_is_in_one_account(cases)
    assert accounts(cases)["Diversion.csv"][0] == 22_508
    assert cases.facts.collect().height == cases.files[0].used


@pytest.mark.slow
def test_the_incidents_of_louisiana():
    cases = cases_of(shared("nibrs_louisiana"), "nibrs-louisiana")
    assert_every_row_is_in_one_account(cases)
    assert {name: account[0] for name, account in accounts(cases).items()} == {
        "drug_incidents.csv": 57_454,
        "suspected_drugs.csv": 52_119,
        "drug_arrestees.csv": 50_478,
    }
    assert any("corrected" in reason for _, reason in cases.notes.counts)
