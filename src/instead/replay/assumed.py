"""What a policy decides if a source's assumptions hold, and how many cases rest on each of them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from instead.policy.model import NEEDS_FACTS, Policy
from instead.records.source_map import Assumption
from instead.replay.cases import CaseTable
from instead.replay.screening import Screening, screen


@dataclass(frozen=True, slots=True)
class Resting:
    """An assumption, and the cases that are decided with all assumptions but not without this one."""

    assumption: Assumption
    cases: int


@dataclass(frozen=True, slots=True)
class AssumedScreening:
    """Decided if assumed, beside which every number on facts stands."""

    screening: Screening
    facts: pl.DataFrame
    resting: tuple[Resting, ...]


def screen_assumed(policy: Policy, cases: CaseTable, day: int | None = None) -> AssumedScreening | None:
    """The screening under all assumptions of the source; None when they were not asked for."""
    if cases.assumed is None:
        return None
    assumed, facts = cases.assumed.collect(), cases.facts.collect()
    screening = screen(policy, assumed, day)
    decided = _decided(screening, assumed)
    resting = []
    for assumption in cases.assumptions:
        columns = cases.assumed_columns.get(assumption.name, ())
        without = _without(assumed, facts, columns)
        still = _decided(screen(policy, without, day), without)
        resting.append(Resting(assumption, decided.join(still, on="case_id", how="anti").height))
    return AssumedScreening(screening, assumed, tuple(resting))


def _decided(screening: Screening, facts: pl.DataFrame) -> pl.DataFrame:
    return screening.rows(facts).filter(pl.col("outcome") != NEEDS_FACTS).select("case_id")


def _without(assumed: pl.DataFrame, facts: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """The assumed facts with some columns as they are known."""
    known = [name for name in columns if name in facts.columns]
    dropped = assumed.drop(columns)
    return dropped.join(facts.select("case_id", *known), on="case_id", how="left", maintain_order="left")
