"""``instead office watch``: cases come in from a folder by themselves."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from instead.cli.account import set_aside
from instead.cli.office import start_django
from instead.cli.output import console

if TYPE_CHECKING:
    from instead.office.cases.watching import Account, Finished, Watcher


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--source", "source_name", required=True, metavar="MAP", help="How to read what is put there.")
@click.option("--every", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Seconds between two looks.")
@click.option(
    "--settled",
    default=5.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Seconds a file must have stayed the same.",
)
@click.option("--once", is_flag=True, help="Take what is there and has stopped changing, then end.")
def watch(folder: Path, source_name: str, every: float, settled: float, once: bool) -> None:
    """Take in whatever is put into DIR, until Ctrl-C; what was read is moved to DIR/done, with its account."""
    start_django()
    watcher = _watcher(folder, source_name, settled)
    out = console()
    told: dict[str, str] = {}
    watcher.round()
    while True:
        time.sleep(settled if once else every)
        for finished in watcher.round():
            _tell(finished)
        for name, trouble in watcher.troubles.items():
            if told.get(name) != trouble:
                out.print(f"{name}: left where it is: {trouble}", markup=False)
        told = dict(watcher.troubles)
        if once:
            return


def _watcher(folder: Path, source_name: str, settled: float) -> Watcher:
    from django.db import OperationalError, close_old_connections, connection
    from django.utils import timezone

    from instead.office import clock
    from instead.office.accounts.organizations import the_office
    from instead.office.cases.imports import bring_in, in_words, row_lines
    from instead.office.cases.intake import opened
    from instead.office.cases.models import Import
    from instead.office.cases.policy_in_force import policy_in_force
    from instead.office.cases.watching import Account, Watcher

    the_office()  # what is wrong with the office or the map is told now, and not of every delivery
    first, *others = opened(source_name, policy_in_force())[0].tables
    along = tuple(name for table in others for name in table.files)

    def deliver(data: Path, name: str) -> Account:
        if not connection.in_atomic_block:  # hours may have passed: a connection that has ended is opened anew
            close_old_connections()
        how, at = Import.How.WATCHED, clock.now()
        try:
            read, received = bring_in(data, source_name, policy_in_force(), how=how, name=name, actor=None, at=at)
        except OperationalError as error:  # the database is not there or is busy: that is no fault of the delivery
            raise OSError(f"the database does not answer ({error})") from error
        rows = set_aside(received.files)
        return Account(
            [*row_lines(read), *in_words(read), *(f"{key}: {why}" for key, why in read.counts["refused_for_instance"])],
            rows.write_csv() if rows.height else "",
        )

    def stamp() -> str:
        return timezone.localtime(clock.now()).strftime("%Y-%m-%d %H.%M.%S")

    return Watcher(folder, deliver, stamp, time.monotonic, settled, dict.fromkeys(first.files, along))


def _tell(finished: Finished) -> None:
    """What came of a delivery, as soon as it is moved."""
    out = console()
    out.print(f"{finished.name}: {'brought in' if finished.read else 'set aside'}", markup=False)
    for line in finished.lines:
        out.print(f"  {line}", markup=False)
