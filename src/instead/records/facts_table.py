"""Tables whose columns already are facts: checked names, values and domains.

A misspelt column must not become "unknown": every column without a meaning is named with the nearest fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rapidfuzz import fuzz

from instead.errors import BadData, Place, Problem, nearest
from instead.facts.vocabulary import Vocabulary
from instead.records.cases import CASE_ID
from instead.records.source_map import CaseMap, FactMap, Key, SourceMap, TableMap
from instead.records.tables import bad_parquet, read_tables

#: From this similarity on (of 100) an unknown column is taken for a misspelt fact, which is an error.
_MISSPELT = 80


@dataclass(frozen=True, slots=True)
class UnusedColumn:
    """A column that is no fact, and the fact most like it."""

    column: str
    nearest: str


def facts_source(data: Path, vocabulary: Vocabulary) -> tuple[SourceMap, tuple[UnusedColumn, ...]]:
    """A source map for a table of facts, made from its columns, and the columns that have no meaning.

    Raises :class:`BadData` for a column that looks like a misspelt fact, and when no column is a fact.
    """
    columns = _columns(data, vocabulary)
    facts = [name for name in columns if name in vocabulary]
    unused = tuple(UnusedColumn(name, vocabulary.nearest(name)) for name in columns if name not in (*facts, CASE_ID))
    _refuse_misspelt(data, unused, facts, has_id=CASE_ID in columns)
    if not facts:
        expected = f"columns named like facts, for instance {', '.join(list(vocabulary.facts)[:4])}"
        hint = " (court or police files need --source)"
        raise BadData([Problem(f"no column is a fact{hint}", Place(str(data)), expected)])
    source = _source(vocabulary, facts, has_id=CASE_ID in columns)
    return source, unused


def _columns(data: Path, vocabulary: Vocabulary) -> list[str]:
    if data.suffix == ".parquet" and data.is_file() and data.stat().st_size:
        try:
            return list(pl.read_parquet_schema(data))
        except Exception as error:  # noqa: BLE001 - the reader raises many kinds, all meaning the same here
            raise bad_parquet(data, error) from None
    table = read_tables(data, _source(vocabulary, [], has_id=False))["facts"]
    return table.columns


def _refuse_misspelt(data: Path, unused: tuple[UnusedColumn, ...], facts: Sequence[str], *, has_id: bool) -> None:
    problems = [
        Problem(
            f"the column `{column.column}` is no fact, and `{column.nearest}` has no column",
            Place(str(data), 1),
            "a column named like the fact; rename it, or take it out if it means something else",
            column.nearest,
        )
        for column in unused
        if column.nearest not in facts and fuzz.ratio(column.column.lower(), column.nearest) >= _MISSPELT
    ]
    near_id = next((c.column for c in unused if nearest(c.column.lower(), [CASE_ID], cutoff=_MISSPELT)), "")
    if near_id and not has_id:
        problems.append(Problem(f"the column `{near_id}` is no fact", Place(str(data), 1), "", CASE_ID))
    if problems:
        raise BadData(problems)


def _source(vocabulary: Vocabulary, facts: Sequence[str], *, has_id: bool) -> SourceMap:
    return SourceMap(
        id="facts",
        title="A table of facts",
        vocabulary=vocabulary.id,
        statutes="",
        tables=(TableMap("facts", ("facts.csv", "facts.parquet", "facts.jsonl")),),
        case=CaseMap("facts", Key((CASE_ID,) if has_id else (), fold=False), by_row=not has_id),
        facts=tuple(FactMap(name, name) for name in facts),
        date_formats=("%Y-%m-%d", "%Y-%m-%d %H:%M:%S"),
    )
