"""Facts that follow from the kinds of the charges."""

import itertools

import pytest

from instead.facts.charged import facts_from_kinds
from support.written import VOCABULARY

POSSESSION, DELIVERY, PIPE, OTHER = (frozenset({kind}) for kind in ("possession", "delivery", "paraphernalia", "other"))


def facts(*charges):
    found = facts_from_kinds(charges, VOCABULARY)
    return found["possession_only"], found["delivery_charged"]


@pytest.mark.parametrize(
    ("charges", "expected"),
    [
        ([], (None, None)),
        ([POSSESSION], (1, 0)),
        ([POSSESSION, PIPE], (1, 0)),
        ([PIPE], (0, 0)),
        ([POSSESSION, DELIVERY], (0, 1)),
        ([POSSESSION, OTHER], (0, 0)),
        ([None], (None, None)),
        ([POSSESSION, None], (None, None)),
        ([DELIVERY, None], (0, 1)),
        ([PIPE, None], (None, None)),
        ([OTHER, None], (0, None)),
        ([POSSESSION | DELIVERY], (0, 1)),
        ([POSSESSION | PIPE], (1, 0)),
        ([None, None], (None, None)),
    ],
)
def test_what_the_charges_say(charges, expected):
    assert facts(*charges) == expected


@pytest.mark.parametrize("count", [1, 2, 3])
def test_an_unknown_charge_is_unknown_only_where_its_kind_matters(count):
    kinds = (POSSESSION, DELIVERY, PIPE, OTHER)
    for charges in itertools.product((*kinds, None), repeat=count):
        completions = itertools.product(*([charge] if charge is not None else kinds for charge in charges))
        results = {facts(*completion) for completion in completions}
        for position, got in enumerate(facts(*charges)):
            values = {result[position] for result in results}
            assert got is None or values == {got}
            assert (got is None) == (len(values) > 1) or position == 0


def test_the_order_of_charges_does_not_matter():
    for order in itertools.permutations([POSSESSION, None, PIPE]):
        assert facts(*order) == facts(POSSESSION, None, PIPE)
