"""Plain Polars: the thirteen rules written out by hand, with Polars' own three-valued logic.

Nothing here is made from the policy: a change of ``thirteen.md`` must be repeated below, and the agreement check
fails until it is. That is what is compared: the price of having the policy in one readable place.
"""

from __future__ import annotations

import datetime as dt

import polars as pl
from contender import Contender, Meaning
from polars import col

HOW = (
    "Thirteen expressions by hand with Polars' own nulls, a column each; then one fold of `when` over them that "
    "carries rule and set of outcomes in one number."
)
HOW_SIMPLE = "`coalesce(when…)` by hand."

DECLINE, DIVERT, PROSECUTE, REVIEW = 1, 2, 4, 8
_OFFICER = 0


def _rules() -> list[tuple[pl.Expr, int]]:
    own_use = col("possession_only") | col("paraphernalia_only")
    first_time = (col("age") < 25) & (col("prior_convictions") == 0)
    return [
        (col("overdose_call_only") & col("stayed_and_identified") & own_use, DECLINE),
        (col("age") < 18, REVIEW),
        (col("delivery_charged") | col("intent_to_deliver_charged"), PROSECUTE),
        (col("violent_charged"), PROSECUTE),
        (col("weapon_charged") & (col("prior_convictions") >= 1), PROSECUTE),
        (col("weapon_charged"), REVIEW),
        (col("property_charged") & ~first_time, REVIEW),
        (col("cannabis_only") & (col("cannabis_mg") <= 30_000), DECLINE),
        (col("cannabis_only"), DIVERT),
        (col("possession_only") & (col("drug_known_by") == _OFFICER), REVIEW),
        (col("paraphernalia_only") & (col("offense_date") >= dt.date(2023, 1, 2)), DECLINE),
        (own_use & (col("prior_convictions") < 10), DIVERT),
    ]


def whole(cases: pl.DataFrame, meaning: Meaning) -> Contender:
    simple = meaning == "first hit"
    query = _first_hit if simple else _possible_outcomes
    return Contender(
        "plain Polars by hand",
        HOW_SIMPLE if simple else HOW,
        len(cases),
        lambda: query(cases.lazy()).collect(engine="streaming").to_series(),
        lambda result: result.to_numpy().astype("int64"),
    )


def _number(value: int, kind: type[pl.DataType] = pl.UInt8) -> pl.Expr:
    return pl.lit(value, dtype=kind)


def _first_hit(cases: pl.LazyFrame) -> pl.LazyFrame:
    hits = [pl.when(rule).then(_number(index)) for index, (rule, _) in enumerate(_rules())]
    return cases.select(pl.coalesce(*hits, _number(len(hits))).alias("decision"))


def _possible_outcomes(cases: pl.LazyFrame) -> pl.LazyFrame:
    rules = _rules()
    named = cases.select(rule.alias(f"r{index}") for index, (rule, _) in enumerate(rules))
    both = _number(16 * len(rules) + REVIEW, pl.UInt16)
    for index in range(len(rules) - 1, -1, -1):
        hit, bit = col(f"r{index}"), rules[index][1]
        unknown = pl.when(hit.is_null()).then(_number(bit, pl.UInt16)).otherwise(_number(0, pl.UInt16))
        both = pl.when(hit).then(_number(16 * index + bit, pl.UInt16)).otherwise(both | unknown)
    possible = col("both") & 15
    decided = (possible & (possible - 1)) == 0
    decision = pl.when(decided).then(col("both") // 16).otherwise(possible + 240).cast(pl.UInt8)
    return named.select(both.alias("both")).select(decision.alias("decision"))
