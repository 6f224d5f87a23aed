"""Every decision of every contender is compared with Instead's interpreter, on every case used in both."""

from __future__ import annotations

import cases as case_tables
import instead_side
import numpy as np
import polars as pl
from contender import Codes, Contender, OneByOne
from numpy.typing import NDArray

from instead.facts.admissible import representatives
from instead.policy.interpret import Interpreter
from instead.policy.model import Policy


class Disagreement(Exception):
    """A contender that decides otherwise: the comparison would mean nothing."""


def interpreted(policy: Policy, cases: pl.DataFrame) -> tuple[Codes, int]:
    """The interpreter's decision of each case, and how many cases it decided.

    Cases that no threshold of any rule can tell apart get the same decision: the first of each class is decided.
    """
    _, first, members = np.unique(_classes(policy, cases), return_index=True, return_inverse=True)
    interpreter, code = Interpreter(policy), instead_side.explained_code(policy)
    rows = case_tables.rows(policy, cases[first])
    codes = np.array([code(interpreter.explain(row)) for row in rows], np.int64)
    return codes[members], len(rows)


def _classes(policy: Policy, cases: pl.DataFrame) -> NDArray[np.int64]:
    """One number a case: for each fact, unknown or the stretch between two thresholds in which it lies."""
    starts = representatives(policy.vocabulary, [rule.formula for rule in policy.rules])
    key = np.zeros(len(cases), np.int64)
    for fact in policy.facts:
        edges = np.array(starts[fact.name], np.int64)
        codes = cases[fact.name].to_physical().cast(pl.Int64).fill_null(fact.low - 1).to_numpy()
        key = key * (len(edges) + 1) + np.searchsorted(edges, codes, side="right")
    return key


def check(contender: Contender, expected: Codes) -> None:
    """Decide everything once and compare."""
    result = contender.decide()
    if contender.codes is not None:
        _compare(contender.name, contender.codes(result), expected)


def check_one(contender: OneByOne, expected: Codes) -> None:
    """Decide every case, one at a time, and compare."""
    found = [contender.code(contender.decide_one(index)) for index in range(len(expected))]
    _compare(contender.name, np.array(found, np.int64), expected)


def _compare(name: str, found: Codes, expected: Codes) -> None:
    different = np.flatnonzero(found != expected)
    if len(found) != len(expected) or different.size:
        at = int(different[0]) if different.size else len(found)
        message = f"{name}: {different.size} of {len(expected):,} cases are decided otherwise, the first is case {at}"
        raise Disagreement(f"{message} ({found[at]} instead of {expected[at]})")
