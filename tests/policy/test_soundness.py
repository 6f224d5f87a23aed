"""Learning a missing fact never changes a decided outcome; learning all of them always decides."""

from hypothesis import given, settings
from hypothesis import strategies as st

from instead.facts.admissible import broken_constraint
from instead.policy.interpret import Interpreter
from support.back_ends import changed_by_learning, unknown_as_false
from support.policies import CASES, CODES, DAYS, policy_texts
from support.written import VOCABULARY, policy_of, read, rule


def learned(case, name):
    """Every admissible case in which one more fact is known."""
    more = [{**case, name: code} for code in CODES[name]]
    return [known for known in more if broken_constraint(known, VOCABULARY) is None]


@settings(max_examples=30, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_learning_a_fact_never_changes_a_decided_outcome_in_any_back_end(text, case, day):
    policy = read(text)
    more = [known for name in CODES if case[name] is None for known in learned(case, name)]
    assert changed_by_learning(policy, case, more, day) == []


@settings(max_examples=30, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_learning_a_fact_never_makes_another_outcome_possible(text, case, day):
    interpreter = Interpreter(read(text), day)
    before = set(interpreter.decide(case).possible)
    for name in CODES:
        if case[name] is None:
            for known in learned(case, name):
                assert set(interpreter.decide(known).possible) <= before


@settings(max_examples=50, deadline=None)
@given(policy_texts(), CASES, DAYS, st.data())
def test_learning_every_missing_fact_always_decides(text, case, day, data):
    interpreter = Interpreter(read(text), day)
    known = dict(case)
    for name in interpreter.decide(case).missing:
        known = data.draw(st.sampled_from(learned(known, name)))
    assert interpreter.decide(known).outcome is not None


@settings(max_examples=30, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_a_missing_fact_is_an_unknown_fact(text, case, day):
    assert all(case[name] is None for name in Interpreter(read(text), day).decide(case).missing)


@settings(max_examples=30, deadline=None)
@given(policy_texts(), CASES, DAYS)
def test_a_case_that_needs_facts_names_one_to_ask_first(text, case, day):
    decision = Interpreter(read(text), day).decide(case)
    assert (decision.ask_first == decision.missing[0]) if decision.missing else decision.outcome is not None


def test_a_back_end_that_treats_unknown_as_false_is_unsound():
    policy = policy_of(rule("r", "delivery_charged", "prosecute"))
    case, more = {"delivery_charged": None}, [{"delivery_charged": 1}]
    assert changed_by_learning(policy, case, more, None, {"planted": unknown_as_false})


def test_learning_what_does_not_matter_changes_nothing():
    policy = policy_of(rule("r", "delivery_charged", "prosecute"))
    assert changed_by_learning(policy, {"delivery_charged": 1}, [{"delivery_charged": 1, "age": 20}], None) == []
