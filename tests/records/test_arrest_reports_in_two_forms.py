"""JSON Lines and CSV of the same reports give the same facts."""

import json

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from support.court_files import A16, A30, A31, A32, report, reports_csv, reports_jsonl
from support.import_cases import facts_of

_YES = st.sampled_from([True, False, None])
_CHARGE = st.fixed_dictionaries(
    {
        "citation": st.sampled_from([A16, A30, A31, A32, "35 § 780-113 §§ A99", "scribble", None]),
        "grade": st.sampled_from(["M", "F", "S", "", None]),
    }
)
_DRUG = st.tuples(
    st.sampled_from(["heroin", "marijuana", "hashish", "crack", "unknown", "k2", "fentanyl"]),
    st.sampled_from(["0.4", "29.9995", "0", "x", None]),
    st.sampled_from(["g", "oz", "packets", None]),
    st.sampled_from(["officer", "field_test", "laboratory", None]),
)


@st.composite
def reports(draw):
    """One report about which anything may be unknown."""
    more = {
        name: draw(_YES)
        for name in ("drugs_complete", "overdose__call_only", "sale_observed", "test_strips_only", "booked")
    }
    more["history__prior_cases"] = draw(st.sampled_from([0, 3, 5000, None]))
    more["offense_date"] = draw(st.sampled_from(["2019-05-04", "05/04/2019", "0019-05-04", None]))
    more["person__born"] = draw(st.sampled_from(["1980-02-29", "2015-01-01", None]))
    more["otn"] = draw(st.sampled_from(["U 1234567", "garbage", None]))
    charges = draw(st.lists(_CHARGE, min_size=1, max_size=3))
    return charges, draw(st.lists(_DRUG, min_size=1, max_size=3)), more


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=reports())
def test_the_facts_are_the_same(tmp_path_factory, found):
    charges, drugs, more = found
    folder = tmp_path_factory.mktemp("forms")
    both = [report(1, charges=charges, drugs=drugs, **more), report(2)]
    lines = facts_of(reports_jsonl(folder / "lines", both).parent, "arrest-reports")
    table = facts_of(reports_csv(folder / "table", both), "arrest-reports")
    assert_frame_equal(lines, table, check_column_order=False)


@pytest.mark.parametrize(
    "two",
    [
        [report(1), report(1)],
        [report(1), report(2, otn="U1000011", drugs=[("marijuana", "5", "g", "officer")])],
        [report(1), report(2, charges=[])],
        [report(1), report(2, drugs=[])],
        [report(1, otn=None), report(2, otn=None)],
        [report(1) | {"report_id": "r1"}, report(2)],
    ],
    ids=["sent twice", "two reports of one case", "no charges", "no drugs", "no number", "small letters"],
)
def test_the_facts_of_two_reports_are_the_same(tmp_path, two):
    lines = facts_of(reports_jsonl(tmp_path / "lines", two).parent, "arrest-reports")
    table = facts_of(reports_csv(tmp_path / "table", two), "arrest-reports")
    assert_frame_equal(lines, table, check_column_order=False)


def test_a_file_by_itself_and_its_folder_are_the_same(tmp_path):
    reports_csv(tmp_path, [report(1), report(2)])
    one, other = (facts_of(path, "arrest-reports") for path in (tmp_path, tmp_path / "arrest_reports.csv"))
    assert_frame_equal(one, other)


@pytest.mark.parametrize("missing", ["arrest_charges.csv", "arrest_drugs.csv"])
def test_a_list_without_a_file_is_unknown(tmp_path, missing):
    reports_csv(tmp_path, [report(1)])
    (tmp_path / missing).unlink()
    frame = facts_of(tmp_path, "arrest-reports")
    name = "possession_charged" if missing == "arrest_charges.csv" else "heroin_found"
    assert name not in frame.columns or frame[name].to_list() == [None]


@pytest.mark.parametrize("key", ["overdose", "history", "person", "sale_observed", "drugs_complete"])
def test_what_no_report_in_the_file_says_is_unknown(tmp_path, key):
    record = {name: value for name, value in report(1).items() if name != key}
    frame = facts_of(reports_jsonl(tmp_path, [record]), "arrest-reports")
    assert frame["possession_charged"].to_list() == [True]


@pytest.mark.parametrize("key", ["overdose", "history", "person"])
def test_null_in_place_of_an_object_is_unknown(tmp_path, key):
    frame = facts_of(reports_jsonl(tmp_path, [report(1) | {key: None}]), "arrest-reports")
    assert frame["possession_charged"].to_list() == [True]


def test_no_charge_in_the_file_has_a_grade(tmp_path):
    frame = facts_of(reports_jsonl(tmp_path, [report(1, charges=[{"citation": A16}])]), "arrest-reports")
    assert frame.select("possession_charged", "felony_charged").rows() == [(True, None)]


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "\\udfff\\ud800", "a\\u2028b", "\\uffff"])
def test_any_character_in_a_narrative(tmp_path, text):
    line = f'{{"narrative": "{text}", {json.dumps(report(1))[1:]}'
    frame = facts_of(reports_jsonl(tmp_path, [line]), "arrest-reports")
    assert frame["possession_charged"].to_list() == [True]


@pytest.mark.parametrize(
    "line", ['{"a": 1e400}', '{"a": NaN}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}", '"x"', "{}"]
)
def test_a_strange_line_is_set_aside_or_is_a_report_of_nothing(tmp_path, line):
    frame = facts_of(reports_jsonl(tmp_path, [line, report(1)]), "arrest-reports")
    assert frame["case_id"].to_list() == ["U1000011"]


def test_carriage_returns_and_a_byte_order_mark(tmp_path):
    plain = facts_of(reports_csv(tmp_path / "plain", [report(1), report(2)]), "arrest-reports")
    for path in (tmp_path / "plain").iterdir():
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\n", "\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert_frame_equal(facts_of(tmp_path / "plain", "arrest-reports"), plain)


def test_fields_of_a_million_characters(tmp_path):
    frame = facts_of(reports_jsonl(tmp_path, [report(1, district="x" * 1_000_000)]), "arrest-reports")
    assert isinstance(frame, pl.DataFrame) and frame.height == 1
