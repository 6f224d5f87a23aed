"""Reading tables: delimited text, JSON Lines and Parquet, every value as text, every row numbered.

A row that cannot be read is set aside with its reason; a file that cannot be read at all is an error.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from instead.errors import BadData, Place, Problem
from instead.records.row_count import RowCount
from instead.records.source_map import SourceMap, TableMap

ROW = "_row"
_SUFFIXES = {".csv": "csv", ".txt": "csv", ".psv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_DELIMITERS = ",|;\t"
_LONGEST_FIELD = 10_000_000


@dataclass(slots=True)
class Table:
    """A table of texts with its row numbers in ``_row``, and the count of its rows.

    ``torn`` are rows with too few or too many fields: set aside, but what they name may still matter.
    """

    name: str
    frame: pl.DataFrame
    rows: RowCount
    torn: pl.DataFrame | None = None

    def drop(self, bad: pl.DataFrame, reason: str) -> None:
        """Set rows aside (given by their ``_row``) and take them out of the frame."""
        if bad.height:
            self.rows.put_aside(bad[ROW], reason)
            self.frame = self.frame.join(bad.select(ROW).unique(), on=ROW, how="anti", maintain_order="left")


def read_tables(data: Path, source: SourceMap) -> dict[str, Table]:
    """Every table of a source, from a folder or from one file."""
    if not data.exists():
        raise BadData([Problem("no such file or folder", Place(str(data)), _wanted(source))])
    tables: dict[str, Table] = {}
    lines: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for table_map in source.tables:
        path = _find(data, table_map, source)
        if path is not None:
            tables[table_map.name], lines[table_map.name] = _read(path, table_map)
        elif table_map.list_of is not None and lines.get(table_map.list_of[0]):
            tables[table_map.name] = _list_table(table_map, tables, lines)
        elif not table_map.optional:
            names = " or ".join(table_map.files)
            raise BadData([Problem(f"the table `{table_map.name}` is missing", Place(str(data)), f"a file {names}")])
    for table_map in source.tables:
        if table_map.name in tables:
            _shape(tables[table_map.name], table_map)
    return tables


def _wanted(source: SourceMap) -> str:
    names = [" or ".join(table.files) for table in source.tables if table.files and not table.optional]
    return f"a folder with {', '.join(names)}" + (", or that file" if len(names) == 1 else "")


def _find(data: Path, table_map: TableMap, source: SourceMap) -> Path | None:
    """The file of a table. One file given by itself is the first table's, whatever its name."""
    if data.is_dir():
        return next((data / name for name in table_map.files if (data / name).is_file()), None)
    if data.name in table_map.files or table_map is source.tables[0]:
        return data
    return next(
        (data.parent / n for n in table_map.files if (data.parent / n).is_file() and _kind(data) != "jsonl"), None
    )


def _kind(path: Path) -> str:
    return "parquet" if path.suffix == ".parquet" else _SUFFIXES.get(path.suffix.lower(), "csv")


def _read(path: Path, table_map: TableMap) -> tuple[Table, list[tuple[int, dict[str, Any]]]]:
    if path.stat().st_size == 0:
        raise BadData([Problem("the file is empty", Place(str(path)), "a table with a header and rows")])
    kind = _kind(path)
    if kind == "parquet":
        return _read_parquet(path, table_map), []
    text = _decode(path, table_map.encoding)
    if kind == "jsonl":
        return _read_json_lines(path, text, table_map)
    return _read_delimited(path, text, table_map), []


def _decode(path: Path, encoding: str) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"the file is not written in {encoding}: byte 0x{data[error.start]:02x}"
        expected = 'text in that encoding, or `encoding = "…"` for this table in the source map'
        raise BadData([Problem(message, Place(str(path), line), expected)]) from None


def _read_parquet(path: Path, table_map: TableMap) -> Table:
    try:
        frame = pl.read_parquet(path)
    except Exception as error:  # noqa: BLE001 - the reader raises many kinds, all meaning the same here
        reason = str(error).split("\n")[0]
        raise BadData([Problem(f"not a Parquet file that can be read: {reason}", Place(str(path)))]) from None
    texts = frame.select(pl.all().cast(pl.String))
    return Table(table_map.name, texts.with_row_index(ROW, 1), RowCount(path.name, frame.height))


