"""What ``screen`` and ``diff`` write: whole files with the documented columns, or none."""

import polars as pl
import pytest

from support.command_line import done, refused, run
from support.court_files import A16, A30, report, reports_jsonl

COLUMNS = ["case_id", "outcome", "decided_by", "possible", "missing", "ask_first"]
SOURCE = ("--source", "arrest-reports")


@pytest.fixture
def arrests(tmp_path):
    return reports_jsonl(
        tmp_path, [report(1), report(2, [A30]), report(3, [A16, "scribble"]), "{torn", report(3, [A16, "scribble"])]
    )


def screened(arrests, path, *more):
    done("screen", "treatment-instead", arrests, *SOURCE, "--out", path, *more)
    return pl.read_csv(path) if path.suffix == ".csv" else pl.read_parquet(path)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_columns(arrests, tmp_path, suffix):
    frame = screened(arrests, tmp_path / f"o.{suffix}")
    assert frame.columns == COLUMNS and frame.height == 3


def test_lists_are_joined_in_csv_and_lists_in_parquet(arrests, tmp_path):
    table, parquet = (screened(arrests, tmp_path / f"o.{suffix}") for suffix in ("csv", "parquet"))
    for name in ("possible", "missing"):
        joined = parquet[name].list.join(";").to_list()
        assert joined == [value or "" for value in table[name].to_list()]


def test_the_rows_agree_with_the_counts(arrests, tmp_path):
    frame = screened(arrests, tmp_path / "o.parquet", "--json")
    said = done("screen", "treatment-instead", arrests, *SOURCE, "--json").json
    assert dict(frame["outcome"].value_counts().iter_rows()) == {k: n for k, n in said["outcomes"].items() if n}


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_every_row_set_aside(arrests, tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    done("screen", "treatment-instead", arrests, *SOURCE, "--set-aside", path)
    frame = pl.read_csv(path) if suffix == "csv" else pl.read_parquet(path)
    assert frame.columns == ["file", "row", "reason"]
    assert frame.rows() == [("arrest_reports.jsonl", 4, "not valid JSON")]


@pytest.mark.parametrize("name", ["o.txt", "o", "o.csv.gz", "o.xlsx", ".csv", "o.CSV "])
def test_a_name_of_another_kind_is_refused_before_any_work(tmp_path, name):
    assert "written as" in refused("screen", "treatment-instead", "/nowhere", "--out", tmp_path / name)


@pytest.mark.parametrize("name", ["none/o.csv", "arrest_reports.jsonl/o.csv"])
def test_a_folder_that_is_not_there(arrests, tmp_path, name):
    refused("screen", "treatment-instead", arrests, *SOURCE, "--out", tmp_path / name)


def test_a_directory_of_that_name(arrests, tmp_path):
    (tmp_path / "o.csv").mkdir()
    assert "directory" in refused("screen", "treatment-instead", arrests, *SOURCE, "--out", tmp_path / "o.csv")


def test_a_place_where_nothing_can_be_written(arrests):
    refused("screen", "treatment-instead", arrests, *SOURCE, "--out", "/proc/o.csv")


def test_a_name_that_is_too_long(arrests, tmp_path):
    refused("screen", "treatment-instead", arrests, *SOURCE, "--out", tmp_path / f"{'o' * 300}.csv")


def test_an_older_file_stays_whole_when_the_new_one_fails(tmp_path):
    path = tmp_path / "o.csv"
    path.write_text("older")
    refused("screen", "treatment-instead", tmp_path / "nothing", *SOURCE, "--out", path)
    assert path.read_text() == "older"


def test_nothing_else_is_left_in_the_folder(arrests, tmp_path):
    screened(arrests, tmp_path / "o.csv")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["arrest_reports.jsonl", "o.csv"]


def test_one_name_for_two_files_is_refused(arrests, tmp_path):
    path = tmp_path / "o.csv"
    refused("screen", "treatment-instead", arrests, *SOURCE, "--out", path, "--set-aside", path)


def test_the_file_that_is_read_is_not_written_over(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"case_id": ["X"], "age": [20]}).write_parquet(path)
    ran = run("screen", "treatment-instead", path, "--out", path, "--list")
    assert ran.crash == "" and pl.read_parquet(path).columns == ["case_id", "age"]


def test_changed_cases(tmp_path):
    path = reports_jsonl(
        tmp_path, [report(1), report(2, ["35 § 780-113 §§ A31I"], [("marijuana", "5", "g", "officer")])]
    )
    out = tmp_path / "changed.csv"
    args = ("cannabis-only", "treatment-instead", "--cases", path, *SOURCE)
    said = done("diff", *args, "--json").json
    done("diff", *args, "--out", out)
    assert pl.read_csv(out).height == said["changed"] == sum(change["cases"] for change in said["changes"])
    assert pl.read_csv(out).columns == ["case_id", "old_outcome", "old_rule", "new_outcome", "new_rule"]
