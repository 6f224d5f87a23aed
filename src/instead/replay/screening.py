"""Screening: one policy over many cases, decided cell by cell.

Rows that the policy and the constraints cannot tell apart form one cell. Polars decides the cells; the interpreter
says what is missing in each and confirms the decision, so that two back ends agree in every run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from instead.facts.admissible import representatives
from instead.facts.cells import cell_columns
from instead.facts.vocabulary import Fact
from instead.policy.columns import decisions
from instead.policy.decision import Decision, Encoding
from instead.policy.interpret import Interpreter
from instead.policy.model import NEEDS_FACTS, OUTCOMES, Policy
from instead.records.cases import CASE_ID

_COUNT = "cases"


class BackEndsDisagreeError(AssertionError):
    """Two back ends decided one case differently: a fault of this program, never of the data."""


@dataclass(frozen=True)
class Screening:
    """What a policy says of a table of facts. ``cells`` has the codes of each cell, its decision and its cases."""

    policy: Policy
    facts: tuple[Fact, ...]
    cells: pl.DataFrame
    cuts: dict[str, tuple[int, ...]]

    @property
    def cases(self) -> int:
        return int(self.cells[_COUNT].sum())

    def outcomes(self) -> dict[str, int]:
        """Cases by outcome, every outcome and ``needs_facts`` there."""
        counted = self._sum_by("outcome")
        return {name: counted.get(name, 0) for name in (*OUTCOMES, NEEDS_FACTS)}

    def rules(self) -> dict[str, int]:
        """Decided cases by the rule that decided them, every rule there."""
        counted = self._sum_by("decided_by", self.cells.filter(pl.col("outcome") != NEEDS_FACTS))
        return {rule.id: counted.get(rule.id, 0) for rule in self.policy.rules}

    def missing(self) -> dict[str, int]:
        """For each fact the cases that need facts and wait for it, the most frequent first."""
        waiting = self.cells.filter(pl.col("outcome") == NEEDS_FACTS).explode("missing")
        counted = self._sum_by("missing", waiting)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def _sum_by(self, column: str, cells: pl.DataFrame | None = None) -> dict[str, int]:
        frame = (self.cells if cells is None else cells).group_by(column).agg(pl.col(_COUNT).sum())
        return {name: count for name, count in frame.iter_rows() if name is not None}

    def rows(self, facts: pl.DataFrame) -> pl.DataFrame:
        """One row a case: case_id, outcome, decided_by, possible, missing and ask_first."""
        names = [fact.name for fact in self.facts]
        shown = ("outcome", "decided_by", "possible", "missing", "ask_first")
        if not names:
            return facts.select(CASE_ID).join(self.cells.select(shown), how="cross")
        keyed = facts.select(CASE_ID, *cell_columns(self.facts, self.cuts))
        joined = keyed.join(self.cells, on=names, how="left", nulls_equal=True, maintain_order="left")
        return joined.select(CASE_ID, *shown)


def screen(policy: Policy, facts: pl.LazyFrame | pl.DataFrame, day: int | None = None) -> Screening:
    """Decide every row of a table of facts, streaming, for decisions taken on ``day``."""
    bound = policy.on(day)
    lazy = facts.lazy()
    columns = lazy.collect_schema().names()
    used = tuple(fact for fact in bound.facts if fact.name in columns)
    cuts = representatives(policy.vocabulary, [rule.formula for rule in bound.rules])
    cells = _count_cells(lazy, used, cuts)
    codes = cells.select(decisions(bound, [fact.name for fact in used]))["decision"]
    explained = _explain(bound, cells, used, codes)
    return Screening(policy, used, cells.hstack(explained), cuts)


def _count_cells(lazy: pl.LazyFrame, used: tuple[Fact, ...], cuts: dict[str, tuple[int, ...]]) -> pl.DataFrame:
    if not used:
        return lazy.select(pl.len().alias(_COUNT)).collect()
    names = [fact.name for fact in used]
    grouped = lazy.select(cell_columns(used, cuts)).group_by(names).agg(pl.len().alias(_COUNT))
    return grouped.collect(engine="streaming").sort(names)


def _explain(bound: Policy, cells: pl.DataFrame, used: Iterable[Fact], codes: pl.Series) -> list[pl.Series]:
    """The decision of each cell in words, from the interpreter, which must agree with the codes."""
    interpreter, encoding = Interpreter(bound), Encoding.of(bound)
    found: list[Decision] = []
    names = [fact.name for fact in used]
    rows = cells.select(names).iter_rows(named=True) if names else iter([{}])
    for code, row in zip(codes.to_list(), rows, strict=True):
        decision = interpreter.decide(row)
        same_outcomes = encoding.possible(code) == decision.possible
        same_rule = encoding.needs_facts(code) or encoding.rules[code] == decision.decided_by
        if not (same_outcomes and same_rule):
            raise BackEndsDisagreeError(f"{bound.id}: {row} is {code} in columns and {decision} by the interpreter")
        found.append(decision)
    texts = pl.List(pl.String)
    return [
        pl.Series("outcome", [d.counted_as for d in found], dtype=pl.String),
        pl.Series("decided_by", [d.decided_by for d in found], dtype=pl.String),
        pl.Series("possible", [list(d.possible) for d in found], dtype=texts),
        pl.Series("missing", [list(d.missing) for d in found], dtype=texts),
        pl.Series("ask_first", [d.ask_first for d in found], dtype=pl.String),
    ]
