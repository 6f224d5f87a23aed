"""From charge rows to the facts about charges: Kleene *or* and *and* over what the statute book says of each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import polars as pl

from instead.facts.charged import facts_from_kinds
from instead.facts.vocabulary import FromCharges, Vocabulary, date_of
from instead.records.cases import CASE, Cases
from instead.records.fact_columns import within_domain
from instead.records.notes import Notes
from instead.records.source_map import ChargesMap, SourceMap
from instead.records.tables import ROW, Table
from instead.records.values import need_columns, parse_dates
from instead.statutes.book import Charge, StatuteBook

CITATION, GRADE, DAY, LAW_DAY, MERGED = "§citation", "§grade", "§day", "§law", "§merged"
_LIST, _COUNT, _REASON, _PIECES = "§list", "§count", "§reason", "§pieces"
_COLUMN = re.compile(r"\{([^{}]+)\}")
_WITHIN, _HAVING = "§within ", "§having "


def charge_rows(
    table: Table, cases: Cases, source: SourceMap, book: StatuteBook, vocabulary: Vocabulary, notes: Notes
) -> pl.DataFrame:
    """One row a charge: case, row, citation (null: a row without a statute), grade, date, date that chooses the law.

    A charge without a statute is set aside, and still counts as one charge of unknown kind.
    """
    charges = source.charges
    assert charges is not None
    named = (*charges.case.columns, *_COLUMN.findall(charges.citation), charges.grade, charges.date, charges.law_date)
    need_columns(table, (*named, charges.sequence, *(charges.explode or ())[:1]), "[charges]")
    own = cases.of(table, charges.case)
    if charges.explode:
        column, separator = charges.explode
        own = own.with_columns(pl.col(column).str.split(separator)).explode(column)
    day = _day(charges.date, source)
    rows = own.with_columns(
        _citation(charges.citation).alias(CITATION),
        (pl.col(charges.grade) if charges.grade else pl.lit(None, pl.String)).alias(GRADE),
        day.alias(DAY),
        (_day(charges.law_date, source) if charges.law_date else day).alias(LAW_DAY),
    )
    rows = _only_possible_dates(rows, charges.date, vocabulary, notes)
    if charges.letters:
        rows = _with_letters(rows, charges)
    if charges.sequence:
        merged = _merge_lists(rows, table, charges.sequence, book)
        rows = rows.with_columns(pl.col(ROW).is_in(merged.implode()).alias(MERGED))
    else:
        rows = rows.with_columns(pl.lit(False).alias(MERGED))
    nameless = rows.filter(pl.col(CITATION).is_null())
    if nameless.height and charges.table != source.case.table:
        table.rows.put_aside(nameless[ROW], "no statute; counts as one charge of unknown kind")
    kept = rows.select(_SCHEMA.keys())
    return pl.concat([kept, _unknown_charges(cases.named(table.torn, charges.case))])


_SCHEMA = {
    CASE: pl.String,
    ROW: pl.UInt32,
    CITATION: pl.String,
    GRADE: pl.String,
    DAY: pl.Date,
    LAW_DAY: pl.Date,
    MERGED: pl.Boolean,
}


def _day(column: str, source: SourceMap) -> pl.Expr:
    return parse_dates(pl.col(column), source.date_formats) if column else pl.lit(None, pl.Date)


def _only_possible_dates(rows: pl.DataFrame, column: str, vocabulary: Vocabulary, notes: Notes) -> pl.DataFrame:
    """Dates that cannot be read or lie outside the domain are unknown, noted, and choose no law."""
    if "offense_date" not in vocabulary:
        return rows
    fact = vocabulary["offense_date"]
    if column:
        strange = rows.filter(pl.col(column).is_not_null() & pl.col(DAY).is_null())
        notes.add(
            "offense_date", "a date that cannot be read", strange.height, strange[column].unique().head(3).to_list()
        )
        within_domain(rows[DAY], fact, notes)
    possible = [
        pl.when(pl.col(name).is_between(date_of(fact.low), date_of(fact.high))).then(pl.col(name)).alias(name)
        for name in (DAY, LAW_DAY)
    ]
    return rows.with_columns(possible)


def _unknown_charges(cases: pl.DataFrame) -> pl.DataFrame:
    """One charge of unknown kind for each row of ``cases``."""
    return cases.select(CASE, *(pl.lit(None, kind).alias(name) for name, kind in _SCHEMA.items() if name != CASE))


def _citation(template: str) -> pl.Expr:
    """The citation of each row; null when every column in it is empty."""
    columns = _COLUMN.findall(template)
    pieces: list[pl.Expr] = []
    position = 0
    for match in _COLUMN.finditer(template):
        pieces += [pl.lit(template[position : match.start()]), pl.col(match[1]).fill_null("")]
        position = match.end()
    text = pl.concat_str([*pieces, pl.lit(template[position:])])
    return pl.when(~pl.all_horizontal(pl.col(column).is_null() for column in columns)).then(text)


def _with_letters(rows: pl.DataFrame, charges: ChargesMap) -> pl.DataFrame:
    """``35A`` and the activities ``PU`` as the citation ``35A PU``; without activities it stays ``35A``."""
    assert charges.letters is not None
    column, citation = charges.letters
    letters = pl.col(column).str.split("").list.sort().list.join("").str.strip_chars()
    extended = pl.when((pl.col(CITATION) == citation) & letters.is_not_null()).then(
        pl.concat_str(pl.col(CITATION), pl.lit(" "), letters)
    )
    return rows.with_columns(extended.otherwise(pl.col(CITATION)).alias(CITATION))


def _merge_lists(rows: pl.DataFrame, table: Table, sequence: str, book: StatuteBook) -> pl.Series:
    """The rows that repeat another list: per statute the maximum of the courts' lists counts, never the sum.

    A sequence number that returns within a case belongs to another list. The merged rows are counted apart; as the
    same statute says the same, they may still take part in the facts, and their grades must.
    """
    spelt = {text: same_statute(text, book) for text in rows[CITATION].drop_nulls().unique()}
    pieces = pl.col(CITATION).replace_strict(list(spelt), list(spelt.values()), default=None, return_dtype=pl.String)
    listed = rows.with_columns(pieces.alias(_PIECES), pl.int_range(pl.len()).over(CASE, sequence).alias(_LIST))
    counted = listed.with_columns(pl.int_range(pl.len()).over(CASE, _PIECES, _LIST).alias(_COUNT))
    kept = counted.unique([CASE, _PIECES, _COUNT], keep="first", maintain_order=True)
    merged = counted.filter(pl.col(CITATION).is_not_null()).join(kept.select(ROW), on=ROW, how="anti")
    table.rows.merge(merged[ROW], "the same charge in another court's list")
    return merged[ROW]


def with_unknown_charge(rows: pl.DataFrame, cases: Cases) -> pl.DataFrame:
    """One more charge of unknown kind in every case: the source does not name them all."""
    return pl.concat([rows, _unknown_charges(cases.ids)])


def charge_facts(
    rows: pl.DataFrame, book: StatuteBook, vocabulary: Vocabulary, notes: Notes, *, graded: bool
) -> pl.DataFrame:
    """The facts about charges, one row a case that has charges; null is unknown.

    ``graded``: whether the source has grades at all; without them nothing is known of any.
    """
    classes = rows.select(CITATION, GRADE, _day_if_it_matters(book).alias(LAW_DAY)).unique(maintain_order=True)
    known = [
        (book.classify(citation, day) if citation else Charge(None, None, "no statute"), grade)
        for citation, grade, day in classes.with_columns(pl.col(LAW_DAY).to_physical()).iter_rows()
    ]
    per_class = pl.DataFrame(
        [_one_charge(charge, grade, book, vocabulary, graded=graded) for charge, grade in known],
        schema=dict.fromkeys(_columns(vocabulary), pl.Boolean),
        orient="row",
    ).with_columns(pl.Series(_REASON, [charge.reason for charge, _ in known], dtype=pl.String))
    classes = classes.hstack(per_class)
    joined = rows.with_columns(_day_if_it_matters(book).alias(LAW_DAY)).join(
        classes, on=[CITATION, GRADE, LAW_DAY], how="left", nulls_equal=True
    )
    _note_unknown(joined, notes)
    return joined.group_by(CASE, maintain_order=True).agg(_aggregates(vocabulary))


def _day_if_it_matters(book: StatuteBook) -> pl.Expr:
    """The date, for citations whose entries begin or end on some date; others need no date to be classified."""
    dated = any(entry.since or entry.until for entries in book.cited.values() for entry in entries) or any(
        ranged.entry.since or ranged.entry.until for ranged in book.ranges
    )
    return pl.col(LAW_DAY) if dated else pl.lit(None, pl.Date)


def _columns(vocabulary: Vocabulary) -> list[str]:
    names: list[str] = []
    for fact in vocabulary.from_charges:
        only = fact.from_charges is not None and fact.from_charges.only
        names += [_WITHIN + fact.name, _HAVING + fact.name] if only else [fact.name]
    return names


def _one_charge(
    charge: Charge, grade: str | None, book: StatuteBook, vocabulary: Vocabulary, *, graded: bool
) -> list[bool | None]:
    """What one charge says of each fact: the operands of the Kleene "or" and "and" over a case's charges."""
    alone = facts_from_kinds([charge.kinds], vocabulary)
    values: list[bool | None] = []
    for fact in vocabulary.from_charges:
        rule = fact.from_charges
        assert rule is not None
        if rule.grade:
            values.append(_grade(rule.grade, charge, grade, book) if graded else None)
        elif rule.only:
            values += [_within(charge, rule), None if charge.kinds is None else bool(charge.kinds & rule.having)]
        else:
            code = alone[fact.name]
            values.append(None if code is None else bool(code))
    return values


