"""``instead diff``: what changes from one policy to another, on paper and in cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.markup import escape

from instead.cli.account import account_json, print_account
from instead.cli.options import FILE, as_of_option, decision_day, json_option, library, library_option
from instead.cli.output import check_table_names, console, print_json, progress, write_table
from instead.cli.screen_text import share
from instead.errors import InsteadError
from instead.policy.model import Policy
from instead.policy.open import open_policy
from instead.replay.cases import CaseTable, open_cases
from instead.replay.comparing import Comparison, compare, text_changes


@click.command()
@click.argument("old_name", metavar="OLD")
@click.argument("new_name", metavar="NEW")
@click.option("--cases", "data", type=FILE, help="The cases to decide under both.")
@click.option("--source", "source_name", metavar="MAP", help="How to read them; without it they are a table of facts.")
@click.option("--out", "out_path", type=FILE, help="Write the cases that change: .parquet or .csv")
@as_of_option
@json_option
@library_option
def diff(
    old_name: str,
    new_name: str,
    data: Path | None,
    source_name: str | None,
    out_path: Path | None,
    as_of: dt.datetime | None,
    as_json: bool,
    library_dir: Path | None,
) -> None:
    """Compare policy OLD with policy NEW: the documents, and with --cases which cases would be decided differently."""
    if data is None and (source_name or out_path):
        raise click.UsageError("--source and --out need --cases")
    check_table_names(out_path, data=data)
    lib = library(library_dir)
    old, new = open_policy(old_name, lib), open_policy(new_name, lib)
    if old.vocabulary.digest != new.vocabulary.digest:
        raise InsteadError(f"{old.id} and {new.id} use different vocabularies and cannot be compared")
    changes = text_changes(old, new)
    cases, comparison = None, None
    if data is not None:
        day = decision_day(old, as_of) or decision_day(new, as_of)
        with progress("Comparing", quiet=as_json) as say:
            cases = open_cases(data, source_name, old.vocabulary, lib, progress=say)
            comparison = compare(old, new, cases.facts.collect(), day)
        if out_path is not None:
            write_table(comparison.changed, out_path)
    if as_json:
        named = {"old": _identity(old), "new": _identity(new)}
        print_json({**named, **_as_json(changes, cases, comparison)})
    else:
        _print(escape(f"{old.id} → {new.id}"), changes, cases, comparison)


def _identity(policy: Policy) -> dict[str, str]:
    return {"policy": policy.id, "version": policy.version, "hash": policy.hash()}


def _as_json(changes: list[str], cases: CaseTable | None, comparison: Comparison | None) -> dict[str, object]:
    result: dict[str, object] = {"documents": changes}
    if comparison is not None and cases is not None:
        result |= {
            "cases": comparison.cases,
            "changed": comparison.changed.height,
            "changes": [
                {
                    "old_outcome": c.old_outcome,
                    "new_outcome": c.new_outcome,
                    "old_rule": c.old_rule,
                    "new_rule": c.new_rule,
                    "cases": c.cases,
                    "first_cases": list(c.first_cases),
                }
                for c in comparison.changes()
            ],
            **account_json(cases),
        }
    return result


def _print(title: str, changes: list[str], cases: CaseTable | None, comparison: Comparison | None) -> None:
    out = console()
    out.print(f"[bold]{title}[/]: {len(changes)} changes in the documents")
    for sentence in changes:
        out.print(f"  • {sentence}", markup=False)
    if comparison is None or cases is None:
        return
    out.print()
    print_account(out, cases)
    out.print(f"\n[bold]Decided differently:[/] {share(comparison.changed.height, comparison.cases)} cases")
    for change in comparison.changes():
        rest = ", …" if change.cases > len(change.first_cases) else ""
        out.print(
            f"  {change.cases:>8,}  {change.old_outcome} ({change.old_rule}) → {change.new_outcome} ({change.new_rule})"
            f"  for instance {', '.join(change.first_cases)}{rest}",
            markup=False,
        )
