"""Interpreter, generated Python, Polars and the plain walk say the same of every case."""

from hypothesis import given, settings
from hypothesis import strategies as st

from instead.library import Library
from instead.policy.columns import rule_truths, truth_of
from instead.policy.decision import Encoding
from instead.policy.interpret import Interpreter
from instead.policy.open import open_policy
from support.back_ends import BACK_ENDS, date, differences, table, unknown_as_false, walked
from support.kleene_walk import Walk
from support.policies import CASES, DAYS, policy_texts
from support.written import VOCABULARY, parameter, policy_of, read, rule

BATCHES = st.lists(CASES, min_size=1, max_size=12)
SOME = settings(max_examples=40, deadline=None)


@SOME
@given(policy_texts(), BATCHES, DAYS)
def test_every_back_end_decides_as_the_walk_does(text, cases, day):
    assert differences(read(text), cases, day) == []


@settings(max_examples=30, deadline=None)
@given(policy_texts(most=6), BATCHES)
def test_every_back_end_decides_as_the_walk_does_without_a_day(text, cases):
    assert differences(read(text), cases, None) == []


@SOME
@given(policy_texts(), BATCHES, DAYS)
def test_the_interpreter_stops_at_the_same_rule_with_the_same_possible_outcomes(text, cases, day):
    policy = read(text)
    interpreter, walk = Interpreter(policy, day), Walk(text, VOCABULARY)
    for case in cases:
        got, wanted = interpreter.decide(case), walk.decide(case, date(day))
        assert (got.decided_by, set(got.possible)) == (wanted.stopping, wanted.possible)


@SOME
@given(policy_texts(), BATCHES, DAYS)
def test_the_interpreter_misses_the_same_facts_in_walk_order(text, cases, day):
    policy = read(text)
    interpreter, walk = Interpreter(policy, day), Walk(text, VOCABULARY)
    for case in cases:
        got, groups = interpreter.decide(case).missing, walk.decide(case, date(day)).missing
        assert set(got) == set().union(*groups)
        first_seen = [next(i for i, group in enumerate(groups) if name in group) for name in got]
        assert first_seen == sorted(first_seen)


