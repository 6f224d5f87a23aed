"""Cases: one event each. Rows that name the same event are one case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from instead.records.source_map import CaseMap, Key, SourceMap
from instead.records.tables import ROW, Table
from instead.records.values import key_expression, need_columns, parse_dates, shown_key

#: The case a row belongs to, in every table of this package and in every table that leaves it.
CASE = "§case"
CASE_ID = "case_id"
_KEY, _ORDER, _SAME = "§key", "§order", "§same"


@dataclass(frozen=True, slots=True)
class Cases:
    """``first`` has one row a case, the earliest; ``every`` all rows of the case table, each with its case.

    ``keys`` says which case a key names.
    """

    first: pl.DataFrame
    every: pl.DataFrame
    keys: pl.DataFrame

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

    def named(self, rows: pl.DataFrame | None, key: Key) -> pl.DataFrame:
        """The cases that some rows name, one row each; rows that name none are left out."""
        if rows is None or not set(key.columns) <= set(rows.columns):
            return pl.DataFrame(schema={CASE: pl.String})
        keyed = rows.select(key_expression(key).alias(_KEY))
        return keyed.join(self.keys, on=_KEY, how="inner").select(CASE)


def read_cases(table: Table, source: SourceMap) -> Cases:
    """The cases of the case table. Rows of a case after the first are merged, and counted."""
    case = source.case
    need_columns(table, (*case.id.columns, *case.otherwise, *case.key, case.order), "[case]")
    frame = table.frame.with_columns(_same(case).alias(_SAME), _shown(case).alias(CASE))
    table.drop(frame.filter(pl.col(_SAME).is_null()), f"no {' and no '.join((*case.id.columns, *case.otherwise))}")
    frame = frame.filter(pl.col(_SAME).is_not_null())
    ordered = frame
    if case.order:
        ordered = frame.with_columns(parse_dates(pl.col(case.order), source.date_formats).alias(_ORDER))
        ordered = ordered.sort(_ORDER, ROW, nulls_last=True).drop(_ORDER)
    first = ordered.unique(_SAME, keep="first", maintain_order=True).sort(ROW)
    first = first.with_columns(_distinct_names().alias(CASE))
    table.rows.merge(frame.join(first.select(ROW), on=ROW, how="anti")[ROW], "another row of the same case")
    every = frame.drop(CASE).join(first.select(_SAME, CASE), on=_SAME, how="left", maintain_order="left")
    keys = _keys(every, Key(case.key) if case.key else case.id) if not case.by_row else _row_keys(every)
    return Cases(first.drop(_SAME), every.drop(_SAME), keys)


def _same(case: CaseMap) -> pl.Expr:
    """What rows of one case have in common."""
    if case.by_row:
        return pl.col(ROW).cast(pl.String)
    return _or(key_expression(case.id), case, key_expression)


def _shown(case: CaseMap) -> pl.Expr:
    if case.by_row:
        return pl.col(ROW).cast(pl.String)
    return _or(shown_key(case.id), case, shown_key)


def _or(found: pl.Expr, case: CaseMap, text_of: Callable[[Key], pl.Expr]) -> pl.Expr:
    return found.fill_null(text_of(Key(case.otherwise))) if case.otherwise else found


def _distinct_names() -> pl.Expr:
    """Names of cases as they are shown; two cases that would be shown alike get the row number behind."""
    alike = pl.col(CASE).is_duplicated()
    return (
        pl.when(alike)
        .then(pl.concat_str(pl.col(CASE), pl.lit(" (row "), pl.col(ROW), pl.lit(")")))
        .otherwise(pl.col(CASE))
    )


def _keys(frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """Which case each key names. A key of several cases (it cannot happen when the key is the id) names the first."""
    keyed = frame.with_columns(key_expression(key).alias(_KEY)).filter(pl.col(_KEY).is_not_null())
    return keyed.select(_KEY, CASE).unique(_KEY, keep="first", maintain_order=True)


def _row_keys(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col(CASE).alias(_KEY), CASE)
