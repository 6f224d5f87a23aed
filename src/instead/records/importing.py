"""From the files of a source to case facts: one row a case, every row of every file accounted for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from instead.facts.vocabulary import Vocabulary
from instead.records.admissible_rows import broken_constraints
from instead.records.cases import CASE, Cases, read_cases
from instead.records.charges import charge_facts, charge_rows, offense_dates, with_unknown_charge
from instead.records.drugs import drug_facts
from instead.records.fact_columns import constant, dtype_of, from_column, within_domain
from instead.records.notes import Notes
from instead.records.row_count import RowCount
from instead.records.source_map import Assumption, FactMap, SourceMap
from instead.records.tables import ROW, Table, read_tables
from instead.records.values import need_columns
from instead.statutes.book import StatuteBook

#: Called with a sentence about what is being done.
Progress = Callable[[str], None]


def quiet(_sentence: str) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """The facts with the source's assumptions filled in, and the columns in which each one filled something."""

    facts: pl.DataFrame
    columns: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Imported:
    """``facts`` has ``case_id`` and a column a fact, null for unknown. ``set_aside`` are the inadmissible cases."""

    facts: pl.DataFrame
    assumed: Assumed | None
    attributes: pl.DataFrame
    set_aside: pl.DataFrame
    files: tuple[RowCount, ...]
    notes: Notes


def import_source(
    data: Path,
    source: SourceMap,
    book: StatuteBook | None,
    vocabulary: Vocabulary,
    *,
    assume: bool = False,
    progress: Progress = quiet,
) -> Imported:
    """Read a source's files and make the facts of its cases."""
    progress("reading files")
    tables = read_tables(data, source)
    _correct(tables, source)
    progress("finding cases")
    cases = read_cases(tables[source.case.table], source)
    notes = Notes()
    maker = _Maker(tables, cases, source, book, vocabulary, notes)
    progress("making facts")
    facts = maker.facts()
    assumed = _assume(facts, maker, source, vocabulary) if assume else None
    progress("checking constraints")
    broken = facts.select(CASE).with_columns(broken_constraints(facts, vocabulary).alias("constraint"))
    bad = broken.filter(pl.col("constraint").is_not_null())
    _set_rows_aside(bad, maker.rows_of_cases, tables)
    kept = facts.join(bad.select(CASE), on=CASE, how="anti", maintain_order="left")
    if assumed is not None:
        rest = assumed.facts.join(bad.select(CASE), on=CASE, how="anti", maintain_order="left")
        assumed = Assumed(_still_admissible(rest, kept, vocabulary, notes), assumed.columns)
    files = tuple(table.rows for table in tables.values())
    return Imported(kept, assumed, _attributes(cases, source, kept), bad, files, notes)


def _correct(tables: dict[str, Table], source: SourceMap) -> None:
    """Check that the columns of corrections are there; drug quantities are corrected where they are weighed."""
    for correction in source.corrections:
        need_columns(tables[correction.table], (correction.column, *correction.where), "[[correct]]")


class _Maker:
    """Makes the table of facts: on facts alone, or as if lists of drugs or charges were complete."""

    def __init__(
        self,
        tables: dict[str, Table],
        cases: Cases,
        source: SourceMap,
        book: StatuteBook | None,
        vocabulary: Vocabulary,
        notes: Notes,
    ) -> None:
        self.tables, self.cases, self.source = tables, cases, source
        self.vocabulary, self.notes = vocabulary, notes
        self.rows_of_cases: dict[str, pl.DataFrame] = {source.case.table: cases.rows}
        self.book = book
        self.charge_rows: pl.DataFrame | None = None
        if source.charges is not None and book is not None:
            name = source.charges.table
            self.charge_rows = charge_rows(tables[name], cases, source)
            self.rows_of_cases.setdefault(name, self.charge_rows.select(ROW, CASE))

    def _charges(self, notes: Notes, *, primary_only: bool) -> pl.DataFrame | None:
        rows, charges = self.charge_rows, self.source.charges
        if rows is None or charges is None or self.book is None:
            return None
        every = with_unknown_charge(rows, self.cases) if primary_only else rows
        facts = charge_facts(every, self.book, self.vocabulary, notes)
        if charges.date and "offense_date" in self.vocabulary:
            dates = offense_dates(rows, notes)
            inside = within_domain(dates["offense_date"], self.vocabulary["offense_date"], notes)
            facts = facts.join(dates.with_columns(inside.alias("offense_date")), on=CASE, how="left")
        return facts

    def facts(self, *, drugs_complete: bool = False, charges_complete: bool = False) -> pl.DataFrame:
        """One row a case, in the order of the case table; only facts of the vocabulary.

        What became unknown is noted on facts alone, not again under an assumption.
        """
        notes = Notes() if drugs_complete or charges_complete else self.notes
        primary_only = self.source.charges is not None and self.source.charges.primary_only
        frame = self._with(self.cases.ids, self._charges(notes, primary_only=primary_only and not charges_complete))
        frame = self._with(frame, self._drugs(notes, drugs_complete))
        for mapped in self.source.facts:
            frame = self._with(frame, self._column(mapped, notes))
        known = [name for name in self.vocabulary.facts if name in frame.columns]
        return frame.select(CASE, *(pl.col(name).cast(dtype_of(self.vocabulary[name])) for name in known))

    @staticmethod
    def _with(frame: pl.DataFrame, more: pl.DataFrame | None) -> pl.DataFrame:
        """Join facts; a fact that is already there keeps its known values."""
        if more is None:
            return frame
        joined = frame.join(more, on=CASE, how="left", maintain_order="left", suffix="_more")
        both = [name for name in more.columns if name != CASE and name in frame.columns]
        filled = joined.with_columns(pl.col(name).fill_null(pl.col(f"{name}_more")) for name in both)
        return filled.drop(f"{name}_more" for name in both)

    def _column(self, mapped: FactMap, notes: Notes) -> pl.DataFrame:
        name = mapped.table or self.source.case.table
        if name == self.source.case.table:
            need_columns(self.tables[name], (mapped.column, mapped.years_since), "[[fact]]")
            values = from_column(self.cases.first, mapped, self.vocabulary, self.source.date_formats, notes)
            return self.cases.ids.with_columns(values)
        table = self.tables[name]
        need_columns(table, (mapped.column, mapped.years_since), "[[fact]]")
        rows = self.cases.of(table, self.source.case.id)
        self.rows_of_cases.setdefault(name, rows.select(ROW, CASE))
        values = from_column(rows, mapped, self.vocabulary, self.source.date_formats, notes)
        return _agreed(rows.select(CASE).with_columns(values), mapped.fact, notes)

    def _drugs(self, notes: Notes, assume_complete: bool) -> pl.DataFrame | None:
        drugs = self.source.drugs
        if drugs is None or drugs.table not in self.tables:
            return None
        complete = None
        if assume_complete:
            complete = self.cases.ids
        elif drugs.complete:
            need_columns(self.tables[self.source.case.table], (drugs.complete,), "[drugs]")
            complete = self.cases.first.filter(pl.col(drugs.complete).str.to_lowercase() == "true").select(CASE)
        found = drug_facts(self.tables[drugs.table], self.cases, self.source, notes, complete=complete)
        of_cases = self.cases.of(self.tables[drugs.table], drugs.case).select(ROW, CASE)
        self.rows_of_cases.setdefault(drugs.table, of_cases)
        return found