@settings(max_examples=30, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_every_rule_is_as_true_as_the_walk_says(text, case, day):
    policy = read(text)
    truths = tuple(found.truth for found in Interpreter(policy, day).explain(case).rules)
    assert truths == Walk(text, VOCABULARY).decide(case, date(day)).truths


@settings(max_examples=25, deadline=None)
@given(policy_texts(), BATCHES, DAYS)
def test_every_rule_is_as_true_in_columns(text, cases, day):
    policy, walk = read(text), Walk(text, VOCABULARY)
    frame = table(cases, VOCABULARY)
    levels = frame.with_columns(rule_truths(policy, frame.columns, day)).select(
        f"rule_{i}" for i in range(len(policy.rules))
    )
    got = [tuple(map(truth_of, row)) for row in levels.rows()]
    assert got == [walk.decide(case, date(day)).truths for case in cases]


@settings(max_examples=30, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_possible_rules_are_not_false_and_come_no_later_than_the_stopping_rule(text, case, day):
    explained = Interpreter(read(text), day).explain(case)
    stop = [found.rule.id for found in explained.rules].index(explained.decision.decided_by)
    for index, found in enumerate(explained.rules):
        assert found.possible is (index <= stop and found.truth is not False)


@settings(max_examples=30, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_the_or_rules_are_the_earlier_possible_ones(text, case, day):
    decision, rules = Interpreter(read(text), day).explain(case)
    possible = [found.rule.id for found in rules if found.possible]
    assert [*decision.or_rules, decision.decided_by] == possible


@settings(max_examples=15, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_reading_the_same_text_twice_decides_the_same(text, case, day):
    assert Interpreter(read(text), day).decide(case) == Interpreter(read(text.replace("\n", "\r\n")), day).decide(case)


PLANTED = {**BACK_ENDS, "planted": unknown_as_false}


def test_a_back_end_that_treats_unknown_as_false_is_caught_by_the_comparison():
    policy = policy_of(rule("r", "delivery_charged", "prosecute"))
    found = differences(policy, [{"delivery_charged": None}], None, PLANTED)
    assert [difference.split()[0] for difference in found] == ["planted"]


def test_the_random_policies_catch_a_back_end_that_treats_unknown_as_false():
    caught = []

    @settings(max_examples=40, deadline=None, database=None)
    @given(policy_texts(), BATCHES, DAYS)
    def look(text, cases, day):
        caught.extend(differences(read(text), cases, day, {"planted": unknown_as_false}))

    look()
    assert len(caught) > 20


def test_the_random_policies_reach_decided_and_undecided_cases_alike():
    codes = []

    @settings(max_examples=40, deadline=None, database=None)
    @given(policy_texts(), BATCHES, DAYS)
    def look(text, cases, day):
        codes.extend(walked(read(text), cases, day))

    look()
    assert min(sum(code < 240 for code in codes), sum(code >= 240 for code in codes)) > len(codes) / 10


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_library_policies_decide_as_the_walk_does(data):
    policy = LIBRARY_POLICIES[data.draw(st.sampled_from(sorted(LIBRARY_POLICIES)))]
    facts = policy.vocabulary.facts
    known = data.draw(st.fixed_dictionaries({name: CODES[fact.kind](fact) for name, fact in facts.items()}))
    assert differences(policy, [known], 18000) == []


LIBRARY_POLICIES = {name: open_policy(name, Library()) for name in Library().names("policies")}
CODES = dict.fromkeys(
    ("yes_no", "one_of", "whole_number", "amount", "date"),
    lambda fact: st.none() | st.integers(fact.low, min(fact.high, fact.low + 40)) | st.integers(fact.low, fact.high),
)


def test_encoding_names_the_outcome_of_every_decided_code():
    policy = policy_of(rule("a", "helped", "decline"), rule("b", "drug_found", "divert"))
    encoding = Encoding.of(policy)
    assert [encoding.counted_as(code) for code in range(3)] == ["decline", "divert", "review"]


def test_a_parameter_with_an_unknown_date_is_known_when_all_its_values_agree():
    values = '[{ value = 18 }, { since = "2020-01-01", value = 18 }]'
    policy = policy_of(
        parameter("adult_age", values, date='"offense_date"'), rule("child", "age < adult_age", "decline")
    )
    assert Interpreter(policy).decide({"age": 17}).outcome == "decline"


def test_a_parameter_with_an_unknown_date_is_unknown_when_its_values_differ():
    values = '[{ value = 18 }, { since = "2020-01-01", value = 17 }]'
    policy = policy_of(
        parameter("adult_age", values, date='"offense_date"'), rule("child", "age < adult_age", "decline")
    )
    assert Interpreter(policy).decide({"age": 10}).missing == ("offense_date",)


def test_a_parameter_takes_its_new_value_on_the_very_day_it_changes():
    values = '[{ value = true }, { since = "2023-01-02", value = false }]'
    policy = policy_of(parameter("flag", values, date='"offense_date"'), rule("r", "flag", "decline"))
    days = [{"offense_date": 19359 + step} for step in (-1, 0, 1)]
    outcomes = [Interpreter(policy).decide(case).outcome for case in days]
    assert outcomes == ["decline", "review", "review"]
    assert differences(policy, days, None) == []


def test_a_parameter_by_decision_date_takes_its_value_on_the_day_passed_in():
    values = '[{ value = 18 }, { since = "2023-01-02", value = 21 }]'
    policy = policy_of(parameter("adult_age", values), rule("child", "age < adult_age", "decline"))
    assert [Interpreter(policy, day).decide({"age": 19}).outcome for day in (19358, 19359)] == ["review", "decline"]
