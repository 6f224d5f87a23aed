"""Strong Kleene logic, one sentence a line."""

import itertools

import pytest

from instead.facts.kleene import all_of, any_of, not_

VALUES = (True, False, None)
THREE = list(itertools.product(VALUES, repeat=3))


def test_unknown_and_false_is_false():
    assert all_of([None, False]) is False


def test_false_and_unknown_is_false():
    assert all_of([False, None]) is False


def test_unknown_and_true_is_unknown():
    assert all_of([None, True]) is None


def test_unknown_or_true_is_true():
    assert any_of([None, True]) is True


def test_unknown_or_false_is_unknown():
    assert any_of([None, False]) is None


def test_not_unknown_is_unknown():
    assert not_(None) is None


def test_not_true_is_false_and_not_false_is_true():
    assert (not_(True), not_(False)) == (False, True)


def test_all_of_nothing_is_true():
    assert all_of([]) is True


def test_any_of_nothing_is_false():
    assert any_of([]) is False


@pytest.mark.parametrize("values", THREE)
def test_de_morgan_holds_with_unknowns(values):
    assert not_(all_of(values)) is any_of(map(not_, values))


@pytest.mark.parametrize("values", THREE)
def test_a_known_result_stays_whatever_the_unknown_turn_out_to_be(values):
    completions = itertools.product(*([value] if value is not None else [True, False] for value in values))
    results = {all(completion) for completion in completions}
    assert all_of(values) is (results.pop() if len(results) == 1 else None)


@pytest.mark.parametrize("values", THREE)
def test_the_order_does_not_matter(values):
    assert len({all_of(order) for order in itertools.permutations(values)}) == 1
    assert len({any_of(order) for order in itertools.permutations(values)}) == 1
