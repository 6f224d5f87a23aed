"""The account of the rows, printed after every reading of files, and what became unknown."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
from rich.console import Console
from rich.markup import escape

from instead.records.notes import Notes
from instead.records.row_count import RowCount
from instead.replay.cases import CaseTable


def account_json(cases: CaseTable) -> dict[str, object]:
    """Rows in, merged and set aside over all files, and file by file."""
    files = cases.files
    return {
        "rows_in": sum(file.rows_in for file in files),
        "merged": sum(file.merged.height for file in files),
        "set_aside": sum(file.set_aside.height for file in files),
        "files": [_file_json(file) for file in files],
        "inadmissible": cases.inadmissible.height,
        "unknown": cases.notes.listed(),
        "unused_columns": [{"column": c.column, "nearest": c.nearest or None} for c in cases.unused],
    }


def _file_json(file: RowCount) -> dict[str, object]:
    return {
        "file": file.file,
        "rows_in": file.rows_in,
        "used": file.used,
        "merged": file.merged.height,
        "set_aside": file.set_aside.height,
        "reasons": [
            {"reason": r.reason, "rows": r.rows, "first_rows": list(r.first_rows)}
            for r in (*file.reasons(), *file.reasons(set_aside=False))
        ],
    }


def print_account(out: Console, cases: CaseTable) -> None:
    """Rows in = used + merged + set aside for each file, with the reasons; then what became unknown."""
    print_rows(out, cases.source.title, cases.files)
    for column in cases.unused:
        near = f"; the nearest fact is `{column.nearest}`" if column.nearest else ""
        out.print(f"  column `{column.column}` is no fact and is not used{near}", markup=False)
    print_unknown(out, cases.notes)


def print_rows(out: Console, title: str, files: Iterable[RowCount]) -> None:
    """Rows in = used + merged + set aside for each file, with the reasons."""
    out.print(f"[bold]Rows[/] ({escape(title)})")
    for file in files:
        out.print(
            f"  {file.file}: {file.rows_in:,} rows in = {file.used:,} used + {file.merged.height:,} merged "
            f"+ {file.set_aside.height:,} set aside",
            markup=False,
        )
        for aside, word in ((True, "set aside"), (False, "merged")):
            for reason in file.reasons(set_aside=aside):
                rows = ", ".join(map(str, reason.first_rows)) + (", …" if reason.rows > len(reason.first_rows) else "")
                out.print(f"    {reason.rows:,} {word}: {reason.reason} (row {rows})", markup=False)


def print_unknown(out: Console, notes: Notes) -> None:
    """What became unknown, and why; nothing where nothing did."""
    listed = notes.listed()
    if listed:
        out.print("[bold]Not known, and why[/]")
    for note in listed:
        shown = note["for_instance"]
        samples = f" (for instance {', '.join(map(str, shown))})" if isinstance(shown, list) and shown else ""
        out.print(f"  {note['fact']}: {note['count']:,} × {note['reason']}{samples}", markup=False)


def set_aside(files: tuple[RowCount, ...]) -> pl.DataFrame:
    """Every row set aside: file, row, reason."""
    return pl.concat([file.set_aside.select(pl.lit(file.file).alias("file"), "row", "reason") for file in files])
