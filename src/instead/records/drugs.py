"""From lines about drugs to facts: what was found and what it weighs, in whole milligrams.

A drug that is not listed is not thereby absent, unless the source says that its list is complete.
Found and not weighed: found is true, the weight unknown.
"""

from __future__ import annotations

import polars as pl

from instead.facts.units import MASS, plain_decimal, to_smallest
from instead.records.cases import CASE, Cases
from instead.records.notes import Notes
from instead.records.source_map import Correction, DrugsMap, SourceMap
from instead.records.tables import Table
from instead.records.values import need_columns

#: Words of the vocabulary for the drugs that facts ask about; any other drug is "other".
FOUND = ("cannabis", "heroin", "fentanyl", "cocaine", "methamphetamine")
CANNABIS = ("cannabis", "hashish")
_UNKNOWN = "unknown"


def drug_facts(
    table: Table, cases: Cases, source: SourceMap, notes: Notes, *, complete: pl.DataFrame | None
) -> pl.DataFrame:
    """Facts about drugs for every case with drug lines, and for cases whose list is complete and empty.

    ``complete`` holds the cases whose list is known to be complete.
    """
    drugs = source.drugs
    assert drugs is not None
    need_columns(table, (*drugs.case.columns, drugs.drug, drugs.quantity, drugs.unit, drugs.known_by), "[drugs]")
    rows = cases.of(table, drugs.case)
    rows = _weighed(rows, drugs, [c for c in source.corrections if c.table == drugs.table], notes)
    names = (
        pl.col(drugs.drug).str.to_lowercase().replace_strict(_lower(drugs), default=_UNKNOWN, return_dtype=pl.String)
    )
    rows = rows.with_columns(names.fill_null(_UNKNOWN).alias("_drug"))
    _note_names(rows, drugs, notes)
    listed = rows.group_by(CASE, maintain_order=True).agg(_facts(drugs))
    if complete is not None:
        listed = complete.join(listed, on=CASE, how="full", coalesce=True).with_columns(_empty_lists())
        listed = listed.join(complete.with_columns(_complete=pl.lit(True)), on=CASE, how="left")
    else:
        listed = listed.with_columns(_complete=pl.lit(None, pl.Boolean))
    return listed.with_columns(_with_absence()).select(CASE, *_columns(drugs))


def _lower(drugs: DrugsMap) -> dict[str, str]:
    return {written.lower(): ours for written, ours in drugs.names.items()}


def _weighed(rows: pl.DataFrame, drugs: DrugsMap, corrections: list[Correction], notes: Notes) -> pl.DataFrame:
    """The weight of each line in milligrams; unknown without a number or with a unit that has no mass."""
    divide = pl.lit(1, pl.Int64)
    for correction in corrections:
        hit = pl.all_horizontal(pl.col(column) == value for column, value in correction.where.items())
        divide = pl.when(hit.fill_null(False)).then(pl.lit(correction.divide)).otherwise(divide)
        count = rows.filter(hit.fill_null(False) & pl.col(correction.column).is_not_null()).height
        notes.add("drug weight", f"corrected, divided by {correction.divide:,}: {correction.because}", count)
    rows = rows.with_columns(divide.alias("_divide"))
    distinct = rows.select(drugs.quantity, drugs.unit, "_divide").unique(maintain_order=True)
    weights = [_mg(quantity, unit, divide, drugs) for quantity, unit, divide in distinct.iter_rows()]
    distinct = distinct.with_columns(
        pl.Series("_mg", [weight for weight, _ in weights], dtype=pl.Int64),
        pl.Series("_why", [why for _, why in weights], dtype=pl.String),
    )
    joined = rows.join(distinct, on=[drugs.quantity, drugs.unit, "_divide"], how="left", nulls_equal=True)
    for reason, count in joined.filter(pl.col("_why") != "").group_by("_why", maintain_order=True).len().iter_rows():
        notes.add("drug weight", reason, count)
    return joined


