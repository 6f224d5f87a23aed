"""``instead demo``: a synthetic city, its arrests in an office of its own, months of work, and the pages opened."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from instead.cli.output import console, counted
from instead.synth import write_city
from instead.synth.write import MARKER

#: Who reminders come from: a neutral name, and a number of the range reserved for fiction.
_REMINDERS = {"INSTEAD_REMINDER_NAME": "The front desk", "INSTEAD_REMINDER_PHONE": "215-555-0118"}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("run/demo"))
@click.option("--cases", default=12_000, show_default=True, type=click.IntRange(200, 200_000), help="Arrests in it.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Another seed, another city.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where the pages open.")
@click.option("--only-make", is_flag=True, help="Make the demonstration and do not open it.")
def demo(folder: Path, cases: int, seed: int, port: int, only_make: bool) -> None:
    """Open a demonstration in FOLDER, made first if it is not there: everybody in it is invented."""
    city = folder / "city"
    if not (city / MARKER).is_file():
        _say(f"Making a synthetic city of {cases:,} arrests …")
        write_city(city, cases, seed)
    os.environ.update(INSTEAD_DATA=str(folder), INSTEAD_REQUIRE_TOTP="0", INSTEAD_PHONE="215-555-0119", **_REMINDERS)
    from instead.cli.office import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _make(city, seed)
    if not only_make:
        from instead.office.serving import serve

        _say(f"The demonstration is open at http://127.0.0.1:{port}/ (Ctrl-C closes it)")
        serve(port)


def _make(city: Path, seed: int) -> None:
    """Fill the database, unless that was done before."""
    from instead.office.cases.policy_in_force import policy_in_force
    from instead.office.demonstration.founding import demonstration
    from instead.office.demonstration.mode import installation

    if installation() is not None:
        return
    _say("Six weeks of work, done by the same verbs that people use …")
    made = demonstration(city, policy_in_force(), seed=seed, tell=_day)
    _say("")
    out = console()
    out.print(f"{counted(made.cases, 'case')}, {counted(made.steps, 'step')} of work.")
    for reason, times in made.refused.items():
        out.print(f"refused {counted(times, 'time')}, as it should be: {reason}", markup=False)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


def _day(words: str) -> None:
    """Which day the work has come to, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r{words}  ", end="", file=sys.stderr, flush=True)  # noqa: T201
