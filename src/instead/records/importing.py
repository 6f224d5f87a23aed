"""From the files of a source to case facts: one row a case, every row of every file accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from instead.facts.vocabulary import Vocabulary
from instead.records.admissible_rows import broken_constraints
from instead.records.cases import CASE, CASE_ID, Cases, read_cases
from instead.records.charges import (
    CITATION,
    GRADE,
    MERGED,
    charge_facts,
    charge_rows,
    offense_dates,
    with_unknown_charge,
)
from instead.records.drugs import drug_facts
from instead.records.fact_columns import constant, dtype_of, from_column
from instead.records.json_lines import LISTED
from instead.records.notes import Notes
from instead.records.row_count import RowCount
from instead.records.source_map import Assumption, DrugsMap, FactMap, Key, SourceMap
from instead.records.tables import ROW, Table, read_tables
from instead.records.values import need_columns, want_columns
from instead.records.warrants import read_warrants
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
    """``facts`` has ``case_id`` and a column a fact, null for unknown. ``set_aside`` are the inadmissible cases.

    ``identity`` (who, when, where, as text), ``charges`` (citation and grade as written, one row a charge) and
    ``warrants`` (kind, date of issue, whether it hangs on this case) are for the office; no policy sees them.
    """

    facts: pl.DataFrame
    assumed: Assumed | None
    attributes: pl.DataFrame
    identity: pl.DataFrame
    charges: pl.DataFrame
    warrants: pl.DataFrame
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
    for column in want_columns(tables[source.case.table], source.attributes.values(), "[attributes]"):
        notes.add("groups", f"the file has no column {column!r}", cases.ids.height)
    maker = _Maker(tables, cases, source, book, vocabulary, notes)
    progress("making facts")
    facts = maker.facts()
    assumed = _assume(facts, maker, source, vocabulary) if assume else None
    warrants, used = read_warrants(tables, cases, source)
    if source.warrants is not None:
        maker.rows_of_cases.setdefault(source.warrants.table, used)
    progress("checking constraints")
    broken = facts.select(CASE).with_columns(broken_constraints(facts, vocabulary).alias("constraint"))
    bad = broken.filter(pl.col("constraint").is_not_null())
    _set_rows_aside(bad, maker.rows_of_cases, tables)
    kept = facts.join(bad.select(CASE), on=CASE, how="anti", maintain_order="left")
    if assumed is not None:
        rest = assumed.facts.join(bad.select(CASE), on=CASE, how="anti", maintain_order="left")
        assumed = Assumed(_named(_still_admissible(rest, kept, vocabulary, notes)), assumed.columns)
    files = tuple(table.rows for table in tables.values())
    return Imported(
        facts=_named(kept),
        assumed=assumed,
        attributes=_columns_of(cases, source.attributes, kept),
        identity=_columns_of(cases, source.identity, kept),
        charges=maker.charges_of(kept),
        warrants=warrants.join(kept.select(pl.col(CASE).alias(CASE_ID)), on=CASE_ID, how="semi"),
        set_aside=_named(bad),
        files=files,
        notes=notes,
    )


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    """A table that leaves this package calls the case by the name that everybody knows."""
    return frame.rename({CASE: CASE_ID})


def _correct(tables: dict[str, Table], source: SourceMap) -> None:
    """Check that the columns of corrections are there; drug quantities are corrected where they are weighed."""
    for correction in (c for c in source.corrections if c.table in tables):
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
        self.rows_of_cases: dict[str, pl.DataFrame] = {source.case.table: cases.every.select(ROW, CASE)}
        self.book = book
        self.charge_rows: pl.DataFrame | None = None
        if source.charges is not None and book is not None and source.charges.table in tables:
            name = source.charges.table
            self.charge_rows = charge_rows(tables[name], cases, source, book, vocabulary, notes)
            self.rows_of_cases.setdefault(name, self.charge_rows.select(ROW, CASE))

    def _charges(self, notes: Notes, *, primary_only: bool) -> pl.DataFrame | None:
        rows, charges = self.charge_rows, self.source.charges
        if rows is None or charges is None or self.book is None:
            return None
        every = with_unknown_charge(rows, self.cases) if primary_only else rows
        facts = charge_facts(every, self.book, self.vocabulary, notes, graded=bool(charges.grade))
        if charges.date and "offense_date" in self.vocabulary:
            facts = facts.join(offense_dates(rows, notes), on=CASE, how="left")
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

    def charges_of(self, kept: pl.DataFrame) -> pl.DataFrame:
        """The charges of the cases that are kept, merged ones left out."""
        if self.charge_rows is None:
            return pl.DataFrame(schema={CASE_ID: pl.String, "citation": pl.String, "grade": pl.String})
        own = self.charge_rows.filter(~pl.col(MERGED).fill_null(False)).join(kept.select(CASE), on=CASE, how="semi")
        return own.select(pl.col(CASE).alias(CASE_ID), pl.col(CITATION).alias("citation"), pl.col(GRADE).alias("grade"))

    @staticmethod
    def _with(frame: pl.DataFrame, more: pl.DataFrame | None) -> pl.DataFrame:
        """Join facts; a fact that is already there keeps its known values."""
        if more is None:
            return frame
        joined = frame.join(more, on=CASE, how="left", maintain_order="left", suffix="§more")
        both = [name for name in more.columns if name != CASE and name in frame.columns]
        filled = joined.with_columns(pl.col(name).fill_null(pl.col(f"{name}§more")) for name in both)
        return filled.drop(f"{name}§more" for name in both)

    def _column(self, mapped: FactMap, notes: Notes) -> pl.DataFrame | None:
        """A fact from a column; where a case has several rows that disagree, it is unknown."""
        name = mapped.table or self.source.case.table
        if name not in self.tables:
            return None
        table, case = self.tables[name], self.source.case
        absent = want_columns(table, (mapped.column, mapped.years_since), "[[fact]]")
        for column in absent:
            notes.add(mapped.fact, f"the file has no column {column!r}", table.frame.height)
        if name == case.table:
            every = self._every_again(table)
        else:
            key = Key(case.key) if case.key else case.id
            need_columns(table, key.columns, "[[fact]]")
            every = self.cases.of(table, key)
            self.rows_of_cases.setdefault(name, every.select(ROW, CASE))
        if mapped.first and name == case.table:
            every = every.join(self.cases.first.select(ROW), on=ROW, how="semi", maintain_order="left")
        values = from_column(every, mapped, self.vocabulary, self.source.date_formats, notes)
        return _agreed(every.select(CASE).with_columns(values), mapped.fact, notes)

    def _every_again(self, table: Table) -> pl.DataFrame:
        """The rows of the case table with columns that were empty everywhere and are there only now."""
        more = [name for name in table.columns if name not in self.cases.every.columns]
        return self.cases.every.with_columns(pl.lit(None, pl.String).alias(name) for name in more)

    def _drugs(self, notes: Notes, assume_complete: bool) -> pl.DataFrame | None:
        drugs = self.source.drugs
        if drugs is None or drugs.table not in self.tables:
            return None
        table = self.tables[drugs.table]
        complete = self.cases.ids if assume_complete else self._complete(drugs)
        if complete is not None:
            complete = complete.join(self.cases.named(table.torn, drugs.case), on=CASE, how="anti")
        found = drug_facts(table, self.cases, self.source, self.vocabulary, notes, complete=complete)
        self.rows_of_cases.setdefault(drugs.table, self.cases.of(table, drugs.case).select(ROW, CASE))
        return found

    def _complete(self, drugs: DrugsMap) -> pl.DataFrame | None:
        """The cases all of whose rows say that the list of drugs is complete, and have a list."""
        if not drugs.complete:
            return None
        table = self.tables[self.source.case.table]
        need_columns(table, (drugs.complete,), "[drugs]")
        every = self._every_again(table)
        says_so = (pl.col(drugs.complete).str.to_lowercase() == "true").fill_null(False)
        list_of = self.source.table(drugs.table).list_of
        if table.ragged and list_of is not None:
            listed = f"{list_of[1]}{LISTED}"
            says_so &= pl.col(listed).is_not_null() if listed in every.columns else pl.lit(False)
        grouped = every.group_by(CASE, maintain_order=True).agg(says_so.all().alias("§all"))
        return grouped.filter(pl.col("§all")).select(CASE)


def _agreed(values: pl.DataFrame, fact: str, notes: Notes) -> pl.DataFrame:
    """One value a case: that of the rows which have one, unknown where those do not agree."""
    known = pl.col(fact).drop_nulls()
    grouped = values.group_by(CASE, maintain_order=True).agg(known.n_unique().alias("§values"), known.first())
    count = grouped.filter(pl.col("§values") > 1).height
    notes.add(fact, "several rows of the case say different things", count)
    return grouped.select(CASE, pl.when(pl.col("§values") == 1).then(pl.col(fact)).alias(fact))


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


def _columns_of(cases: Cases, wanted: Mapping[str, str], kept: pl.DataFrame) -> pl.DataFrame:
    """Columns of each case's first row, as the source writes them. Never used to decide."""
    columns = [pl.col(column).alias(name) for name, column in wanted.items() if column in cases.first.columns]
    chosen = cases.first.select(CASE, *columns)
    return _named(chosen.join(kept.select(CASE), on=CASE, how="semi", maintain_order="left"))
