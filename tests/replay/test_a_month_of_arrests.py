"""What a newcomer sees first: a month of arrests in the synthetic city, screened under the office's policy."""

import polars as pl
import pytest

from instead.policy.model import NEEDS_FACTS
from instead.replay.screening import screen
from instead.synth import write_city
from support.import_cases import cases_of, policy


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town") / "city"
    write_city(folder, 6_000, 1)
    facts = cases_of(folder / "last_month.jsonl", "arrest-reports").facts.collect()
    rows = screen(policy(), facts).rows(facts)
    return facts.join(rows, on="case_id")


def test_nine_in_ten_possession_cases_are_decided_on_facts_alone(month):
    possession = month.filter(pl.col("possession_charged").fill_null(True))
    decided = possession.filter(pl.col("outcome") != NEEDS_FACTS)
    assert decided.height >= 0.9 * possession.height > 0


def test_a_dealer_is_prosecuted_and_a_user_is_offered_treatment(month):
    dealers = month.filter(pl.col("delivery_charged"))
    assert set(dealers["outcome"]) <= {"prosecute", "review", NEEDS_FACTS}
    assert dealers.filter(pl.col("outcome") == "prosecute").height >= 0.9 * dealers.height > 0
    own_use = month.filter(pl.col("possession_only") & pl.col("overdose_call_only").not_() & (pl.col("age") >= 18))
    spared = own_use.filter(pl.col("outcome").is_in(["divert", "decline"]))
    assert spared.height >= 0.9 * own_use.height > 0


def test_every_case_that_needs_facts_says_which_to_ask_first(month):
    waiting = month.filter(pl.col("outcome") == NEEDS_FACTS)
    assert waiting.height > 0 and waiting["ask_first"].null_count() == 0
