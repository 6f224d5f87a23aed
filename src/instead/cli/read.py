"""``instead read``: the charges of Pennsylvania court documents."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from instead.cli.options import FILE, json_option, library, library_option
from instead.cli.output import console, counted, print_json
from instead.records.court_documents import CourtCharge, CourtDocument, read_document
from instead.statutes.book import StatuteBook
from instead.statutes.book_file import open_book


@click.command()
@click.argument("documents", nargs=-1, required=True, type=FILE, metavar="DOCUMENT.pdf…")
@json_option
@library_option
def read(documents: tuple[Path, ...], as_json: bool, library_dir: Path | None) -> None:
    """Read docket sheets and court summaries (PDF): cases, charges, and the kind of each charge."""
    book = open_book("pennsylvania", library(library_dir))
    found = [read_document(path) for path in documents]
    if as_json:
        print_json([_as_json(document, book) for document in found])
        return
    for document in found:
        _print(document, book)


def _kinds(citation: str, book: StatuteBook) -> list[str] | None:
    kinds = book.classify(citation).kinds
    return sorted(kinds) if kinds else None


def _as_json(document: CourtDocument, book: StatuteBook) -> dict[str, object]:
    content = document.to_json()
    for case in content["cases"]:
        for charge in case["charges"]:
            charge["kinds"] = _kinds(charge["citation"], book)
    return content


def _print(document: CourtDocument, book: StatuteBook) -> None:
    out = console()
    out.print(f"[bold]{escape(str(document.file))}[/]: {document.kind}, {counted(len(document.cases), 'case')}")
    for case in document.cases:
        facts = [f"OTN {case.otn or 'none'}", case.county, case.section or case.status]
        out.print(f"\n{case.docket_number or 'no docket number'}  ({', '.join(f for f in facts if f)})", markup=False)
        out.print(_charges(case.charges, book) if case.charges else "  no charges printed")
    for warning in document.warnings:
        out.print(f"warning: {warning}", markup=False)
    out.print()


def _charges(charges: tuple[CourtCharge, ...], book: StatuteBook) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("seq", "statute", "grade", "kind", "description", "disposition"):
        table.add_column(title, overflow="fold")
    for charge in charges:
        kinds = _kinds(charge.citation, book)
        table.add_row(
            *(
                Text(str(cell))
                for cell in (
                    charge.sequence,
                    charge.citation,
                    charge.grade or "",
                    ", ".join(kinds) if kinds else "unknown",
                    charge.description,
                    charge.disposition,
                )
            )
        )
    return table
