"""``instead import``: cases come into the office."""

from __future__ import annotations

from pathlib import Path

import click

from instead.cli.account import print_rows, print_unknown, set_aside
from instead.cli.office import start_django
from instead.cli.options import FILE, json_option
from instead.cli.output import check_table_names, console, print_json, progress, write_table


@click.command("import")
@click.argument("data", type=FILE)
@click.option("--source", "source_name", required=True, metavar="MAP", help="How to read DATA: a source map.")
@click.option("--set-aside", "aside_path", type=FILE, help="Write every row set aside: FILE.csv")
@json_option
def import_cases(data: Path, source_name: str, aside_path: Path | None, as_json: bool) -> None:
    """Take the cases in DATA into the office: new ones are screened, known ones get what is new as events."""
    check_table_names(aside_path, data=data)
    start_django()
    from instead.office import clock
    from instead.office.cases.imports import bring_in, in_words
    from instead.office.cases.models import Import
    from instead.office.cases.policy_in_force import policy_in_force

    with progress("Importing", quiet=as_json) as say:
        read, received = bring_in(
            data,
            source_name,
            policy_in_force(),
            how=Import.How.COMMAND,
            name=data.name or str(data),
            actor=None,
            at=clock.now(),
            progress=say,
        )
    if aside_path is not None:
        write_table(set_aside(received.files), aside_path)
    if as_json:
        print_json({"import": str(read.pk), **read.counts, "files": read.rows, "unknown": read.notes})
        return
    out = console()
    print_rows(out, source_name, received.files)
    print_unknown(out, received.notes)
    for sentence in in_words(read):
        out.print(sentence, markup=False)
    for key, reason in read.counts["refused_for_instance"]:
        out.print(f"  {key}: {reason}", markup=False)