def _within(charge: Charge, rule: FromCharges) -> bool | None:
    return None if charge.kinds is None else charge.kinds <= rule.only


def _grade(asked: str, charge: Charge, grade: str | None, book: StatuteBook) -> bool | None:
    """Whether a charge is of a class of grades, or (``mismatch``) carries a class that its section does not have."""
    found = book.grade_class(grade) if grade else None
    if asked != "mismatch":
        return None if found is None else found == asked
    if not grade:
        return False if charge.entry is not None or charge.reason != "no statute" else None
    if found is None or charge.entry is None:
        return None
    return bool(charge.entry.grades) and found not in charge.entry.grades


def _aggregates(vocabulary: Vocabulary) -> list[pl.Expr]:
    found = []
    for fact in vocabulary.from_charges:
        if fact.from_charges is not None and fact.from_charges.only:
            within, having = _all(_WITHIN + fact.name), _any(_HAVING + fact.name)
            refused = ~within.fill_null(True) | ~having.fill_null(True)
            unknown = within.is_null() | having.is_null()
            found.append(pl.when(refused).then(False).when(unknown).then(None).otherwise(True).alias(fact.name))
        else:
            found.append(_any(fact.name).alias(fact.name))
    return found


def _any(name: str) -> pl.Expr:
    """Kleene "or" over the rows of a group."""
    return pl.col(name).any(ignore_nulls=False)


