"""One byte up to 239 rules, two bytes from 240 on; what goes in comes out."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import instead
from instead.policy.columns import decisions
from instead.policy.decision import BIT, Encoding, stop_and_possible
from instead.policy.interpret import Interpreter
from instead.policy.model import OUTCOMES
from support.back_ends import BACK_ENDS, walked
from support.written import document, read, rule

_TWENTY = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
import polars as pl
from support.written import policy_of, rule
from instead.policy.columns import decisions
policy = policy_of(*(rule(f"r{i}", f"age == {i + 10}", "decline") for i in range(19)))
print(pl.DataFrame({"age": [28, None]}).select(decisions(policy, ["age"]))["decision"].to_list())
"""


@pytest.fixture(scope="module")
def polars_is_linear():
    """Twenty rules in Polars, in a process of their own: one that doubles with each rule kills its process."""
    path = os.pathsep.join([str(Path(instead.__file__).parent.parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-c", _TWENTY]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=10, env=environment)
    except subprocess.TimeoutExpired:
        return "20 rules take more than 10 s"
    return "" if ran.returncode == 0 and ran.stdout == "[18, 249]\n" else ran.stdout + ran.stderr[-500:]


def test_twenty_rules_take_polars_no_time(polars_is_linear):
    assert polars_is_linear == ""


def of_rules(count):
    """A policy of so many rules that is decided by any one of them, or by none yet."""
    rules = [rule(f"r{i}", f"drug_mg == '{i} mg'", OUTCOMES[i % 4]) for i in range(count - 1)]
    return read(document(*rules))


CASES = [{"drug_mg": code} for code in (0, 1, 236, 237, 238, 239, 5000, None)]


@pytest.fixture(scope="module", params=[2, 239, 240])
def decided(request, polars_is_linear):
    """A policy and what every back end says of the cases."""
    if polars_is_linear:
        pytest.fail(polars_is_linear)
    policy = of_rules(request.param)
    return policy, {name: back_end(policy, CASES, None) for name, back_end in BACK_ENDS.items()}


def test_all_back_ends_agree_at_the_boundary(decided):
    policy, codes = decided
    assert codes == dict.fromkeys(BACK_ENDS, walked(policy, CASES, None))


def test_a_decided_code_is_the_position_of_the_stopping_rule(decided):
    policy, codes = decided
    assert all(code == policy.rules.index(policy.rules[code]) for code in codes["polars"][:-1])
    assert codes["polars"][-2] == len(policy.rules) - 1


def test_the_interpreter_and_the_codes_name_the_same_outcomes(decided):
    policy, codes = decided
    for case, code in zip(CASES, codes["polars"], strict=True):
        assert set(Encoding.of(policy).possible(code)) == set(Interpreter(policy).decide(case).possible)


@pytest.mark.parametrize(("count", "dtype"), [(2, pl.UInt8), (14, pl.UInt8), (239, pl.UInt8), (240, pl.UInt16)])
def test_the_column_is_as_wide_as_the_encoding(count, dtype, polars_is_linear):
    assert polars_is_linear == ""
    frame = pl.DataFrame(schema={"age": pl.Int64})
    assert frame.with_columns(decisions(of_rules(count), ["age"])).schema["decision"] == dtype


@pytest.mark.parametrize(("count", "size"), [(1, 1), (2, 1), (239, 1), (240, 2), (241, 2)])
def test_one_byte_up_to_239_rules_and_two_from_240_on(count, size):
    assert Encoding.of(of_rules(count)).bytes == size


@pytest.mark.parametrize("count", [2, 239, 240, 1000])
def test_what_is_encoded_comes_out_again(count):
    policy = of_rules(count)
    encoding = Encoding.of(policy)
    for stop in (0, 1, count - 2, count - 1):
        own = BIT[policy.rules[stop].outcome]
        assert encoding.possible(encoding.encode(stop, own)) == (policy.rules[stop].outcome,)
        assert not encoding.needs_facts(encoding.encode(stop, own))


@pytest.mark.parametrize("count", [2, 239, 240, 1000])
@pytest.mark.parametrize("size", [2, 3, 4])
def test_every_set_of_outcomes_comes_out_again(count, size):
    encoding = Encoding.of(of_rules(count))
    for outcomes in itertools.combinations(OUTCOMES, size):
        code = encoding.encode(count - 1, sum(BIT[outcome] for outcome in outcomes))
        assert encoding.possible(code) == outcomes
        assert encoding.needs_facts(code)
        assert code < 256**encoding.bytes


@pytest.mark.parametrize("count", [239, 240])
def test_no_decided_code_reaches_the_sets(count):
    encoding = Encoding.of(of_rules(count))
    assert all(not encoding.needs_facts(encoding.encode(stop, 1)) for stop in range(count))


def test_a_set_of_outcomes_in_one_byte_is_240_plus_the_set():
    assert Encoding.of(of_rules(3)).encode(2, 0b1010) == 250


def test_the_first_true_rule_stops_whatever_comes_after():
    assert stop_and_possible([False, True, None, True], [1, 2, 4, 8]) == (1, 2, [])


def test_unknown_rules_before_the_stopping_rule_are_possible():
    assert stop_and_possible([None, False, None, True], [1, 2, 4, 8]) == (3, 13, [0, 2])


def test_unknown_rules_with_the_same_outcome_decide():
    assert Encoding.of(of_rules(3)).encode(2, 8) == 2
