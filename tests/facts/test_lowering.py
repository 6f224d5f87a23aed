"""Definitely true and maybe true, against the truth by the book."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from instead.facts.evaluate import truth
from instead.facts.formula import INVERSE, And, Compare, Constant, Dated, Member, Not, Or, compare, facts_in, on
from instead.facts.lower import All, Any, Perhaps, Sure, Unknown, definitely, maybe
from instead.facts.vocabulary import day_of
from support.back_ends import date
from support.kleene_walk import Walk
from support.policies import CASES, DAYS, policy_texts
from support.written import VOCABULARY, condition, read


def ordinary(node, case):
    """A lowered formula in ordinary two-valued logic."""
    match node:
        case bool():
            return node
        case Unknown(fact):
            return case.get(fact) is None
        case Sure(test):
            return truth(test, case) is True
        case Perhaps(test):
            return truth(test, case) is not False
        case All(operands):
            return all(ordinary(operand, case) for operand in operands)
        case Any(operands):
            return any(ordinary(operand, case) for operand in operands)


@settings(max_examples=50, deadline=None)
@given(policy_texts(most=6), CASES, st.none() | DAYS)
def test_definitely_is_true_and_maybe_is_not_false(text, case, day):
    for rule in read(text).on(day).rules:
        value = truth(rule.formula, case)
        assert ordinary(definitely(rule.formula), case) is (value is True)
        assert ordinary(maybe(rule.formula), case) is (value is not False)


@settings(max_examples=50, deadline=None)
@given(policy_texts(most=6), CASES, st.none() | DAYS)
def test_the_truth_by_the_book_is_that_of_the_walk(text, case, day):
    truths = tuple(truth(rule.formula, case) for rule in read(text).on(day).rules)
    assert truths == Walk(text, VOCABULARY).decide(case, date(day)).truths


def test_a_test_of_an_unknown_fact_is_unknown():
    assert truth(Compare("age", "<", 18), {}) is None


def test_not_of_a_test_of_an_unknown_fact_is_unknown():
    assert truth(Not(Compare("age", "<", 18)), {}) is None


def test_a_fact_or_not_the_fact_is_unknown_as_long_as_the_fact_is():
    formula = condition("age < 18 or age >= 18")
    assert truth(formula, {}) is None
    assert ordinary(definitely(formula), {}) is False


def test_an_unknown_fact_is_not_among_the_others_either():
    assert truth(Member("age", frozenset({18}), negated=True), {}) is None


def test_every_inverse_is_the_opposite():
    for op, opposite in INVERSE.items():
        assert all(compare(left, op, 3) is not compare(left, opposite, 3) for left in (2, 3, 4))


def test_a_period_begins_on_its_first_day():
    dated = Dated("d", ((-(2**62), Constant(True)), (100, Constant(False))))
    assert [truth(dated, {"d": day}) for day in (99, 100, 101)] == [True, False, False]


def test_a_dated_formula_is_unknown_without_its_date():
    assert truth(Dated("d", ((0, Constant(True)), (100, Constant(True)))), {}) is None


def test_settling_the_decision_date_leaves_other_dates():
    inner = Dated("offense_date", ((0, Constant(True)), (9, Constant(False))))
    outer = Dated("decision_date", ((0, inner), (day_of(dt.date(2023, 1, 2)), Constant(True))))
    assert on(outer, 19358) == inner
    assert on(outer, 19359) == Constant(True)
    assert on(outer, None) == outer


def test_settling_reaches_into_and_or_and_not():
    dated = Dated("decision_date", ((0, Constant(True)), (9, Constant(False))))
    assert on(And((Or((Not(dated),)),)), 9) == And((Or((Not(Constant(False)),)),))


def test_facts_are_named_in_walk_order():
    assert list(facts_in(condition("helped and (age < 18 or drug_found) and helped"))) == [
        "helped",
        "age",
        "drug_found",
        "helped",
    ]