def _all(name: str) -> pl.Expr:
    """Kleene "and" over the rows of a group."""
    return pl.col(name).all(ignore_nulls=False)


def offense_dates(rows: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """The date of each case's event, where its charges agree on one."""
    dates = rows.group_by(CASE, maintain_order=True).agg(
        pl.col(DAY).drop_nulls().n_unique().alias(_COUNT), pl.col(DAY).drop_nulls().first().alias("offense_date")
    )
    notes.add("offense_date", "the charges are of several dates", dates.filter(pl.col(_COUNT) > 1).height)
    agreed = pl.when(pl.col(_COUNT) == 1).then(pl.col("offense_date"))
    return dates.select(CASE, agreed.alias("offense_date"))


def _note_unknown(joined: pl.DataFrame, notes: Notes) -> None:
    unknown = joined.filter((pl.col(_REASON) != "") & ~pl.col(MERGED).fill_null(False))
    for reason, count, samples in (
        unknown.group_by(_REASON, maintain_order=True)
        .agg(pl.len(), pl.col(CITATION).drop_nulls().unique(maintain_order=True).head(3).alias("samples"))
        .iter_rows()
    ):
        notes.add("charge of unknown kind", reason, count, list(samples))


def facts_of_charges(
    charges: Iterable[tuple[str, str]], day: dt.date | None, book: StatuteBook, vocabulary: Vocabulary, *, graded: bool
) -> dict[str, int | None]:
    """The facts about one case's charges, given as (citation, grade) with "" for none: codes, None for unknown.

    For charges that came in at different times, which no single file lists together.
    """
    listed = [("", citation or None, grade or None, day, False) for citation, grade in charges]
    schema = {CASE: pl.String, CITATION: pl.String, GRADE: pl.String, LAW_DAY: pl.Date, MERGED: pl.Boolean}
    rows = pl.DataFrame(listed, schema=schema, orient="row")
    found = charge_facts(rows, book, vocabulary, Notes(), graded=graded).row(0, named=True) if listed else {}
    return {
        fact.name: None if found.get(fact.name) is None else int(found[fact.name]) for fact in vocabulary.from_charges
    }


def same_statute(citation: str, book: StatuteBook | None) -> str:
    """What two spellings of one citation have in common."""
    return "\x1f".join(book.spelling.read(citation) or (citation,)) if book is not None else citation
