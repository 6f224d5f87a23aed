"""``instead facts`` and back: a table of facts is decided as its source is."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from instead.library import Library
from instead.replay.screening import screen
from support.command_line import done
from support.court_files import A16, A30, A31, A32, bail, cook, cpcms, docket, nibrs, offense, report, reports_jsonl
from support.import_cases import cases_of, policy

POLICIES = Library().names("policies")


def arrests(folder):
    drugs = [("heroin", "0.4", "g", "field_test"), ("marijuana", "31", "g", "officer")]
    charges = [[A16], [A30, A16], [A32], [A31], [A16, "scribble"], [], [A31, A32], ["18 § 2702 §§ A1", A16]]
    some = [
        report(n, c, drugs[n % 2 :], drugs_complete=n % 3 == 0, sale_observed=None) for n, c in enumerate(charges, 1)
    ]
    reports_jsonl(folder, [*some, report(50, history__prior_cases=None), report(51, person__born="2005-01-01")])


def courts(folder):
    rows = [docket(f"MC-{n}", f"U000000{n}") for n in range(5)] + [docket("MC-9", "")]
    subs = ["A16", "A30", "A32", "A31I", "A99"]
    cpcms(folder, rows, [offense(f"U000000{n}", sub) for n, sub in enumerate(subs)])


def referrals(folder):
    sections = ["570/402(c)", "570/401(d)", "550/4(c)", "5/16-25"]
    cook(folder, [(str(n), "1", "01/01/2015", "01/02/2015", f"720 ILCS {s}") for n, s in enumerate(sections)])


def incidents(folder):
    drugs = [("2015", "1", "20000", "GM", "Marijuana", "2015-01-02 00:00:00"), ("2016", "2", "5", "DU", "Heroin", "")]
    nibrs(folder, [("1", "35A", "P"), ("2", "35A|35B", "PD"), ("3", "35A", "")], drugs, [("1", "17"), ("2", "30")])


def hearings(folder):
    bail(folder, [{"possess": 1}, {"drugSell": 1, "fel": 1}, {"robbery": 1, "age": -2.0}, {"possess": 1, "age": 200.0}])


SOURCES = {
    "arrest-reports": arrests,
    "pennsylvania-courts": courts,
    "cook-diversion": referrals,
    "nibrs-louisiana": incidents,
    "philadelphia-bail": hearings,
}


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize("source", SOURCES)
def test_the_table_is_decided_as_the_source_is(tmp_path, source, suffix):
    SOURCES[source](tmp_path)
    table = tmp_path / f"facts.{suffix}"
    done("facts", tmp_path, "--source", source, "--out", table)
    before, after = cases_of(tmp_path, source).facts.collect(), cases_of(table).facts.collect()
    for name in POLICIES:
        rows = [screen(policy(name), frame, 18_000).rows(frame).sort("case_id") for frame in (before, after)]
        assert_frame_equal(*rows)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_every_fact_comes_back_as_it_was(tmp_path, suffix):
    arrests(tmp_path)
    table = tmp_path / f"facts.{suffix}"
    done("facts", tmp_path, "--source", "arrest-reports", "--out", table)
    before, after = cases_of(tmp_path, "arrest-reports").facts.collect(), cases_of(table).facts.collect()
    assert_frame_equal(before, after.select(before.columns), check_dtypes=False)


def test_a_table_of_a_file_without_cases(tmp_path):
    cpcms(tmp_path, [], [])
    done("facts", tmp_path, "--source", "pennsylvania-courts", "--out", tmp_path / "facts.parquet")
    assert cases_of(tmp_path / "facts.parquet").facts.collect().height == 0


def test_the_table_has_case_id_and_every_fact(tmp_path):
    courts(tmp_path)
    done("facts", tmp_path, "--source", "pennsylvania-courts", "--out", tmp_path / "facts.csv")
    frame = pl.read_csv(tmp_path / "facts.csv")
    assert frame.columns == ["case_id", *policy().vocabulary.facts]
