"""Reading tables: delimited text, JSON Lines and Parquet, every value as text, every row numbered.

A row that cannot be read is set aside with its reason; a file that cannot be read at all is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from instead.errors import BadData, Place, Problem
from instead.records.delimited import TornRow, read_rows
from instead.records.json_lines import JsonLines, flat_values, read_json_lines
from instead.records.row_count import RowCount
from instead.records.source_map import SourceMap, TableMap

#: Our own columns begin with a mark that no source's header has, so that names never meet.
ROW = "§row"
_SUFFIXES = {".csv": "csv", ".txt": "csv", ".psv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_DELIMITERS = ",|;\t"


@dataclass(slots=True)
class Table:
    """A table of texts with its row numbers in ``ROW``, and the count of its rows.

    ``torn`` are rows that were set aside when the file was read: what they name may still matter. ``ragged`` tables
    (JSON) leave out what is empty: a column that is not there is empty in every row. ``named`` are the columns that
    the map names anywhere.
    """

    name: str
    frame: pl.DataFrame
    rows: RowCount
    torn: pl.DataFrame | None = None
    ragged: bool = False
    named: frozenset[str] = frozenset()

    @property
    def columns(self) -> list[str]:
        """The columns of the source."""
        return [name for name in self.frame.columns if name != ROW]

    def drop(self, bad: pl.DataFrame, reason: str) -> None:
        """Set rows aside (given by their ``ROW``) and take them out of the frame."""
        if bad.height:
            self.rows.put_aside(bad[ROW], reason)
            self.frame = self.frame.join(bad.select(ROW).unique(), on=ROW, how="anti", maintain_order="left")


def read_tables(data: Path, source: SourceMap) -> dict[str, Table]:
    """Every table of a source, from a folder or from one file."""
    try:
        return _read_tables(data, source)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadData([Problem(f"cannot be read: {reason}", Place(str(data)[:300]))]) from None


def _read_tables(data: Path, source: SourceMap) -> dict[str, Table]:
    if not data.exists():
        raise BadData([Problem("no such file or folder", Place(str(data)), _wanted(source))])
    tables: dict[str, Table] = {}
    lines: dict[str, JsonLines] = {}
    key = source.case.key or source.case.id.columns
    for table_map in source.tables:
        path = _find(data, table_map, source)
        parent = table_map.list_of[0] if table_map.list_of else ""
        if path is not None:
            read = _read(path, table_map, key)
            tables[table_map.name], lines[table_map.name] = read
        elif (
            parent in lines and tables[parent].ragged and (not table_map.optional or _listed(table_map, lines[parent]))
        ):
            tables[table_map.name] = _list_table(table_map, tables[parent], lines[parent], key)
        elif not table_map.optional:
            names = " or ".join(table_map.files)
            raise BadData([Problem(f"the table `{table_map.name}` is missing", Place(str(data)), f"a file {names}")])
    for table_map in source.tables:
        if table_map.list_of and table_map.name in tables and not tables[table_map.name].ragged:
            _merge_lists_sent_again(tables[table_map.name], tables[table_map.list_of[0]], key)
        if table_map.name in tables:
            tables[table_map.name].named = source.columns
            if table_map.merge_exact_duplicates:
                _merge_exact_duplicates(tables[table_map.name])
    return tables


def _listed(table_map: TableMap, lines: JsonLines) -> bool:
    """Whether any line has the list at all; where none does, there is no such table."""
    return table_map.list_of is not None and any(table_map.list_of[1] in record.content for record in lines.records)


def _wanted(source: SourceMap) -> str:
    names = [" or ".join(table.files) for table in source.tables if table.files and not table.optional]
    return f"a folder with {', '.join(names)}" + (", or that file" if len(names) == 1 else "")


def _find(data: Path, table_map: TableMap, source: SourceMap) -> Path | None:
    """The file of a table. One file given by itself is the first table's, whatever its name."""
    if data.is_dir():
        return next((data / name for name in table_map.files if (data / name).is_file()), None)
    if data.name in table_map.files or table_map is source.tables[0]:
        return data
    if _kind(data) == "jsonl":
        return None
    return next((data.parent / name for name in table_map.files if (data.parent / name).is_file()), None)