def _read_delimited(path: Path, text: str, table_map: TableMap) -> Table:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table_map.delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise BadData([Problem(f"the header cannot be read: {error}", Place(str(path), 1))]) from None
    _check_header(path, header, table_map)
    columns: list[list[str]] = [[] for _ in header]
    numbers: list[int] = []
    bad: dict[str, list[int]] = {}
    torn: list[dict[str, str]] = []
    number = 0
    for number, row in enumerate(_rows(reader), 1):
        if isinstance(row, list) and len(row) == len(header):
            numbers.append(number)
            for column, value in zip(columns, row, strict=True):
                column.append(value)
        else:
            reason = row if isinstance(row, str) else f"{len(row)} fields where the header has {len(header)}"
            bad.setdefault(reason, []).append(number)
            if isinstance(row, list):
                torn.append(dict(zip(header, row, strict=False)))
    rows = RowCount(path.name, number)
    for reason, which in bad.items():
        rows.put_aside(pl.Series(which, dtype=pl.UInt32), reason)
    data = {name: pl.Series(name, values, dtype=pl.String) for name, values in zip(header, columns, strict=True)}
    frame = pl.DataFrame(data).with_columns(_blank_to_null(pl.col(pl.String)))
    schema = dict.fromkeys(header, pl.String)
    remains = pl.DataFrame(torn, schema=schema).with_columns(_blank_to_null(pl.col(pl.String))) if torn else None
    return Table(table_map.name, frame.insert_column(0, pl.Series(ROW, numbers, dtype=pl.UInt32)), rows, remains)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """Rows as lists; a row that cannot be read as the reason why. Empty lines are no rows."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"cannot be read: {error}"
            continue
        if row:
            yield row


def _check_header(path: Path, header: list[str], table_map: TableMap) -> None:
    place = Place(str(path), 1)
    if len(header) <= 1:
        line = header[0] if header else ""
        other = next((mark for mark in _DELIMITERS if mark != table_map.delimiter and line.count(mark) >= 1), "")
        if other:
            message = f"the header has one column: it is not delimited by {table_map.delimiter!r}"
            raise BadData([Problem(message, place, f"the delimiter {table_map.delimiter!r}; it looks like {other!r}")])
    repeated = {name for name in header if header.count(name) > 1}
    if repeated or not any(header):
        what = f"the column {sorted(repeated)[0]!r} is there twice" if repeated else "there is no header"
        raise BadData([Problem(what, place, "a first line with a name for every column")])


def _blank_to_null(column: pl.Expr) -> pl.Expr:
    return pl.when(column.str.strip_chars() == "").then(None).otherwise(column.str.strip_chars()).name.keep()


def _read_json_lines(path: Path, text: str, table_map: TableMap) -> tuple[Table, list[tuple[int, dict[str, Any]]]]:
    records: list[tuple[int, dict[str, Any]]] = []
    bad: dict[str, list[int]] = {}
    number = 0
    for line in text.split("\n"):
        if not line.strip():
            continue
        number += 1
        try:
            record = json.loads(line, parse_float=str, parse_constant=str)
        except (json.JSONDecodeError, RecursionError, ValueError):
            bad.setdefault("not valid JSON", []).append(number)
            continue
        if isinstance(record, dict):
            records.append((number, record))
        else:
            bad.setdefault("no JSON object", []).append(number)
    if not records:
        found = f"none of {number:,} lines is a JSON object" if number else "the file has no lines"
        raise BadData([Problem(found, Place(str(path)), "JSON Lines: one object a line")])
    rows = RowCount(path.name, number)
    for reason, which in bad.items():
        rows.put_aside(pl.Series(which, dtype=pl.UInt32), reason)
    frame = _frame((number, dict(_flat(record))) for number, record in records)
    return Table(table_map.name, frame, rows), records


def _list_table(
    table_map: TableMap, tables: dict[str, Table], lines: dict[str, list[tuple[int, dict[str, Any]]]]
) -> Table:
    """A table made of a list inside the JSON lines of another; each item also has its parent's own values."""
    assert table_map.list_of is not None
    parent, name = table_map.list_of
    items: list[tuple[int, dict[str, str | None]]] = []
    count = 0
    for _, record in lines[parent]:
        listed = record.get(name)
        own = {key: value for key, value in _flat(record) if "." not in key}
        for item in listed if isinstance(listed, list) else [] if listed is None else [listed]:
            count += 1
            # An item that is no object says nothing of its own; it still is one item of its parent.
            items.append((count, {**own, **dict(_flat(item if isinstance(item, dict) else {}))}))
    return Table(table_map.name, _frame(items), RowCount(f"{tables[parent].rows.file} ({name})", count))


def _flat(record: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Scalar values by dotted name, as text; lists are tables of their own."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, bool):
            yield f"{prefix}{key}", "true" if value else "false"
        elif not isinstance(value, list):
            text = None if value is None else str(value).strip()
            yield f"{prefix}{key}", text or None


def _frame(records: Iterable[tuple[int, dict[str, str | None]]]) -> pl.DataFrame:
    listed = list(records)
    names = dict.fromkeys(name for _, record in listed for name in record)
    data = {name: pl.Series(name, [record.get(name) for _, record in listed], dtype=pl.String) for name in names}
    return pl.DataFrame({ROW: pl.Series([number for number, _ in listed], dtype=pl.UInt32), **data})


def _shape(table: Table, table_map: TableMap) -> None:
    """Merge exact duplicates, where the map says so."""
    if table_map.merge_exact_duplicates:
        own = [name for name in table.frame.columns if name != ROW]
        kept = table.frame.unique(own, keep="first", maintain_order=True)
        table.rows.merge(table.frame.join(kept.select(ROW), on=ROW, how="anti")[ROW], "exact duplicate of another row")
        table.frame = kept
