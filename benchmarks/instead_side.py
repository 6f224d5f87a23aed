"""Instead's own sides of the comparison, all through the public functions of the product."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from contender import Codes, Contender, OneByOne

from instead.policy.columns import decisions
from instead.policy.decision import BIT, Encoding
from instead.policy.generate import compile_policy
from instead.policy.interpret import Explained, Interpreter
from instead.policy.model import Policy

Rows = list[dict[str, int | None]]


def columns(policy: Policy, cases: pl.DataFrame) -> Contender:
    """A table at once, as `instead` does it: one lazy expression, streaming."""

    def decide() -> pl.Series:
        return cases.lazy().select(decisions(policy, cases.columns)).collect(engine="streaming").to_series()

    how = "One lazy expression made from the policy, planned and run each time, streaming engine."
    return Contender("Instead, Polars columns", how, len(cases), decide, _codes, ours=True)


def sums(cases: pl.DataFrame) -> Contender:
    """What reading the same columns costs: for scale, no engine."""
    query = cases.lazy().select(pl.all().to_physical().sum())
    how = "The sum of every column, Polars, streaming engine: nothing is decided."
    name = "for scale: the sum of the same columns"
    return Contender(name, how, len(cases), lambda: query.collect(engine="streaming"), None)


def generated(policy: Policy, rows: Rows) -> Contender:
    """One case after another with the generated function."""
    decide = compile_policy(policy)
    how = "Python generated from the policy, the encoded decision alone."
    return Contender("Instead, generated Python", how, len(rows), lambda: [decide(row) for row in rows], ours=True)


def explaining(policy: Policy, rows: Rows) -> Contender:
    """One case after another with its full explanation."""
    one = explained_one(policy, rows)
    count = range(len(rows))
    return Contender(one.name, one.how, len(rows), lambda: [one.code(one.decide_one(i)) for i in count], ours=True)


def explained_one(policy: Policy, rows: Rows) -> OneByOne:
    """The interpreter: every rule, true, false or unknown, why, and which facts are missing."""
    interpreter, code = Interpreter(policy), explained_code(policy)
    how = "Every rule true, false or unknown with each part of its condition, “or” rules, missing facts."
    name = "Instead with full explanation"
    return OneByOne(name, how, lambda index: interpreter.explain(rows[index]), code, ours=True)


def outcome_one(policy: Policy, rows: Rows) -> OneByOne:
    """The generated function on one case."""
    decide = compile_policy(policy)
    how = "Python generated from the policy, the encoded decision alone."
    return OneByOne("Instead, outcome alone", how, lambda index: decide(rows[index]), ours=True)


def explained_code(policy: Policy) -> Callable[[Explained], int]:
    """From an explained decision to its code."""
    encoding = Encoding.of(policy)
    position = {rule: index for index, rule in enumerate(encoding.rules)}

    def code(explained: Explained) -> int:
        decision = explained.decision
        return encoding.encode(position[decision.decided_by], sum(BIT[outcome] for outcome in decision.possible))

    return code


def _codes(result: pl.Series) -> Codes:
    return result.to_numpy().astype(np.int64)
