"""The command ``instead``.

Exit codes: 0 done; 1 what was checked is wrong; 2 the input or the command line cannot be used; 130 stopped.
"""

from __future__ import annotations

import os
import sys

import click

from instead import __version__
from instead.cli.check import check
from instead.cli.diff import diff
from instead.cli.explain import explain
from instead.cli.facts import facts
from instead.cli.read import read
from instead.cli.screen import screen
from instead.cli.synth import synth
from instead.errors import InsteadError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="instead")
def cli() -> None:
    """Treatment instead of prosecution: a written policy decides every case and explains itself."""


for command in (check, explain, screen, facts, read, synth, diff):
    cli.add_command(command)


def main() -> None:
    """Run a command; what is wrong with the input is told without a traceback."""
    try:
        cli(standalone_mode=False)
    except InsteadError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. No file was left half written.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
