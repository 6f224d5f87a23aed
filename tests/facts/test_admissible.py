"""Which partly known cases are possible, against trying every completion."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instead.facts.admissible import broken_constraint, completion, representatives
from instead.facts.condition import ConditionText, parse_condition
from instead.facts.scope import Scope
from instead.facts.vocabulary import Constraint
from instead.facts.vocabulary_file import parse_vocabulary
from support.kleene_walk import Walk, _tree
from support.policies import conditions
from support.policies import tests as fact_tests
from support.written import VOCABULARY, within

FACTS = """
id = "tiny"
title = "T"
version = "1"
[[fact]]
name = "p"
kind = "yes_no"
question = "?"
[[fact]]
name = "q"
kind = "yes_no"
question = "?"
[[fact]]
name = "by"
kind = "one_of"
members = ["a", "b", "c"]
question = "?"
[[fact]]
name = "n"
kind = "whole_number"
min = 1
max = 4
question = "?"
[[fact]]
name = "w_mg"
kind = "amount"
unit = "mg"
min = 0
max = 3
question = "?"
[[fact]]
name = "on"
kind = "date"
min = "2020-01-01"
max = "2020-01-03"
question = "?"
"""
LITERALS = {
    "by": ["'a'", "'b'", "'c'"],
    "n": ["1", "2", "3", "4"],
    "w_mg": ["'0 mg'", "'0.001 g'", "'2 mg'", "'3 mg'"],
    "on": ["'2020-01-01'", "'2020-01-02'", "'2020-01-03'"],
}
HOLDS = st.lists(conditions(fact_tests(LITERALS, ("p", "q")), most=4), min_size=1, max_size=4)
KNOWN = st.fixed_dictionaries(
    {
        "p": st.none() | st.integers(0, 1),
        "q": st.none() | st.integers(0, 1),
        "by": st.none() | st.integers(0, 2),
        "n": st.none() | st.integers(1, 4),
        "w_mg": st.none() | st.integers(0, 3),
        "on": st.none() | st.integers(18262, 18264),
    }
)


def tiny(holds):
    """Constraints of every sort, also such that no case satisfies: a file with those would be refused."""
    vocabulary = parse_vocabulary(FACTS, "tiny.toml")
    scope = Scope(vocabulary.facts, {})
    constraints = [
        Constraint(f"c{i}", parse_condition(ConditionText(one), scope), one, "b") for i, one in enumerate(holds)
    ]
    return replace(vocabulary, constraints=tuple(constraints))


def possible_by_trying(case, holds, vocabulary):
    """Whether some completion satisfies every constraint, by the plain walk."""
    walk, trees = Walk("", vocabulary), [_tree(one) for one in holds]
    domains = [
        range(fact.low, fact.high + 1) if case[name] is None else [case[name]]
        for name, fact in vocabulary.facts.items()
    ]
    for codes in itertools.product(*domains):
        whole = dict(zip(vocabulary.facts, codes, strict=True))
        if all(walk.truth(tree, whole).truth is True for tree in trees):
            return True
    return False


@settings(max_examples=80, deadline=None)
@given(HOLDS, KNOWN)
def test_a_case_is_possible_when_some_completion_satisfies_every_constraint(holds, case):
    vocabulary = tiny(holds)
    possible = possible_by_trying(case, holds, vocabulary)
    assert (broken_constraint(case, vocabulary) is None) is possible
    assert (completion(case, vocabulary) is not None) is possible


@settings(max_examples=80, deadline=None)
@given(HOLDS, KNOWN)
def test_a_completion_keeps_what_is_known_and_satisfies_every_constraint(holds, case):
    vocabulary = tiny(holds)
    found = completion(case, vocabulary)
    if found is not None:
        assert all(found[name] == code for name, code in case.items() if code is not None)
        walk = Walk("", vocabulary)
        assert all(walk.truth(_tree(one), found).truth is True for one in holds)


@settings(max_examples=60, deadline=None)
@given(HOLDS, KNOWN)
def test_forgetting_a_fact_keeps_a_possible_case_possible(holds, case):
    vocabulary = tiny(holds)
    if broken_constraint(case, vocabulary) is None:
        assert all(broken_constraint({**case, name: None}, vocabulary) is None for name in case)


@settings(max_examples=40, deadline=None)
@given(HOLDS)
def test_representatives_tell_apart_all_that_the_constraints_can(holds):
    vocabulary = tiny(holds)
    walk = Walk("", vocabulary)
    values = representatives(vocabulary, [constraint.formula for constraint in vocabulary.constraints])
    for name, fact in vocabulary.facts.items():
        for one in holds:
            everything = {walk.truth(_tree(one), {name: code}).truth for code in range(fact.low, fact.high + 1)}
            assert {walk.truth(_tree(one), {name: code}).truth for code in values[name]} == everything


def test_a_case_about_which_nothing_is_known_is_possible():
    assert broken_constraint({}, VOCABULARY) is None


def test_a_constraint_that_is_false_is_named():
    assert broken_constraint({"possession_only": 1, "delivery_charged": 1}, VOCABULARY).id == "one-or-the-other"


def test_half_of_a_contradiction_is_possible():
    assert broken_constraint({"possession_only": 1}, VOCABULARY) is None


def test_constraints_that_only_together_exclude_a_case_are_found():
    assert broken_constraint({"p": 1}, tiny(["not p or n > 2", "not p or n < 3"])) is not None


def test_a_vocabulary_without_a_possible_case_has_no_completion():
    assert completion({}, tiny(["n < 2", "n > 2"])) is None


def test_the_case_itself_is_not_changed():
    case = {"p": 1, "n": None}
    completion(case, tiny(["not p or n > 2"]))
    assert case == {"p": 1, "n": None}


@pytest.mark.parametrize("count", [12])
def test_a_pigeonhole_of_yes_and_no_takes_no_time(count):
    names = [f"f{i}" for i in range(count)]
    facts = "".join(f'[[fact]]\nname = "{name}"\nkind = "yes_no"\nquestion = "?"\n' for name in names)
    pairs = [f"not ({a} and {b})" for a, b in itertools.combinations(names, 2)]
    holds = [*pairs, " or ".join(names)]
    text = "".join(f'[[constraint]]\nid = "c{i}"\nholds = "{one}"\nbecause = "b"\n' for i, one in enumerate(holds))
    vocabulary = parse_vocabulary(f'id = "v"\ntitle = "V"\nversion = "1"\n{facts}{text}', "v.toml")
    with within(1):
        assert sum(completion({}, vocabulary).values()) == 1
        assert completion(dict.fromkeys(names, 0), vocabulary) is None
