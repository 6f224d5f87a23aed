"""Polars: boundary values, nulls, and every way in which a column may be written or absent."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instead.policy.columns import decisions, rule_truths
from support.back_ends import differences, walked
from support.policies import CASES, CODES, policy_texts
from support.written import VOCABULARY, parameter, policy_of, read, rule

LIMIT = policy_of(rule("much", "drug_mg >= '30 g'", "prosecute"), rule("some", "drug_mg > '0 mg'", "decline"))


def decided(policy, frame, day=None):
    found = frame.with_columns(decisions(policy, frame.columns, day))["decision"].to_list()
    lazy = frame.lazy().with_columns(decisions(policy, frame.columns, day)).collect(engine="streaming")
    assert lazy["decision"].to_list() == found
    return found


@pytest.mark.parametrize("op", ["<", "<=", "==", "!=", ">=", ">"])
@pytest.mark.parametrize("name", ["age", "drug_mg", "cash_cents", "offense_date", "priors"])
def test_one_below_at_and_one_above_a_cut_point(op, name):
    fact, cut = VOCABULARY[name], CODES[name][len(CODES[name]) // 2]
    shown = fact.show(cut) if fact.kind == "whole_number" else f'"{fact.show(cut)}"'
    policy = policy_of(rule("r", f"{name} {op} {shown}", "decline"))
    assert differences(policy, [{name: cut + step} for step in (-1, 0, 1)] + [{name: None}], None) == []


def test_thirty_grams_and_a_milligram_less():
    assert decided(LIMIT, pl.DataFrame({"drug_mg": [29_999, 30_000, 0, 1]})) == [1, 0, 2, 1]


def test_a_null_is_unknown_and_not_zero():
    assert decided(LIMIT, pl.DataFrame({"drug_mg": [None, 30_000]})) == [240 + 0b1101, 0]


@pytest.mark.parametrize("dtype", [pl.Null, pl.Int64, pl.UInt8, pl.Boolean])
def test_a_column_of_nothing_but_nulls_is_unknown_everywhere(dtype):
    policy = policy_of(rule("r", "helped and age in (18, 19)", "decline"))
    frame = pl.DataFrame({name: pl.Series([None, None], dtype=dtype) for name in ("helped", "age")})
    if dtype == pl.Boolean:
        frame = frame.with_columns(pl.col("age").cast(pl.Int64))
    assert decided(policy, frame) == [249, 249]


@pytest.mark.parametrize("when", ["helped", "age < 18", "age in (18, 19)", "age not in (18,)", "drug_mg == '30 g'"])
def test_a_column_without_a_type_is_unknown_everywhere(when):
    policy = policy_of(rule("r", when, "decline"))
    frame = pl.DataFrame({name: pl.Series([None, None], dtype=pl.Null) for name in ("helped", "age", "drug_mg")})
    assert decided(policy, frame) == [249, 249]


def test_a_date_column_without_a_type_is_unknown_everywhere():
    policy = policy_of(rule("r", "offense_date < '2020-01-01' or offense_date in ('2021-01-01',)", "decline"))
    assert decided(policy, pl.DataFrame({"offense_date": pl.Series([None], dtype=pl.Null)})) == [249]


def test_a_missing_column_is_unknown_everywhere():
    policy = policy_of(rule("r", "helped and age < 18", "decline"))
    assert decided(policy, pl.DataFrame({"age": [17, 18]})) == [249, 1]


def test_a_table_without_any_fact_is_unknown_in_every_row():
    policy = policy_of(rule("r", "helped and age < 18", "decline"))
    assert decided(policy, pl.DataFrame({"case_id": ["a", "b", "c"]})) == [249, 249, 249]


def test_a_table_without_any_fact_gets_one_decision_a_row_from_a_select():
    policy = policy_of(rule("r", "helped", "decline"))
    frame = pl.DataFrame({"case_id": ["a", "b", "c"]})
    assert frame.select(decisions(policy, frame.columns))["decision"].to_list() == [249, 249, 249]


def test_an_empty_table_without_any_fact_gets_no_decision_from_a_select():
    policy = policy_of(rule("r", "helped", "decline"))
    frame = pl.DataFrame({"case_id": pl.Series([], dtype=pl.String)})
    assert frame.select(decisions(policy, frame.columns)).height == 0


def test_an_empty_table_gets_no_decision():
    assert decided(LIMIT, pl.DataFrame({"drug_mg": pl.Series([], dtype=pl.Int64)})) == []


def test_a_policy_that_asks_nothing_decides_every_row():
    policy = policy_of()
    assert decided(policy, pl.DataFrame({"age": [1, 2]})) == [0, 0]


def test_a_policy_that_asks_nothing_decides_every_row_of_a_select():
    frame = pl.DataFrame({"age": [1, 2]})
    assert frame.select(decisions(policy_of(), frame.columns))["decision"].to_list() == [0, 0]


@pytest.mark.parametrize("values", [[True, False, None], [1, 0, None]])
@pytest.mark.parametrize("when", ["helped", "not not helped", "not (not helped)"])
def test_yes_and_no_may_be_boolean_or_one_and_zero(values, when):
    policy = policy_of(rule("r", when, "decline"))
    assert decided(policy, pl.DataFrame({"helped": values})) == [0, 1, 249]


@pytest.mark.parametrize("values", [[True, False, None], [1, 0, None]])
def test_not_is_the_other_way_round_for_boolean_and_for_one_and_zero(values):
    policy = policy_of(rule("r", "not helped", "decline"))
    assert decided(policy, pl.DataFrame({"helped": values})) == [1, 0, 249]


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.Int16, pl.UInt32, pl.Int64, pl.UInt64])
def test_yes_and_no_may_be_any_whole_number(dtype):
    policy = policy_of(rule("r", "helped", "decline"))
    assert decided(policy, pl.DataFrame({"helped": pl.Series([1, 0, None], dtype=dtype)})) == [0, 1, 249]


DATES = [dt.date(2023, 1, 1), dt.date(2023, 1, 2), None]


@pytest.mark.parametrize("op", ["<", "<=", "==", "!=", ">=", ">"])
def test_dates_and_day_numbers_decide_the_same(op):
    policy = policy_of(rule("r", f"offense_date {op} '2023-01-02'", "decline"))
    days = [None if date is None else (date - dt.date(1970, 1, 1)).days for date in DATES]
    frames = [pl.DataFrame({"offense_date": values}) for values in (DATES, days)]
    assert decided(policy, frames[0]) == decided(policy, frames[1])


def test_dates_may_be_members():
    policy = policy_of(rule("r", "offense_date in ('2023-01-02', '2023-01-03')", "decline"))
    assert decided(policy, pl.DataFrame({"offense_date": DATES})) == [1, 0, 249]


def test_a_dated_parameter_reads_a_date_column():
    values = '[{ value = true }, { since = "2023-01-02", value = false }]'
    policy = policy_of(parameter("flag", values, date='"offense_date"'), rule("r", "flag", "decline"))
    assert decided(policy, pl.DataFrame({"offense_date": DATES})) == [0, 1, 249]


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.Int64])
def test_members_are_codes(dtype):
    policy = policy_of(rule("r", "known_by in ('field_test', 'laboratory')", "decline"))
    assert decided(policy, pl.DataFrame({"known_by": pl.Series([0, 1, 2, None], dtype=dtype)})) == [1, 0, 0, 249]


def test_members_may_be_an_enum_in_the_order_of_the_vocabulary():
    policy = policy_of(rule("r", "known_by == 'field_test'", "decline"))
    members = pl.Enum(VOCABULARY["known_by"].members)
    frame = pl.DataFrame({"known_by": pl.Series(["officer", "field_test", None], dtype=members)})
    assert decided(policy, frame) == [1, 0, 249]


@pytest.mark.parametrize("dtype", [pl.UInt8, pl.Int8, pl.Int16, pl.Int32, pl.UInt64, pl.Int64])
@pytest.mark.parametrize("when", ["drug_mg < '10 kg'", "drug_mg in ('10 kg', '1 mg')", "drug_mg not in ('10 kg',)"])
def test_a_narrow_column_is_compared_with_a_wide_number(dtype, when):
    policy = policy_of(rule("r", when, "decline"))
    frame = pl.DataFrame({"drug_mg": pl.Series([1, None], dtype=dtype)})
    assert decided(policy, frame) == [0, 249]


@pytest.mark.parametrize("dtype", [pl.UInt8, pl.UInt16, pl.UInt64])
def test_an_unsigned_column_is_compared_with_a_date_before_1970(dtype):
    policy = policy_of(parameter("start", '[{ value = "1960-01-01" }]'), rule("r", "offense_date > start", "decline"))
    assert decided(policy, pl.DataFrame({"offense_date": pl.Series([0, None], dtype=dtype)})) == [0, 249]


def test_columns_that_are_no_facts_do_not_matter():
    assert decided(LIMIT, pl.DataFrame({"drug_mg": [1], "decision": [7], "decision_date": ["x"]})) == [1]


def test_a_decision_date_column_is_no_fact():
    values = '[{ value = 18 }, { since = "2023-01-02", value = 21 }]'
    policy = policy_of(parameter("adult_age", values), rule("child", "age < adult_age", "decline"))
    frame = pl.DataFrame({"age": [19], "decision_date": [dt.date(2024, 1, 1)]})
    assert len(decided(policy, frame)) == 1


def test_the_column_is_called_decision():
    assert pl.DataFrame({"drug_mg": [1]}).select(decisions(LIMIT, ["drug_mg"])).columns == ["decision"]


def test_no_decision_is_null():
    frame = pl.DataFrame({"drug_mg": [1, None]})
    assert frame.select(decisions(LIMIT, frame.columns))["decision"].null_count() == 0


def test_rule_truths_have_a_column_a_rule():
    frame = pl.DataFrame({"drug_mg": [None, 1, 30_000]})
    found = frame.with_columns(rule_truths(LIMIT, frame.columns))
    assert found.select("rule_0", "rule_1", "rule_2").rows() == [(1, 1, 2), (0, 2, 2), (2, 2, 2)]


@settings(max_examples=15, deadline=None)
@given(policy_texts(most=8), st.lists(CASES, min_size=1, max_size=6), st.sets(st.sampled_from(sorted(CODES))))
def test_taking_a_column_away_is_forgetting_the_fact(text, cases, gone):
    policy = read(text)
    forgotten = [{name: code for name, code in case.items() if name not in gone} for case in cases]
    frame = pl.DataFrame(
        {name: pl.Series([case[name] for case in cases], dtype=pl.Int64) for name in CODES if name not in gone}
        | {"case_id": list(range(len(cases)))}
    )
    assert decided(policy, frame, 18000) == walked(policy, forgotten, 18000)


def test_a_hundred_thousand_rows_stream_to_the_same_decisions():
    frame = pl.DataFrame({"drug_mg": [None, 0, 1, 29_999, 30_000] * 20_000})
    assert decided(LIMIT, frame)[:5] * 20_000 == decided(LIMIT, frame)


def test_a_parquet_file_streams_to_the_same_decisions(tmp_path):
    frame = pl.DataFrame({"drug_mg": [None, 0, 1, 29_999, 30_000] * 100})
    frame.write_parquet(tmp_path / "cases.parquet")
    lazy = pl.scan_parquet(tmp_path / "cases.parquet").select(decisions(LIMIT, frame.columns))
    assert lazy.collect(engine="streaming")["decision"].to_list() == decided(LIMIT, frame)
