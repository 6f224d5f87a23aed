"""The command ``instead``.

Exit codes: 0 done; 1 what was checked is wrong; 2 the input or the command line cannot be used; 130 stopped.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys

import click

from instead import __version__
from instead.cli.check import check
from instead.cli.demo import demo
from instead.cli.diff import diff
from instead.cli.explain import explain
from instead.cli.facts import facts
from instead.cli.import_cases import import_cases
from instead.cli.ledger import ledger
from instead.cli.letters import letters
from instead.cli.office import office
from instead.cli.read import read
from instead.cli.screen import screen
from instead.cli.synth import synth
from instead.cli.watch import watch
from instead.errors import InsteadError


class _Group(click.Group):
    """Click would take a closed pipe for a failure of the command."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _silence()
            return None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="instead")
def cli() -> None:
    """Treatment instead of prosecution: a written policy decides every case and explains itself."""


for command in (check, explain, screen, facts, read, synth, diff, demo, import_cases, office, ledger, letters):
    cli.add_command(command)
office.add_command(watch)


def main() -> None:
    """Run a command; what is wrong with the input is told without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows fewer letters still gets its answer
    output = sys.stdout
    try:
        cli(standalone_mode=False)
        sys.stdout.flush()
    except InsteadError as error:
        _stop(str(error), 2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _stop("Stopped. No file was left half written.", 130)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _silence()
    except SystemExit:
        if sys.stdout is output:
            raise
        _silence()  # Click found that nobody reads on
    except OSError as error:
        _silence()
        _stop(f"{error.filename or 'writing'}: {error.strerror or error}", 2)


def _stop(message: str, code: int) -> None:
    with contextlib.suppress(OSError):
        click.echo(message, err=True)
    sys.exit(code)


def _silence() -> None:
    """Nobody reads on: what is still to be written goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