def _kind(path: Path) -> str:
    return "parquet" if path.suffix == ".parquet" else _SUFFIXES.get(path.suffix.lower(), "csv")


def _read(path: Path, table_map: TableMap, key: tuple[str, ...]) -> tuple[Table, JsonLines]:
    if path.stat().st_size == 0:
        raise BadData([Problem("the file is empty", Place(str(path)), "a table with a header and rows")])
    kind = _kind(path)
    if kind == "parquet":
        return _read_parquet(path, table_map), JsonLines()
    text = _decode(path, table_map.encoding)
    if kind == "jsonl":
        return _read_json_lines(path, text, table_map, key)
    return _read_delimited(path, text, table_map), JsonLines()


def _decode(path: Path, encoding: str) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"the file is not written in {encoding}: byte 0x{data[error.start]:02x}"
        expected = 'text in that encoding, or `encoding = "…"` for this table in the source map'
        raise BadData([Problem(message, Place(str(path), line), expected)]) from None


def bad_parquet(path: Path, error: Exception) -> BadData:
    """The error for a Parquet file whose pages cannot be read."""
    reason = str(error).split("\n")[0]
    return BadData([Problem(f"not a Parquet file that can be read: {reason}", Place(str(path)))])


def _read_parquet(path: Path, table_map: TableMap) -> Table:
    try:
        frame = pl.read_parquet(path)
        texts = frame.select(_as_text(name, kind) for name, kind in frame.schema.items() if _has_text(kind))
    except Exception as error:  # noqa: BLE001 - the reader raises many kinds, all meaning the same here
        raise bad_parquet(path, error) from None
    blank_to_null = texts.with_columns(_blank_to_null(pl.all())) if texts.width else texts
    numbered = blank_to_null.with_columns(pl.int_range(1, frame.height + 1, dtype=pl.UInt32).alias(ROW))
    return Table(table_map.name, numbered, RowCount(path.name, frame.height))


def _has_text(kind: pl.DataType) -> bool:
    """Whether values of a type can be written as one text; lists, tables and bytes cannot."""
    return not (kind.is_nested() or kind in (pl.Binary, pl.Duration, pl.Object))


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    return (column.dt.date() if isinstance(kind, pl.Datetime) else column).cast(pl.String)


def _read_delimited(path: Path, text: str, table_map: TableMap) -> Table:
    rows = read_rows(text, table_map.delimiter, table_map.quote)
    first = next(rows, [])
    if isinstance(first, TornRow):
        raise BadData([Problem(f"the header {first.reason}", Place(str(path), 1))])
    header = [name.strip() for name in first]
    _check_header(path, header, table_map)
    columns: list[list[str]] = [[] for _ in header]
    numbers: list[int] = []
    bad: dict[str, list[int]] = {}
    torn: list[dict[str, str]] = []
    number = 0
    for number, row in enumerate(rows, 1):
        if isinstance(row, TornRow):
            bad.setdefault(row.reason, []).append(number)
            torn.append(dict(zip(header, row.fields, strict=False)))
            continue
        numbers.append(number)
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    count = _count(path.name, number, bad)
    data = {name: pl.Series(name, values, dtype=pl.String) for name, values in zip(header, columns, strict=True)}
    frame = pl.DataFrame(data).with_columns(_blank_to_null(pl.col(pl.String)))
    remains = None
    if torn:
        schema = dict.fromkeys(header, pl.String)
        remains = pl.DataFrame(torn, schema=schema).with_columns(_blank_to_null(pl.col(pl.String)))
    numbered = frame.with_columns(pl.Series(ROW, numbers, dtype=pl.UInt32))
    return Table(table_map.name, numbered, count, remains)


def _count(file: str, rows: int, bad: dict[str, list[int]]) -> RowCount:
    count = RowCount(file, rows)
    for reason, which in bad.items():
        count.put_aside(pl.Series(which, dtype=pl.UInt32), reason)
    return count


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