def _agreed(values: pl.DataFrame, fact: str, notes: Notes) -> pl.DataFrame:
    """One value a case from a table with several rows a case: unknown where its rows do not agree."""
    grouped = values.group_by(CASE, maintain_order=True).agg(
        pl.col(fact).n_unique().alias("_values"), pl.col(fact).first()
    )
    notes.add(fact, "several rows of the case say different things", grouped.filter(pl.col("_values") > 1).height)
    return grouped.select(CASE, pl.when(pl.col("_values") == 1).then(pl.col(fact)).alias(fact))


def _assume(facts: pl.DataFrame, maker: _Maker, source: SourceMap, vocabulary: Vocabulary) -> Assumed:
    """Fill unknown facts from the assumptions. Known facts are never touched."""
    columns: dict[str, tuple[str, ...]] = {}
    frame = facts
    for assumption in source.assumptions:
        if assumption.fact:
            filled = _fill(frame, assumption, vocabulary)
        else:
            full = maker.facts(
                drugs_complete=assumption.drugs_complete, charges_complete=assumption.primary_charge_only
            )
            filled = frame.with_columns(pl.col(name).fill_null(full[name]) for name in full.columns)
        columns[assumption.name] = tuple(
            name for name in filled.columns if name not in frame.columns or not filled[name].equals(frame[name])
        )
        frame = filled
    return Assumed(frame, columns)


def _fill(frame: pl.DataFrame, assumption: Assumption, vocabulary: Vocabulary) -> pl.DataFrame:
    fact = vocabulary[assumption.fact]
    value = pl.lit(constant(fact, assumption.value)).cast(dtype_of(fact))
    column = pl.col(fact.name).fill_null(value) if fact.name in frame.columns else value
    return frame.with_columns(column.alias(fact.name))


def _still_admissible(assumed: pl.DataFrame, facts: pl.DataFrame, vocabulary: Vocabulary, notes: Notes) -> pl.DataFrame:
    """A case that an assumption would make impossible keeps its facts as they are known."""
    broken = broken_constraints(assumed, vocabulary)
    count = len(broken) - broken.null_count()
    if not count:
        return assumed
    notes.add("assumptions", "not made: the case would be impossible", count)
    bad = assumed.select(CASE).filter(broken.is_not_null())
    kept = facts.join(bad, on=CASE, how="semi")
    return pl.concat([assumed.join(bad, on=CASE, how="anti", maintain_order="left"), kept], how="diagonal")


def _set_rows_aside(bad: pl.DataFrame, rows_of_cases: dict[str, pl.DataFrame], tables: dict[str, Table]) -> None:
    if not bad.height:
        return
    for name, rows in rows_of_cases.items():
        hit = rows.join(bad, on=CASE, how="inner")
        for constraint in hit["constraint"].unique(maintain_order=True).to_list():
            which = hit.filter(pl.col("constraint") == constraint)[ROW]
            tables[name].rows.put_aside(which, f"no such case is possible (constraint {constraint})")


def _attributes(cases: Cases, source: SourceMap, kept: pl.DataFrame) -> pl.DataFrame:
    """Columns for counting by group (race, sex, place), as the source writes them. Never used to decide."""
    columns = [
        pl.col(column).alias(name) for name, column in source.attributes.items() if column in cases.first.columns
    ]
    return cases.first.select(CASE, *columns).join(kept.select(CASE), on=CASE, how="semi", maintain_order="left")
