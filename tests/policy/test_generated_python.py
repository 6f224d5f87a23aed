"""Generated Python: nothing of a policy's text gets into it, and any mapping is a case."""

import time
from types import MappingProxyType

import pytest

from instead.policy.generate import compile_policy, generate_source
from support.back_ends import BACK_ENDS, differences
from support.written import parameter, policy_of, rule

SIMPLE = policy_of(rule("r", "helped and known_by == 'field_test'", "decline"))


def test_no_text_of_the_policy_is_in_the_source():
    policy = policy_of(rule("\\u0022; import os #", "helped", "decline", because="'''x\"); import os'''"))
    assert "import" not in generate_source(policy)


def test_a_fact_left_out_is_unknown():
    assert compile_policy(SIMPLE)({}) == compile_policy(SIMPLE)({"helped": None, "known_by": None}) == 249


def test_a_case_may_be_any_mapping():
    assert compile_policy(SIMPLE)(MappingProxyType({"helped": 1, "known_by": 1})) == 0


def test_a_rule_that_always_applies_ends_the_function():
    policy = policy_of(parameter("flag", "[{ value = true }]"), rule("always", "flag", "decline"), rule("r", "helped"))
    assert differences(policy, [{}, {"helped": 1}], None) == []


def test_a_rule_that_never_applies_is_passed():
    policy = policy_of(parameter("flag", "[{ value = false }]"), rule("never", "flag", "decline"))
    assert differences(policy, [{}], None) == []


def test_a_parameter_dated_by_the_decision_is_unknown_without_a_day():
    values = '[{ value = 18 }, { since = "2023-01-02", value = 21 }]'
    policy = policy_of(parameter("adult_age", values), rule("child", "age < adult_age", "decline"))
    assert differences(policy, [{"age": 17}, {"age": 19}, {}], None) == []


@pytest.mark.parametrize("join", [" or ", " and "])
@pytest.mark.parametrize("parts", [2, 50, 900])
def test_a_condition_with_many_parts_decides_the_same(parts, join):
    policy = policy_of(rule("r", join.join(["helped"] * parts), "decline"))
    quick = {name: back_end for name, back_end in BACK_ENDS.items() if "polars" not in name}
    assert differences(policy, [{}, {"helped": 1}, {"helped": 0}], None, quick) == []


@pytest.mark.parametrize("join", [" or ", " and "])
def test_a_condition_with_120_parts_takes_polars_no_time(join):
    policy = policy_of(rule("r", join.join(["helped"] * 120), "decline"))
    begun = time.process_time()
    assert differences(policy, [{}, {"helped": 1}, {"helped": 0}], None) == []
    assert time.process_time() - begun < 1


def test_a_condition_nested_sixty_deep_decides_the_same():
    when = "helped"
    for index in range(28):
        when = f"({when} {'and' if index % 2 else 'or'} drug_found)"
    policy = policy_of(rule("r", f"not {when}", "decline"))
    cases = [{"helped": a, "drug_found": b} for a in (None, 0, 1) for b in (None, 0, 1)]
    assert differences(policy, cases, None) == []


def test_sixty_nots_decide_the_same():
    policy = policy_of(rule("r", "not " * 60 + "helped", "decline"))
    assert differences(policy, [{}, {"helped": 1}, {"helped": 0}], None) == []
