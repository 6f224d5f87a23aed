"""Which rows of a table of facts are possible cases; the others are set aside with the constraint they break.

Rows that the constraints cannot tell apart are looked at once.
"""

from __future__ import annotations

import polars as pl

from instead.facts.admissible import broken_constraint, representatives
from instead.facts.cells import cell_columns
from instead.facts.formula import facts_in
from instead.facts.vocabulary import Vocabulary


def broken_constraints(frame: pl.DataFrame, vocabulary: Vocabulary) -> pl.Series:
    """For each row the id of a constraint that no completion can satisfy, or null when the row is admissible."""
    named = {name for constraint in vocabulary.constraints for name in facts_in(constraint.formula)}
    facts = [vocabulary[name] for name in vocabulary.facts if name in named and name in frame.columns]
    if not facts or not frame.height:
        return pl.Series("broken", [None] * frame.height, dtype=pl.String)
    cuts = representatives(vocabulary, [constraint.formula for constraint in vocabulary.constraints])
    cells = frame.select(cell_columns(facts, cuts))
    distinct = cells.unique(maintain_order=True)
    broken = [broken_constraint(row, vocabulary) for row in distinct.iter_rows(named=True)]
    distinct = distinct.with_columns(pl.Series("broken", [c.id if c else None for c in broken], dtype=pl.String))
    return cells.join(distinct, on=[fact.name for fact in facts], how="left", nulls_equal=True, maintain_order="left")[
        "broken"
    ]
