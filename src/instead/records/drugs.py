"""From lines about drugs to facts: what was found and what it weighs, in whole milligrams.

A drug that is not listed is not thereby absent, unless the source says that its list is complete.
Found and not weighed: found is true, the weight unknown.
"""

from __future__ import annotations

import polars as pl

from instead.facts.units import MASS, plain_decimal, to_smallest
from instead.facts.vocabulary import Vocabulary
from instead.records.cases import CASE, Cases
from instead.records.fact_columns import within_domain
from instead.records.notes import Notes
from instead.records.source_map import Correction, DrugsMap, SourceMap
from instead.records.tables import Table
from instead.records.values import need_columns

#: Words of the vocabulary for the drugs that facts ask about; any other drug is "other".
FOUND = ("cannabis", "heroin", "fentanyl", "cocaine", "methamphetamine")
CANNABIS = ("cannabis", "hashish")
_UNKNOWN = "unknown"
#: Every word that `[drugs.names]` of a map may use.
WORDS = tuple(dict.fromkeys((*FOUND, *CANNABIS, "other", _UNKNOWN)))


def drug_facts(
    table: Table,
    cases: Cases,
    source: SourceMap,
    vocabulary: Vocabulary,
    notes: Notes,
    *,
    complete: pl.DataFrame | None,
) -> pl.DataFrame:
    """Facts about drugs for every case with drug lines, and for cases whose list is complete and empty.

    ``complete`` holds the cases whose list is known to be complete. A line that was set aside is one of an unknown
    drug that nobody weighed.
    """
    drugs = source.drugs
    assert drugs is not None
    need_columns(table, (*drugs.case.columns, drugs.drug, drugs.quantity, drugs.unit, drugs.known_by), "[drugs]")
    own = cases.of(table, drugs.case)
    rows = pl.concat([own, cases.named(table.torn, drugs.case)], how="diagonal")
    rows = _weighed(rows, drugs, [c for c in source.corrections if c.table == drugs.table], notes)
    names = (
        pl.col(drugs.drug).str.to_lowercase().replace_strict(_lower(drugs), default=_UNKNOWN, return_dtype=pl.String)
    )
    rows = rows.with_columns(names.fill_null(_UNKNOWN).alias("§drug"))
    _note_names(rows, drugs, notes)
    listed = rows.group_by(CASE, maintain_order=True).agg(_facts(drugs, _members(drugs, rows, vocabulary, notes)))
    if complete is not None:
        listed = complete.join(listed, on=CASE, how="full", coalesce=True).with_columns(_empty_lists())
        listed = listed.join(complete.with_columns(pl.lit(True).alias("§complete")), on=CASE, how="left")
    else:
        listed = listed.with_columns(pl.lit(None, pl.Boolean).alias("§complete"))
    found = listed.with_columns(_with_absence()).select(CASE, *_columns(drugs))
    amounts = [vocabulary[name] for name in found.columns if name in vocabulary and vocabulary[name].kind == "amount"]
    return found.with_columns(within_domain(found[fact.name], fact, notes).alias(fact.name) for fact in amounts)


def _members(drugs: DrugsMap, rows: pl.DataFrame, vocabulary: Vocabulary, notes: Notes) -> tuple[str, ...]:
    """The words for how a drug is known; other words are unknown, and noted."""
    if not drugs.known_by:
        return ()
    members = vocabulary["drug_known_by"].members
    written = rows[drugs.known_by].drop_nulls()
    strange = written.filter(~written.is_in(list(members)))
    notes.add("drug_known_by", "a value that cannot be read", len(strange), strange.unique().head(3).to_list())
    return members


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
    rows = rows.with_columns(divide.alias("§divide"))
    distinct = rows.select(drugs.quantity, drugs.unit, "§divide").unique(maintain_order=True)
    weights = [_mg(quantity, unit, divide, drugs) for quantity, unit, divide in distinct.iter_rows()]
    distinct = distinct.with_columns(
        pl.Series("§mg", [weight for weight, _ in weights], dtype=pl.Int64),
        pl.Series("§why", [why for _, why in weights], dtype=pl.String),
    )
    joined = rows.join(distinct, on=[drugs.quantity, drugs.unit, "§divide"], how="left", nulls_equal=True)
    for reason, count in joined.filter(pl.col("§why") != "").group_by("§why", maintain_order=True).len().iter_rows():
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
    word = pl.col(drugs.drug).str.to_lowercase()
    strange = rows.filter((pl.col("§drug") == _UNKNOWN) & word.is_not_null() & ~word.is_in(list(_lower(drugs))))
    notes.add("drug", "a word the map does not know", strange.height, strange[drugs.drug].unique().head(3).to_list())
    notes.add("drug", "no word for the drug", rows.filter(word.is_null()).height)


def _facts(drugs: DrugsMap, known_by: tuple[str, ...]) -> list[pl.Expr]:
    """Per case: which drugs are listed, the sum of their weights where every line is weighed, how they are known."""
    drug, weight = pl.col("§drug"), pl.col("§mg")
    found = [(drug == name).any().alias(f"{name}_found") for name in FOUND]
    nameless = (drug == _UNKNOWN).any().alias("§nameless")
    weights = [_sum(weight, drug == name).alias(f"{name}_mg") for name in CANNABIS]
    other = _sum(weight, ~drug.is_in(CANNABIS)).alias("drug_mg")
    if not drugs.known_by:
        return [*found, nameless, *weights, other]
    by = pl.col(drugs.known_by)
    known = by.replace_strict(list(known_by), list(known_by), default=None, return_dtype=pl.String)
    agreed = pl.when(known.n_unique() == 1).then(known.first()).alias("drug_known_by")
    return [*found, nameless, *weights, other, agreed]


def _sum(weight: pl.Expr, which: pl.Expr) -> pl.Expr:
    """The sum over some lines of a group; null when one of them is not weighed, 0 when there are none."""
    chosen = weight.filter(which)
    return pl.when(chosen.null_count() == 0).then(chosen.sum())


def _empty_lists() -> list[pl.Expr]:
    """A complete list without a line: nothing was found."""
    found = [pl.col(f"{name}_found").fill_null(False) for name in FOUND]
    listed = pl.col("§nameless").is_not_null()
    weights = [
        pl.when(listed).then(pl.col(name)).otherwise(pl.lit(0)).alias(name)
        for name in (*(f"{drug}_mg" for drug in CANNABIS), "drug_mg")
    ]
    return [*found, *weights, pl.col("§nameless").fill_null(False)]


def _with_absence() -> list[pl.Expr]:
    """Absence and zero weight hold only where the list is complete and no line is of an unknown drug."""
    sure = pl.col("§complete").fill_null(False) & ~pl.col("§nameless")
    found = [pl.when(pl.col(f"{n}_found") | sure).then(pl.col(f"{n}_found")).alias(f"{n}_found") for n in FOUND]
    weights = [
        pl.when(sure | ((pl.col(f"{n}_mg") > 0) & ~pl.col("§nameless"))).then(pl.col(f"{n}_mg")).alias(f"{n}_mg")
        for n in CANNABIS
    ]
    return [*found, *weights, pl.when(sure).then(pl.col("drug_mg")).alias("drug_mg")]


def _columns(drugs: DrugsMap) -> list[str]:
    known_by = ["drug_known_by"] if drugs.known_by else []
    return [*(f"{name}_found" for name in FOUND), *(f"{name}_mg" for name in CANNABIS), "drug_mg", *known_by]
