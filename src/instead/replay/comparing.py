"""Two policies over the same cases: which would be decided differently, by outcome and by rule."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from instead.policy.model import Policy
from instead.records.cases import CASE_ID
from instead.replay.screening import screen


@dataclass(frozen=True, slots=True)
class Change:
    """Cases that went from one outcome and rule to another. ``first_cases`` are the ids of the first few."""

    old_outcome: str
    new_outcome: str
    old_rule: str
    new_rule: str
    cases: int
    first_cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All cases under two policies, and the classes of those that are decided differently."""

    old: Policy
    new: Policy
    cases: int
    rows: pl.DataFrame

    @property
    def changed(self) -> pl.DataFrame:
        """The cases whose outcome differs."""
        return self.rows.filter(pl.col("old_outcome") != pl.col("new_outcome"))

    def changes(self) -> list[Change]:
        """Changes of outcome by rule and rule, the most frequent first."""
        keys = ["old_outcome", "new_outcome", "old_rule", "new_rule"]
        grouped = self.changed.group_by(keys).agg(pl.len().alias("cases"), pl.col(CASE_ID).head(3).alias("first"))
        grouped = grouped.sort("cases", *keys, descending=[True, False, False, False, False])
        return [
            Change(old, new, before, after, count, tuple(first))
            for old, new, before, after, count, first in grouped.iter_rows()
        ]

    def transitions(self) -> dict[tuple[str, str], int]:
        """Cases by old and new outcome, unchanged ones too."""
        grouped = self.rows.group_by("old_outcome", "new_outcome").len()
        return {(old, new): count for old, new, count in grouped.iter_rows()}


def compare(old: Policy, new: Policy, facts: pl.DataFrame, day: int | None = None) -> Comparison:
    """Decide the same cases under two policies, for decisions taken on ``day``."""
    before, after = screen(old, facts, day).rows(facts), screen(new, facts, day).rows(facts)
    rows = before.select(
        CASE_ID,
        pl.col("outcome").alias("old_outcome"),
        pl.col("decided_by").alias("old_rule"),
        after["outcome"].alias("new_outcome"),
        after["decided_by"].alias("new_rule"),
    )
    return Comparison(old, new, facts.height, rows)


def text_changes(old: Policy, new: Policy) -> list[str]:
    """What differs in the documents: rules, order, parameters and tracks, one sentence each."""
    found: list[str] = []
    before, after = {r.id: r for r in old.rules}, {r.id: r for r in new.rules}
    found += [f"rule `{name}` is gone" for name in before if name not in after]
    found += [
        f"rule `{name}` is new: {after[name].outcome} when {after[name].when or 'always'}"
        for name in after
        if name not in before
    ]
    for name in (name for name in before if name in after):
        one, two = before[name], after[name]
        if one.outcome != two.outcome:
            found.append(f"rule `{name}`: {one.outcome} becomes {two.outcome}")
        if one.formula != two.formula:
            found.append(f"rule `{name}`: its condition was {one.when!r} and is {two.when!r}")
        if one.track != two.track:
            found.append(f"rule `{name}`: its track was {one.track or 'none'} and is {two.track or 'none'}")
    common_old, common_new = [n for n in before if n in after], [n for n in after if n in before]
    if common_old != common_new:
        found.append("the order of the rules that both have is different")
    return found + _parameter_changes(old, new) + _track_changes(old, new)


def _parameter_changes(old: Policy, new: Policy) -> list[str]:
    found = [f"parameter `{name}` is gone" for name in old.parameters if name not in new.parameters]
    for name, parameter in new.parameters.items():
        before = old.parameters.get(name)
        if before is None:
            found.append(f"parameter `{name}` is new: {parameter.history()}")
        elif (before.shape, before.periods, before.date) != (parameter.shape, parameter.periods, parameter.date):
            found.append(f"parameter `{name}`: it was {before.history()} and is {parameter.history()}")
    return found


def _track_changes(old: Policy, new: Policy) -> list[str]:
    found = [f"track `{name}` is gone" for name in old.tracks if name not in new.tracks]
    for name, track in new.tracks.items():
        if name not in old.tracks:
            found.append(f"track `{name}` is new: {track.title}")
        elif old.tracks[name] != track:
            found.append(f"track `{name}` asks for something else")
    return found
