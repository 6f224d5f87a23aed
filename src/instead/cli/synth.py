"""``instead synth``: a synthetic city, the same for the same seed."""

from __future__ import annotations

from pathlib import Path

import click

from instead.cli.options import FILE
from instead.cli.output import console, progress
from instead.synth import write_city


@click.command()
@click.argument("directory", metavar="DIR", type=FILE)
@click.option("--cases", default=6000, show_default=True, type=click.IntRange(min=1), help="Arrests in 18 months.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed, the same city.")
def synth(directory: Path, cases: int, seed: int) -> None:
    """Write a synthetic city to DIR: people, arrests, court extracts, laboratory, treatment."""
    with progress("Making a city", quiet=False) as say:
        report = write_city(directory, cases, seed, lambda step, done, of: say(f"{step} ({done:,} of {of:,})"))
    out = console()
    out.print(
        f"A synthetic city in {report.directory}: {report.cases:,} arrests of {report.people:,} people, seed {seed}",
        markup=False,
    )
    for name, rows in report.rows.items():
        out.print(f"  {name}: {rows:,} rows", markup=False)
