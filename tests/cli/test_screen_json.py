"""``screen --json``: the documented keys, right sums, and nothing but JSON."""

import json

import pytest

from support.command_line import done, process
from support.court_files import A16, A30, A32, cpcms, docket, offense, report, reports_jsonl

KEYS = {
    "rows_in",
    "merged",
    "set_aside",
    "cases",
    "outcomes",
    "rules",
    "missing",
    "policy",
    "source",
    "hash",
    "files",
    "inadmissible",
    "unknown",
    "unused_columns",
}


@pytest.fixture
def arrests(tmp_path):
    charges = ([A16], [A30], [A32], ["scribble"], [A16])
    reports = [report(n, c) for n, c in enumerate(charges, 1)]
    return reports_jsonl(tmp_path, [*reports, report(5), "{torn", report(7, test_strips_only=True)])


@pytest.fixture
def said(arrests):
    return done("screen", "treatment-instead", arrests, "--source", "arrest-reports", "--json").json


def test_the_keys(said):
    assert set(said) == KEYS


def test_the_keys_under_assume(tmp_path):
    data = cpcms(tmp_path, [docket("MC-1", "U9999999")], [offense("U9999999", "A16")])
    found = done("screen", "treatment-instead", data, "--source", "pennsylvania-courts", "--assume", "--json").json
    assert set(found) == KEYS | {"assumed"}
    assert set(found["assumed"]) == {"cases", "outcomes", "rules", "missing", "assumptions"}
    assert [set(a) for a in found["assumed"]["assumptions"]] == [
        {"assumption", "value", "because", "cases_resting_on_it"}
    ] * 2


def test_rows_add_up_over_all_files(said):
    for key in ("rows_in", "merged", "set_aside"):
        assert said[key] == sum(file[key] for file in said["files"])
    for file in said["files"]:
        assert file["rows_in"] == file["used"] + file["merged"] + file["set_aside"]
        assert sum(reason["rows"] for reason in file["reasons"]) == file["merged"] + file["set_aside"]


def test_cases_add_up(said):
    assert set(said["outcomes"]) == {"decline", "divert", "prosecute", "review", "needs_facts"}
    assert sum(said["outcomes"].values()) == said["cases"] == said["files"][0]["used"] == 5
    assert sum(said["rules"].values()) == said["cases"] - said["outcomes"]["needs_facts"]
    assert all(0 < n <= said["outcomes"]["needs_facts"] for n in said["missing"].values())


def test_an_impossible_case_is_counted(said):
    assert said["inadmissible"] == 1


def test_the_hash_changes_with_the_policy_and_not_with_the_data(tmp_path, said):
    other = reports_jsonl(tmp_path / "other", [report(1)])
    args = ("--source", "arrest-reports", "--json")
    assert done("screen", "treatment-instead", other, *args).json["hash"] == said["hash"]
    assert done("screen", "cannabis-only", other, *args).json["hash"] != said["hash"]


def test_the_same_every_time(arrests):
    args = ("screen", "treatment-instead", arrests, "--source", "arrest-reports", "--json")
    assert done(*args).out == done(*args).out


def test_nothing_but_json_and_nothing_on_the_other_channel(arrests, tmp_path):
    ran = process(
        "screen", "treatment-instead", arrests, "--source", "arrest-reports", "--json", "--list",
        "--out", tmp_path / "o.csv", "--set-aside", tmp_path / "a.csv",
    )  # fmt: skip
    assert json.loads(ran.stdout) and ran.stderr == b"" and ran.returncode == 0


def test_unused_columns_are_named_with_the_nearest_fact(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("case_id,age,agency,zzz\n1,20,x,y\n")
    unused = done("screen", "treatment-instead", path, "--json").json["unused_columns"]
    assert [column["column"] for column in unused] == ["agency", "zzz"] and unused[0]["nearest"] == "age"
