"""From texts to values: dates in the formats of a source, whole numbers, and columns named by a map."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import polars as pl
from rapidfuzz import fuzz

from instead.errors import BadData, Place, Problem, nearest
from instead.records.source_map import Key
from instead.records.tables import Table

#: From this similarity on (of 100) a column without a meaning is taken for a misspelling.
_MISSPELT = 74.0
#: Between the columns of a key while keys are compared: no value has it, so different keys stay different.
_BETWEEN = "\x1f"


def parse_dates(column: pl.Expr, formats: Sequence[str]) -> pl.Expr:
    """Dates of a text column; the first format that fits the whole value. Others are null.

    A year outside 1800 to 2199 is a slip of the pen (``0019-05-04``) and null as well.
    """
    tried = [column.str.to_date(fmt, strict=False, exact=True) for fmt in formats]
    found = functools.reduce(lambda left, right: left.fill_null(right), tried)
    return pl.when(found.dt.year().is_between(1800, 2199)).then(found)


def whole_number(column: pl.Expr, *, round_down: bool = False) -> pl.Expr:
    """Whole numbers of a text column; ``27.9`` is 27 when rounded down, else null. Others are null."""
    if round_down:
        return column.cast(pl.Float64, strict=False).floor().cast(pl.Int64, strict=False)
    plain = column.str.strip_suffix(".0")
    return plain.cast(pl.Int64, strict=False)


def need_columns(table: Table, columns: Iterable[str], where: str) -> None:
    """Raise an error for each column that the map names and the table does not have, with the nearest one.

    In a ragged table a missing column is empty.
    """
    if table.ragged:
        want_columns(table, columns, where)
        return
    problems = [_not_there(table, column, where) for column in _absent(table, columns)]
    if problems:
        raise BadData(problems)


def want_columns(table: Table, columns: Iterable[str], where: str) -> list[str]:
    """The columns that the map names and the table does not have; they are added, empty in every row.

    Raises an error where another column, one that means nothing to the map, looks like a misspelling.
    """
    absent = _absent(table, columns)
    strangers = [name for name in table.columns if name not in table.named]
    misspelt = [
        _not_there(table, column, where)
        for column in absent
        if any(_looks_like(column, stranger) for stranger in strangers)
    ]
    if misspelt:
        raise BadData(misspelt)
    if absent:
        table.frame = table.frame.with_columns(pl.lit(None, pl.String).alias(column) for column in absent)
    return absent


def _looks_like(column: str, stranger: str) -> bool:
    """Whether one name may be a misspelling of another; ``person`` is not one of ``person.sex``, but left empty."""
    if column.startswith(f"{stranger}."):
        return False
    return fuzz.ratio(column.lower(), stranger.lower()) >= _MISSPELT


def _absent(table: Table, columns: Iterable[str]) -> list[str]:
    have = table.columns
    return [column for column in dict.fromkeys(columns) if column and column not in have]


def _not_there(table: Table, column: str, where: str) -> Problem:
    have = table.columns
    message = f"the map's {where} names the column {column!r}, which is not there"
    return Problem(message, Place(table.rows.file), ", ".join(have), nearest(column, have))


def key_expression(key: Key) -> pl.Expr:
    """The comparable text of a key: null when a column is empty or the whole does not match its pattern."""
    return _cleaned(key, _BETWEEN).str.to_uppercase() if key.fold else _cleaned(key, _BETWEEN)


def shown_key(key: Key) -> pl.Expr:
    """The text of a key as people read it: as written, or in capitals where the map normalises it."""
    return _cleaned(key, "-").str.to_uppercase() if key.remove or key.pattern else _cleaned(key, "-")


def _cleaned(key: Key, between: str) -> pl.Expr:
    parts = [
        pl.col(name).str.replace_all(key.remove.pattern, "") if key.remove else pl.col(name) for name in key.columns
    ]
    text = pl.concat_str(parts, separator=between)
    if key.pattern:
        text = pl.when(text.str.to_uppercase().str.contains(f"^(?:{key.pattern.pattern})$")).then(text)
    return pl.when(text != "").then(text)
