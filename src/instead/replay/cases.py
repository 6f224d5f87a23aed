"""Opening cases for screening: any source through its map, or a table of facts as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from instead.errors import BadData, Place, Problem
from instead.facts.vocabulary import Fact, Vocabulary, date_of
from instead.library import Library
from instead.records.admissible_rows import broken_constraints
from instead.records.cases import CASE_ID
from instead.records.fact_columns import dtype_of
from instead.records.facts_table import UnusedColumn, facts_source
from instead.records.importing import Imported, Progress, import_source, quiet
from instead.records.notes import Notes
from instead.records.row_count import RowCount
from instead.records.source_map import Assumption, SourceMap
from instead.records.source_map_file import check_against, open_source
from instead.records.tables import bad_parquet
from instead.statutes.book_file import open_book


@dataclass(frozen=True)
class CaseTable:
    """Facts of many cases, with the account of the rows they came from.

    ``facts`` may be lazy over a file larger than memory. ``assumed`` is there under ``--assume``.
    """

    facts: pl.LazyFrame
    files: tuple[RowCount, ...]
    notes: Notes
    inadmissible: pl.DataFrame
    source: SourceMap
    book_digest: str = ""
    assumed: pl.LazyFrame | None = None
    assumed_columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: pl.DataFrame | None = None
    unused: tuple[UnusedColumn, ...] = ()

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        return self.source.assumptions


def open_cases(
    data: Path,
    source_name: str | None,
    vocabulary: Vocabulary,
    library: Library,
    *,
    assume: bool = False,
    progress: Progress = quiet,
) -> CaseTable:
    """The cases in ``data``: court or police files with a source map, or a table of facts without one."""
    if source_name is None:
        scanned = _scan(data, vocabulary) if data.suffix == ".parquet" and data.is_file() else None
        if scanned is not None:
            return scanned
        source, unused = facts_source(data, vocabulary)
        imported = import_source(data, source, None, vocabulary, progress=progress)
        return _table(imported, source, "", unused)
    path = library.find("sources", source_name)
    source = open_source(source_name, library)
    library.find("vocabularies", source.vocabulary, asked_by=path)
    if source.vocabulary != vocabulary.id:
        message = f"the source map {source.id} speaks of {source.vocabulary}, the policy of {vocabulary.id}"
        raise BadData([Problem(message, Place(str(path)), "a map and a policy of one vocabulary")])
    check_against(source, vocabulary, str(path))
    book = open_book(source.statutes, library, asked_by=path) if source.statutes else None
    imported = import_source(data, source, book, vocabulary, assume=assume, progress=progress)
    return _table(imported, source, book.digest if book else "", ())


def _table(imported: Imported, source: SourceMap, book_digest: str, unused: tuple[UnusedColumn, ...]) -> CaseTable:
    assumed = imported.assumed
    return CaseTable(
        facts=imported.facts.lazy(),
        files=imported.files,
        notes=imported.notes,
        inadmissible=imported.set_aside,
        source=source,
        book_digest=book_digest,
        assumed=assumed.facts.lazy() if assumed else None,
        assumed_columns=assumed.columns if assumed else {},
        attributes=imported.attributes,
        unused=unused,
    )


def _scan(data: Path, vocabulary: Vocabulary) -> CaseTable | None:
    """A Parquet table of facts that already has the right types, lazily; None when it must be read value by value."""
    source, unused = facts_source(data, vocabulary)
    lazy = pl.scan_parquet(data)
    schema = lazy.collect_schema()
    facts = [vocabulary[mapped.fact] for mapped in source.facts]
    if schema.get(CASE_ID) != pl.String or not all(_typed(schema[fact.name], dtype_of(fact)) for fact in facts):
        return None
    try:
        return _scanned(lazy, data, source, facts, vocabulary, unused)
    except pl.exceptions.PolarsError as error:
        raise bad_parquet(data, error) from None


def _scanned(
    lazy: pl.LazyFrame,
    data: Path,
    source: SourceMap,
    facts: list[Fact],
    vocabulary: Vocabulary,
    unused: tuple[UnusedColumn, ...],
) -> CaseTable | None:
    name = pl.col(CASE_ID)
    unclean = (name.is_null() | (name.str.strip_chars() != name) | (name == "")).sum()
    rows, distinct, odd = (
        lazy.select(pl.len(), name.n_unique().alias("distinct"), unclean.alias("odd")).collect().row(0)
    )
    if rows != distinct or odd:
        return None
    notes, count = Notes(), RowCount(data.name, rows)
    lazy = lazy.select(name, *(pl.col(fact.name).cast(dtype_of(fact)) for fact in facts))
    for fact in facts:
        if fact.kind in ("whole_number", "amount", "date"):
            lazy = _inside(lazy, fact, notes)
    bad = _inadmissible(lazy, vocabulary)
    if bad.height:
        numbered = lazy.with_row_index("§row", 1).select("§row", CASE_ID).join(bad.lazy(), on=CASE_ID).collect()
        for constraint in numbered["constraint"].unique(maintain_order=True).to_list():
            which = numbered.filter(pl.col("constraint") == constraint)["§row"]
            count.put_aside(which, f"no such case is possible (constraint {constraint})")
        lazy = lazy.join(bad.lazy(), on=CASE_ID, how="anti", maintain_order="left")
    return CaseTable(lazy, (count,), notes, bad, source, unused=unused)


def _inside(lazy: pl.LazyFrame, fact: Fact, notes: Notes) -> pl.LazyFrame:
    """Values outside a fact's domain are unknown, and noted."""
    low, high = (date_of(fact.low), date_of(fact.high)) if fact.kind == "date" else (fact.low, fact.high)
    column = pl.col(fact.name)
    outside = lazy.select(column).filter(~column.is_between(low, high))
    count = outside.select(pl.len()).collect(engine="streaming").item()
    if not count:
        return lazy
    samples = [str(value) for value in outside.unique().sort(fact.name).head(3).collect()[fact.name].to_list()]
    notes.add(fact.name, f"outside the domain ({fact.show(fact.low)} to {fact.show(fact.high)})", count, samples)
    return lazy.with_columns(pl.when(column.is_between(low, high)).then(column).alias(fact.name))


def _typed(found: pl.DataType, wanted: pl.DataType) -> bool:
    if isinstance(wanted, pl.Int64):
        return found.is_integer() and found != pl.UInt64 and found != pl.Int128
    return found == wanted


def _inadmissible(lazy: pl.LazyFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """The case_ids of impossible rows with the constraint each breaks; read in pieces that fit in memory."""
    found = []
    for batch in lazy.collect_batches(chunk_size=2_000_000):
        broken = batch.select(CASE_ID).with_columns(broken_constraints(batch, vocabulary).alias("constraint"))
        found.append(broken.filter(pl.col("constraint").is_not_null()))
    return pl.concat(found) if found else pl.DataFrame(schema={CASE_ID: pl.String, "constraint": pl.String})
