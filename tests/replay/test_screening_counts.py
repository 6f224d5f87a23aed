"""Counts of a screening: sums, zero cases, tables of which a policy uses nothing."""

import polars as pl
import pytest

from instead.replay.comparing import compare, text_changes
from instead.replay.screening import screen
from support.import_cases import policy

FRAME = pl.DataFrame(
    {
        "case_id": [str(n) for n in range(6)],
        "possession_only": [True, True, False, None, True, False],
        "delivery_charged": [False, False, True, None, False, True],
        "age": [20, 17, 30, None, 40, 50],
        "overdose_call_only": [False, None, None, None, True, False],
    }
)


def test_outcomes_add_up_to_the_cases():
    found = screen(policy(), FRAME)
    assert sum(found.outcomes().values()) == found.cases == 6


def test_rules_add_up_to_the_decided_cases():
    found = screen(policy(), FRAME)
    assert sum(found.rules().values()) == 6 - found.outcomes()["needs_facts"]


def test_a_row_a_case_in_the_order_of_the_table():
    assert screen(policy(), FRAME).rows(FRAME)["case_id"].to_list() == FRAME["case_id"].to_list()


def test_rows_and_counts_agree():
    found = screen(policy(), FRAME)
    counted = found.rows(FRAME)["outcome"].value_counts()
    assert dict(counted.iter_rows()) == {name: n for name, n in found.outcomes().items() if n}


def test_missing_counts_only_cases_that_need_facts():
    found = screen(policy(), FRAME)
    waiting = found.rows(FRAME).filter(pl.col("outcome") == "needs_facts")
    assert found.missing() == dict(
        sorted(waiting["missing"].explode().value_counts().iter_rows(), key=lambda item: (-item[1], item[0]))
    )


def test_the_first_fact_to_ask_is_the_first_missing():
    rows = screen(policy(), FRAME).rows(FRAME).filter(pl.col("outcome") == "needs_facts")
    assert rows["ask_first"].to_list() == [missing[0] for missing in rows["missing"].to_list()]


@pytest.mark.parametrize(
    "frame", [FRAME.clear(), FRAME.clear().select("case_id"), pl.DataFrame({"case_id": ["x"], "booked": [True]})]
)
def test_no_cases_and_nothing_that_the_policy_uses(frame):
    found = screen(policy(), frame)
    assert found.cases == frame.height == sum(found.outcomes().values()) == found.rows(frame).height


def test_a_policy_compared_with_itself_changes_nothing():
    found = compare(policy(), policy(), FRAME)
    assert found.changed.height == 0 and found.changes() == [] and text_changes(policy(), policy()) == []


def test_changes_add_up():
    found = compare(policy("cannabis-only"), policy(), FRAME)
    assert sum(change.cases for change in found.changes()) == found.changed.height
    assert sum(found.transitions().values()) == 6


def test_comparing_the_other_way_round_changes_the_same_cases():
    one, other = policy("status-quo-2019"), policy()
    assert compare(one, other, FRAME).changed["case_id"].equals(compare(other, one, FRAME).changed["case_id"])
