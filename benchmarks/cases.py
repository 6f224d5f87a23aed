"""Seeded synthetic cases as tables of codes with nulls, admissible by construction.

What is charged is drawn as a list of charges, and the facts about it follow as they do everywhere else
(:mod:`instead.facts.charged`). Facts are then forgotten at random: a part of a possible case is a possible case.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from instead.facts.admissible import broken_constraint
from instead.facts.charged import Kinds, facts_from_kinds
from instead.facts.vocabulary import Fact, Vocabulary, date_of, day_of
from instead.policy.model import Policy

#: How often a charge is of a kind. None: of a kind that the statute book does not know.
KINDS: dict[str | None, float] = {
    "possession": 0.36,
    "paraphernalia": 0.17,
    "small_amount_cannabis": 0.14,
    "intent_to_deliver": 0.09,
    "delivery": 0.05,
    "property": 0.06,
    "weapon": 0.03,
    "violent": 0.03,
    "driving": 0.02,
    "other": 0.02,
    None: 0.03,
}
#: How often a case has one, two or three charges.
CHARGES = {1: 0.5, 2: 0.35, 3: 0.15}
#: How often a fact is not known at screening.
FORGOTTEN = {
    "overdose_call_only": 0.15,
    "stayed_and_identified": 0.45,
    "age": 0.02,
    "offense_date": 0.01,
    "cannabis_mg": 0.25,
    "drug_known_by": 0.10,
    "prior_convictions": 0.20,
}
#: How narrow a column of a kind may be.
_TYPES: dict[str, Any] = {
    "yes_no": pl.Boolean,
    "one_of": pl.UInt8,
    "whole_number": pl.UInt16,
    "amount": pl.Int64,
    "date": pl.Int32,
}
_CHUNK = 1_000_000
_FIRST_DAY, _LAST_DAY = (day_of(date_of(0).replace(year=year)) for year in (2018, 2026))


def table(policy: Policy, count: int, *, seed: int, complete: bool = False) -> pl.DataFrame:
    """``count`` cases over the facts of ``policy``: Boolean, Date and whole-number columns.

    With ``complete`` every fact is known.
    """
    random = np.random.default_rng(seed)
    charged = _Charged(policy.vocabulary, complete)
    chunks = [
        _chunk(policy, charged, min(_CHUNK, count - start), random, complete) for start in range(0, count, _CHUNK)
    ]
    return pl.concat(chunks).rechunk()


def rows(policy: Policy, cases: pl.DataFrame) -> list[dict[str, int | None]]:
    """The cases as mappings of fact to code, for engines that decide one at a time."""
    codes = [pl.col(fact.name).to_physical().cast(pl.Int64) for fact in policy.facts]
    return cases.select(codes).to_dicts()


def plain_rows(policy: Policy, cases: pl.DataFrame) -> list[dict[str, Any]]:
    """The same with true and false for yes/no facts, as other engines want them; dates stay day numbers."""
    codes = [
        pl.col(fact.name) if fact.kind == "yes_no" else pl.col(fact.name).to_physical().cast(pl.Int64)
        for fact in policy.facts
    ]
    return cases.select(codes).to_dicts()


def impossible(policy: Policy, cases: pl.DataFrame) -> int:
    """How many cases break a constraint of the vocabulary; it must be none."""
    return sum(broken_constraint(case, policy.vocabulary) is not None for case in rows(policy, cases))


class _Charged:
    """Every list of up to three charges with its probability and the facts that follow from it."""

    def __init__(self, vocabulary: Vocabulary, complete: bool) -> None:
        lists = [kinds for kinds in _lists() if not (complete and None in kinds)]
        weights = np.array([_weight(kinds) for kinds in lists])
        self.cumulative = np.cumsum(weights / weights.sum())
        found = [facts_from_kinds([_one(kind) for kind in kinds], vocabulary) for kinds in lists]
        self.facts = {
            name: np.array([-1 if facts[name] is None else facts[name] for facts in found], np.int8)
            for name in found[0]
        }

    def draw(self, count: int, random: np.random.Generator) -> NDArray[np.int64]:
        drawn = np.searchsorted(self.cumulative, random.random(count), side="right")
        return np.minimum(drawn, len(self.cumulative) - 1)


def _lists() -> Iterator[tuple[str | None, ...]]:
    for length in CHARGES:
        yield from itertools.combinations_with_replacement(KINDS, length)


def _weight(kinds: tuple[str | None, ...]) -> float:
    orders = math.factorial(len(kinds))
    for kind in set(kinds):
        orders //= math.factorial(kinds.count(kind))
    return CHARGES[len(kinds)] * orders * math.prod(KINDS[kind] for kind in kinds)


def _one(kind: str | None) -> Kinds:
    return None if kind is None else frozenset({kind})


def _chunk(policy: Policy, charged: _Charged, count: int, random: np.random.Generator, complete: bool) -> pl.DataFrame:
    drawn = charged.draw(count, random)
    columns = []
    for fact in policy.facts:
        if fact.name in charged.facts:
            codes = charged.facts[fact.name][drawn]
            known = codes >= 0
        else:
            codes = _codes(fact, count, random)
            known = random.random(count) >= (0 if complete else FORGOTTEN[fact.name])
        columns.append(_column(fact, codes, known))
    return pl.DataFrame(columns)


def _codes(fact: Fact, count: int, random: np.random.Generator) -> NDArray[Any]:
    if fact.kind == "yes_no":
        return random.random(count) < 0.1
    if fact.kind == "one_of":
        return random.integers(fact.low, fact.high + 1, count)
    if fact.kind == "date":
        return random.integers(_FIRST_DAY, _LAST_DAY, count)
    if fact.kind == "amount":
        return np.minimum(random.lognormal(9.0, 1.5, count), 1e9).astype(np.int64)
    if fact.name == "age":
        return np.clip(random.normal(33, 11, count), 13, 90).astype(np.int64)
    return np.minimum(random.geometric(0.35, count) - 1, 50)


def _column(fact: Fact, codes: NDArray[Any], known: NDArray[np.bool_]) -> pl.Series:
    series = pl.Series(fact.name, np.where(known, codes, 0)).cast(_TYPES[fact.kind])
    if not known.all():
        series = pl.select(pl.when(pl.Series(known)).then(series)).to_series().alias(fact.name)
    return series.cast(pl.Date) if fact.kind == "date" else series