def _read_json_lines(path: Path, text: str, table_map: TableMap, key: tuple[str, ...]) -> tuple[Table, JsonLines]:
    lines = read_json_lines(text, key)
    if not lines.records:
        found = f"none of {lines.count:,} lines is a JSON object" if lines.count else "the file has no lines"
        raise BadData([Problem(found, Place(str(path)), "JSON Lines: one object a line")])
    count = _count(path.name, lines.count, lines.bad)
    contradicting = [record.number for record in lines.records if record.contradicts]
    if contradicting:
        reason = "an earlier report with the same number says something else"
        count.put_aside(pl.Series(contradicting, dtype=pl.UInt32), reason)
    kept = [(r.number, dict(flat_values(r.content))) for r in lines.records if not r.contradicts]
    return Table(table_map.name, _frame(kept), count, ragged=True), lines


def _list_table(table_map: TableMap, parent: Table, lines: JsonLines, key: tuple[str, ...]) -> Table:
    """A table made of a list inside the JSON lines of another; each item also has its parent's own values.

    The items of a report that was sent again are merged; those of one that contradicts an earlier one are torn.
    """
    assert table_map.list_of is not None
    name = table_map.list_of[1]
    items: list[tuple[int, dict[str, str | None]]] = []
    merged: list[int] = []
    torn: list[dict[str, str | None]] = []
    bad: list[int] = []
    count = 0
    for record in lines.records:
        listed = record.content.get(name)
        own = {column: value for column, value in flat_values(record.content) if "." not in column}
        if record.contradicts:
            torn.append({column: own.get(column) for column in key})
        for item in listed if isinstance(listed, list) else [] if listed is None else [listed]:
            count += 1
            if record.contradicts:
                bad.append(count)
            elif record.repeats:
                merged.append(count)
            else:
                # An item that is no object says nothing of its own; it still is one item of its parent.
                items.append((count, {**own, **dict(flat_values(item if isinstance(item, dict) else {}))}))
    rows = _count(
        f"{parent.rows.file} ({name})", count, {"of a report that contradicts an earlier one": bad} if bad else {}
    )
    rows.merge(pl.Series(merged, dtype=pl.UInt32), "of a report that was sent again")
    remains = pl.DataFrame(torn, schema=dict.fromkeys(key, pl.String)) if torn else None
    return Table(table_map.name, _frame(items), rows, remains, ragged=True)


def _frame(records: Iterable[tuple[int, dict[str, str | None]]]) -> pl.DataFrame:
    listed = list(records)
    names = dict.fromkeys(name for _, record in listed for name in record)
    data = {name: pl.Series(name, [record.get(name) for _, record in listed], dtype=pl.String) for name in names}
    return pl.DataFrame({**data, ROW: pl.Series([number for number, _ in listed], dtype=pl.UInt32)})


def _merge_lists_sent_again(table: Table, parent: Table, key: tuple[str, ...]) -> None:
    """Where a report is there k times and each of its lines a multiple of k times, the lines count once."""
    if not set(key) <= set(table.columns) or not set(key) <= set(parent.columns):
        return
    sent = parent.frame.group_by(key).agg(pl.len().alias("§sent")).filter(pl.col("§sent") > 1)
    rows = table.frame.join(sent, on=key, how="inner", maintain_order="left")
    if not rows.height:
        return
    same = [pl.int_range(pl.len()).over(table.columns).alias("§nth"), pl.len().over(table.columns).alias("§times")]
    rows = rows.with_columns(same)
    whole = (pl.col("§times") % pl.col("§sent") == 0).all().over(key)
    again = rows.filter(whole & (pl.col("§nth") >= pl.col("§times") // pl.col("§sent")))
    table.rows.merge(again[ROW], "of a report that was sent again")
    table.frame = table.frame.join(again.select(ROW), on=ROW, how="anti", maintain_order="left")


def _merge_exact_duplicates(table: Table) -> None:
    kept = table.frame.unique(table.columns, keep="first", maintain_order=True)
    table.rows.merge(table.frame.join(kept.select(ROW), on=ROW, how="anti")[ROW], "exact duplicate of another row")
    table.frame = kept
