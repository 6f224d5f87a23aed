"""``instead ledger``: is the office's ledger whole? Checkpoints that show a cut tail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from instead.cli.office import start_django
from instead.cli.options import FILE, json_option
from instead.cli.output import console, counted, print_json, progress, whole_file
from instead.errors import InsteadError

if TYPE_CHECKING:
    from instead.office.ledger.checkpoint import Checkpoint
    from instead.office.ledger.findings import Report


@click.group()
def ledger() -> None:
    """Check the office's ledger, and keep what shows later that nothing was cut off."""


@ledger.command()
@click.option("--against", "against_path", type=FILE, help="A checkpoint that this ledger must continue.")
@json_option
def verify(against_path: Path | None, as_json: bool) -> None:
    """Compute every hash anew. Exit 0 when the ledger is whole, 1 when it is not."""
    with _office():
        from instead.office.ledger.checkpoint import read_checkpoint

        against = None if against_path is None else read_checkpoint(against_path)
        report = _verified(against, quiet=as_json)
    if as_json:
        print_json(_as_json(report, against))
    else:
        _print(report, against)
    if not report.whole:
        sys.exit(1)


@ledger.command()
@click.argument("file", metavar="FILE", type=FILE)
def checkpoint(file: Path) -> None:
    """Verify the ledger and write a checkpoint to FILE.

    An earlier checkpoint in FILE is replaced when the ledger continues it. Nothing is written when it is not whole.
    """
    with _office():
        from instead.office.clock import now
        from instead.office.ledger.checkpoint import checkpoint_of, read_checkpoint

        against = read_checkpoint(file) if file.exists() else None
        at = now()
        report = _verified(against, quiet=False)
    if not report.whole:
        _print(report, against)
        console().print("No checkpoint was written.")
        sys.exit(1)
    made = checkpoint_of(report, at)
    with whole_file(file) as temporary:
        temporary.write_text(made.text(), encoding="utf-8")
    console().print(f"A checkpoint of {_entries(made.count)} written to {file}", markup=False)


@contextmanager
def _office() -> Iterator[None]:
    """Django, set up here and not before; what the database refuses is told as wrong input."""
    start_django()
    from django.db import DatabaseError, connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).is_file():
        raise InsteadError(
            f"{name}: there is no office here; INSTEAD_DATA or DATABASE_URL says where it is, "
            "and `instead office setup` makes one"
        )
    try:
        yield
    except DatabaseError as error:
        raise InsteadError(f"{name}: the ledger cannot be read: {_without_content(error)}") from None


def _without_content(error: Exception) -> str:
    """The database's first sentence, without what stood in the row."""
    return str(error).partition("\n")[0].partition(" with text ")[0]


def _verified(against: Checkpoint | None, *, quiet: bool) -> Report:
    from instead.office.ledger.verify import verify

    with progress("Verifying", quiet=quiet) as say:
        return verify(against, progress=lambda entries: say(_entries(entries)))


def _entries(count: int) -> str:
    """``1 entry``, ``2 entries``."""
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def _print(report: Report, against: Checkpoint | None) -> None:
    out = console()
    walked = _entries(report.entries)
    if report.whole:
        erased = f", the payloads of {report.erased:,} erased" if report.erased else ""
        out.print(f"The ledger is whole: {walked}{erased}.")
        if against is None:
            out.print("Without a checkpoint (--against FILE) a cut tail cannot be seen.")
        else:
            out.print(f"It continues the checkpoint of {against.at:%Y-%m-%d %H:%M} UTC at entry {against.number:,}.")
        return
    out.print(f"The ledger is NOT whole: {counted(report.found, 'finding')} in {walked}.")
    for finding in report.findings:
        out.print(f"  {finding.kind}: {finding.message}", markup=False)
    if report.found > len(report.findings):
        out.print(f"  and {report.found - len(report.findings):,} more")


def _as_json(report: Report, against: Checkpoint | None) -> dict[str, object]:
    return {
        "whole": report.whole,
        "entries": report.entries,
        "erased": report.erased,
        "number": report.number,
        "hash": report.hash,
        "against": None if against is None else {"number": against.number, "hash": against.hash},
        "found": report.found,
        "findings": [
            {"kind": finding.kind, "number": finding.number or None, "message": finding.message}
            for finding in report.findings
        ],
    }