_HEAVIEST_MG = 10_000_000_000


def _mg(quantity: str | None, unit: str | None, divide: int, drugs: DrugsMap) -> tuple[int | None, str]:
    """Milligrams, or None and why not. A weight of zero is one that nobody wrote down."""
    if not quantity:
        return None, "not weighed"
    if unit is None or unit not in drugs.units:
        return None, f"unit {unit or 'not given'}: unknown"
    ours = drugs.units[unit]
    if not ours:
        return None, f"unit {unit}: has no mass"
    written = plain_decimal(quantity)
    if written is None:
        return None, "the quantity is no number"
    number = written / divide
    weight = to_smallest(number, ours, MASS)
    if weight is None or weight < 0 or weight > _HEAVIEST_MG:
        return None, "the quantity is outside what can be weighed"
    return (None, "quantity 0: not weighed") if number == 0 else (weight, "")


def _note_names(rows: pl.DataFrame, drugs: DrugsMap, notes: Notes) -> None:
    strange = rows.filter(
        (pl.col("_drug") == _UNKNOWN) & ~pl.col(drugs.drug).str.to_lowercase().is_in(list(_lower(drugs)))
    )
    notes.add("drug", "a word the map does not know", strange.height, strange[drugs.drug].unique().head(3).to_list())


def _facts(drugs: DrugsMap) -> list[pl.Expr]:
    """Per case: which drugs are listed, the sum of their weights where every line is weighed, how they are known."""
    drug, weight = pl.col("_drug"), pl.col("_mg")
    found = [(drug == name).any().alias(f"{name}_found") for name in FOUND]
    nameless = (drug == _UNKNOWN).any().alias("_nameless")
    weights = [_sum(weight, drug == name).alias(f"{name}_mg") for name in CANNABIS]
    other = _sum(weight, ~drug.is_in(CANNABIS)).alias("drug_mg")
    if not drugs.known_by:
        return [*found, nameless, *weights, other]
    by = pl.col(drugs.known_by)
    agreed = pl.when(by.n_unique() == 1).then(by.first()).alias("drug_known_by")
    return [*found, nameless, *weights, other, agreed]


def _sum(weight: pl.Expr, which: pl.Expr) -> pl.Expr:
    """The sum over some lines of a group; null when one of them is not weighed, 0 when there are none."""
    chosen = weight.filter(which)
    return pl.when(chosen.null_count() == 0).then(chosen.sum())


def _empty_lists() -> list[pl.Expr]:
    """A complete list without a line: nothing was found."""
    found = [pl.col(f"{name}_found").fill_null(False) for name in FOUND]
    listed = pl.col("_nameless").is_not_null()
    weights = [
        pl.when(listed).then(pl.col(name)).otherwise(pl.lit(0)).alias(name)
        for name in (*(f"{drug}_mg" for drug in CANNABIS), "drug_mg")
    ]
    return [*found, *weights, pl.col("_nameless").fill_null(False)]


def _with_absence() -> list[pl.Expr]:
    """Absence and zero weight hold only where the list is complete and no line is of an unknown drug."""
    sure = pl.col("_complete").fill_null(False) & ~pl.col("_nameless")
    found = [pl.when(pl.col(f"{n}_found") | sure).then(pl.col(f"{n}_found")).alias(f"{n}_found") for n in FOUND]
    weights = [
        pl.when(sure | ((pl.col(f"{n}_mg") > 0) & ~pl.col("_nameless"))).then(pl.col(f"{n}_mg")).alias(f"{n}_mg")
        for n in CANNABIS
    ]
    return [*found, *weights, pl.when(sure).then(pl.col("drug_mg")).alias("drug_mg")]


def _columns(drugs: DrugsMap) -> list[str]:
    known_by = ["drug_known_by"] if drugs.known_by else []
    return [*(f"{name}_found" for name in FOUND), *(f"{name}_mg" for name in CANNABIS), "drug_mg", *known_by]
