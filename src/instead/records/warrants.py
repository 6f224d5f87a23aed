"""The warrants that a source tells of: for the office alone, no policy sees them."""

from __future__ import annotations

import polars as pl

from instead.records.cases import CASE, CASE_ID, Cases
from instead.records.source_map import SourceMap
from instead.records.tables import ROW, Table
from instead.records.values import need_columns, parse_dates, want_columns

_SCHEMA = {CASE_ID: pl.String, "kind": pl.String, "issued_on": pl.Date, "of_this_case": pl.Boolean}


def read_warrants(tables: dict[str, Table], cases: Cases, source: SourceMap) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row a warrant with its case, our word for its kind, and its date; then the rows used, with their cases.

    A warrant whose kind or date cannot be read is set aside with its reason. One that does not say whether it hangs on
    this case is taken to do so: it must then be cleared before the case can close.
    """
    mapped = source.warrants
    if mapped is None or mapped.table not in tables:
        return pl.DataFrame(schema=_SCHEMA), pl.DataFrame(schema={ROW: pl.UInt32, CASE: pl.String})
    table = tables[mapped.table]
    need_columns(table, (*mapped.case.columns, mapped.kind, mapped.issued), "[warrants]")
    want_columns(table, (mapped.of_this_case,), "[warrants]")
    own = cases.of(table, mapped.case)
    hangs = pl.col(mapped.of_this_case).str.to_lowercase() != "false" if mapped.of_this_case else pl.lit(True)
    names = {word.lower(): ours for word, ours in mapped.names.items()}
    read = own.select(
        ROW,
        CASE,
        pl.col(mapped.kind)
        .str.to_lowercase()
        .replace_strict(names, default=None, return_dtype=pl.String)
        .alias("kind"),
        parse_dates(pl.col(mapped.issued), source.date_formats).alias("issued_on"),
        hangs.fill_null(True).alias("of_this_case"),
    )
    table.drop(read.filter(pl.col("issued_on").is_null()), "no date of issue that can be read")
    words = ", ".join(mapped.names)
    table.drop(read.filter(pl.col("kind").is_null()), f"no kind of warrant that the map knows ({words})")
    good = read.drop_nulls(["kind", "issued_on"])
    return good.select(pl.col(CASE).alias(CASE_ID), *list(_SCHEMA)[1:]), good.select(ROW, CASE)
