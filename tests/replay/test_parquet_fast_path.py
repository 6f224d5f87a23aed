"""A Parquet table that is read as it is gives what the same table gives value by value."""

import datetime as dt

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from support.command_line import run
from support.import_cases import cases_of

FRAME = pl.DataFrame(
    {
        "case_id": ["A", "B", "C", "D"],
        "age": [17, None, 150, -4],
        "possession_only": [True, None, False, True],
        "delivery_charged": [False, None, True, True],
        "cannabis_mg": [30_000, 0, -1, None],
        "cannabis_found": [True, False, None, None],
        "offense_date": [dt.date(2019, 5, 4), dt.date(1901, 1, 1), None, dt.date(2099, 1, 1)],
    }
)


def both(tmp_path, frame):
    """The cases of a frame as Parquet with its types, and as CSV."""
    frame.write_parquet(tmp_path / "facts.parquet")
    frame.write_csv(tmp_path / "facts.csv")
    return [cases_of(tmp_path / f"facts.{suffix}") for suffix in ("parquet", "csv")]


def test_the_facts_are_the_same(tmp_path):
    fast, slow = (cases.facts.collect() for cases in both(tmp_path, FRAME))
    assert_frame_equal(fast, slow.select(fast.columns), check_column_order=False)


def test_the_counts_are_the_same(tmp_path):
    fast, slow = both(tmp_path, FRAME)
    assert fast.notes.counts == slow.notes.counts
    assert [(f.rows_in, f.used, f.set_aside.rows()) for f in fast.files] == [
        (f.rows_in, f.used, f.set_aside.rows()) for f in slow.files
    ]


def test_the_samples_are_the_same(tmp_path):
    fast, slow = both(tmp_path, FRAME)
    assert fast.notes.samples == slow.notes.samples


def test_the_impossible_cases_are_the_same(tmp_path):
    fast, slow = both(tmp_path, FRAME)
    assert fast.inadmissible.rows() == slow.inadmissible.rows() != []


@pytest.mark.parametrize("ids", [["X", None], ["", "X"], [" ", "X"], [" X", "Y"], ["X", "X"], ["x", "X"], [1, 2]])
def test_ids_are_treated_alike(tmp_path, ids):
    fast, slow = both(tmp_path, pl.DataFrame({"case_id": ids, "age": [20, 20]}))
    assert fast.facts.collect().rows() == slow.facts.collect().rows()


@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt8, pl.Int16, pl.UInt32, pl.UInt64, pl.Float64, pl.String, pl.Float32])
def test_every_type_of_a_whole_number(tmp_path, kind):
    fast, slow = both(tmp_path, pl.DataFrame({"case_id": ["x", "y"], "age": pl.Series([20, None]).cast(kind)}))
    assert fast.facts.collect()["age"].to_list() == slow.facts.collect()["age"].to_list() == [20, None]


@pytest.mark.parametrize("number", [400.0, 400.4, 1e10, 123456789.0])
def test_floats_for_amounts(tmp_path, number):
    fast, slow = both(tmp_path, pl.DataFrame({"case_id": ["x"], "drug_mg": [number]}))
    assert fast.facts.collect()["drug_mg"].to_list() == slow.facts.collect()["drug_mg"].to_list() == [int(number)]


def test_dates_with_a_time(tmp_path):
    frame = pl.DataFrame({"case_id": ["x"], "offense_date": [dt.datetime(2019, 5, 4, 23, 10)]})
    assert both(tmp_path, frame)[0].facts.collect()["offense_date"].to_list() == [dt.date(2019, 5, 4)]


def test_yes_and_no_as_numbers(tmp_path):
    frame = pl.DataFrame({"case_id": ["x", "y"], "booked": [1, 0]})
    assert both(tmp_path, frame)[0].facts.collect()["booked"].to_list() == [True, False]


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Enum(["laboratory", "officer", "hearsay"])])
def test_a_word_outside_the_list_is_unknown(tmp_path, kind):
    words = pl.Series(["laboratory", "hearsay", None]).cast(kind)
    path = tmp_path / "facts.parquet"
    pl.DataFrame({"case_id": ["x", "y", "z"], "drug_known_by": words}).write_parquet(path)
    assert cases_of(path).facts.collect()["drug_known_by"].to_list() == ["laboratory", None, None]


@pytest.mark.parametrize(
    "column",
    [
        pl.Series("age", [2**63], dtype=pl.UInt64),
        pl.Series("age", [[20]]),
        pl.Series("age", [{"years": 20}]),
        pl.Series("age", [b"\xff\xfe"]),
        pl.Series("age", [None]),
        pl.Series("booked", ["yes"]),
        pl.Series("offense_date", [dt.timedelta(days=1)]),
        pl.Series("age", [float("nan")]),
        pl.Series("drug_mg", [float("inf")]),
    ],
    ids=["too large", "list", "struct", "bytes", "nothing", "text", "duration", "no number", "endless"],
)
def test_a_column_of_any_type_breaks_nothing(tmp_path, column):
    path = tmp_path / "facts.parquet"
    pl.DataFrame([pl.Series("case_id", ["x"]), column]).write_parquet(path)
    ran = run("screen", "treatment-instead", path)
    assert ran.crash == "" and ran.code in (0, 2)


@pytest.mark.parametrize("name", ["_row", "_key", "_order", "constraint"])
def test_a_column_with_a_name_of_our_own_breaks_nothing(tmp_path, name):
    for cases in both(tmp_path, pl.DataFrame({"case_id": ["X"], "age": [20], name: ["y"]})):
        assert cases.facts.collect().select("case_id", "age").rows() == [("X", 20)]
