"""Cases: one event each. Rows that name the same event are one case; the first of them is used."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from instead.records.source_map import CaseMap, Key, SourceMap
from instead.records.tables import ROW, Table
from instead.records.values import key_expression, need_columns, parse_dates

CASE = "case_id"
_KEY = "_key"


@dataclass(frozen=True, slots=True)
class Cases:
    """``first`` has one row a case with the columns of the case table; ``keys`` says which case a key names."""

    first: pl.DataFrame
    keys: pl.DataFrame
    rows: pl.DataFrame

    @property
    def ids(self) -> pl.DataFrame:
        return self.first.select(CASE)

    def of(self, table: Table, key: Key) -> pl.DataFrame:
        """The rows of another table with the case each belongs to; rows that name no case are set aside."""
        keyed = table.frame.with_columns(key_expression(key).alias(_KEY))
        table.drop(keyed.filter(pl.col(_KEY).is_null()), f"no {' or '.join(key.columns)}: belongs to no case")
        joined = keyed.filter(pl.col(_KEY).is_not_null()).join(self.keys, on=_KEY, how="left", maintain_order="left")
        table.drop(joined.filter(pl.col(CASE).is_null()), f"its {' and '.join(key.columns)} names no case")
        return joined.filter(pl.col(CASE).is_not_null()).drop(_KEY)

    def named(self, rows: pl.DataFrame, key: Key) -> pl.DataFrame:
        """The cases that some rows name, one row each; rows that name none are left out."""
        keyed = rows.select(key_expression(key).alias(_KEY))
        return keyed.join(self.keys, on=_KEY, how="inner").select(CASE)


def read_cases(table: Table, source: SourceMap) -> Cases:
    """The cases of the case table. Rows of a case after the first are merged, and counted."""
    case = source.case
    need_columns(table, (*case.id.columns, *case.otherwise, *case.key, case.order), "[case]")
    frame = table.frame.with_columns(_id(case).alias(CASE))
    table.drop(frame.filter(pl.col(CASE).is_null()), f"no {' and no '.join((*case.id.columns, *case.otherwise))}")
    frame = frame.filter(pl.col(CASE).is_not_null())
    ordered = frame
    if case.order:
        ordered = frame.with_columns(parse_dates(pl.col(case.order), source.date_formats).alias("_order"))
        ordered = ordered.sort("_order", ROW, nulls_last=True).drop("_order")
    first = ordered.unique(CASE, keep="first", maintain_order=True).sort(ROW)
    others = frame.join(first.select(ROW), on=ROW, how="anti")
    table.rows.merge(others[ROW], "another row of the same case")
    key = Key(case.key) if case.key else case.id
    keys = _keys(frame, key) if not case.by_row else frame.select(pl.col(CASE).alias(_KEY), CASE)
    return Cases(first, keys, frame.select(ROW, CASE))


def _id(case: CaseMap) -> pl.Expr:
    if case.by_row:
        return pl.col(ROW).cast(pl.String)
    found = key_expression(case.id)
    if case.otherwise:
        found = found.fill_null(key_expression(Key(case.otherwise)))
    return found


def _keys(frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """Which case each key names. A key of several cases (it cannot happen when the key is the id) names the first."""
    keyed = frame.with_columns(key_expression(key).alias(_KEY)).filter(pl.col(_KEY).is_not_null())
    return keyed.select(_KEY, CASE).unique(_KEY, keep="first", maintain_order=True)
