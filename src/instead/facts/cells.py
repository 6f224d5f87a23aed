"""Cells: rows that a set of formulas cannot tell apart, as one row with one code from each stretch of a domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from instead.facts.vocabulary import Fact


def cell_columns(facts: Iterable[Fact], cuts: Mapping[str, tuple[int, ...]]) -> list[pl.Expr]:
    """For each fact the code that stands for all codes which the formulas cannot tell from a row's own; null unknown.

    ``cuts`` are the representatives of :func:`instead.facts.admissible.representatives`.
    """
    return [_representative(fact, cuts[fact.name]) for fact in facts]


def _representative(fact: Fact, codes: tuple[int, ...]) -> pl.Expr:
    column = pl.col(fact.name)
    if fact.kind == "yes_no":
        return column.cast(pl.Boolean).cast(pl.Int64).alias(fact.name)
    code = column.to_physical().cast(pl.Int64)
    chosen = pl.lit(codes[0], pl.Int64)
    for cut in codes[1:]:
        chosen = pl.when(code >= cut).then(pl.lit(cut, pl.Int64)).otherwise(chosen)
    return pl.when(code.is_not_null()).then(chosen).alias(fact.name)
