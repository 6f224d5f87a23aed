"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from instead.facts.vocabulary import day_of
from instead.library import Library
from instead.policy.model import Policy

_Command = TypeVar("_Command", bound=Callable[..., Any])


def library_option(command: _Command) -> _Command:
    """``--library DIR``: an office's own policies, books, maps, vocabularies and letters, looked at first."""
    return click.option(
        "--library",
        "library_dir",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        envvar="INSTEAD_LIBRARY",
        help="A folder with policies, statutes, sources, vocabularies and letters of your own; looked at first.",
    )(command)


def json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")(command)


def as_of_option(command: _Command) -> _Command:
    """``--as-of DATE``: the date of the decision, for parameters that are looked up on it."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The date of the decision (default: today). Matters only for parameters looked up on it.",
    )(command)


class FilePath(click.ParamType[Path]):
    """A path as it is written; whether it is there is for those who read it to say."""

    name = "path"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if "\0" in str(value):
            self.fail("a path with a null byte cannot be", param, ctx)
        return Path(value)


FILE = FilePath()


def library(folder: Path | None) -> Library:
    return Library(folder)


def decision_day(policy: Policy, as_of: dt.datetime | None) -> int | None:
    """The day decisions are taken on. The clock is read here, above everything that decides."""
    if not policy.dated_by_decision:
        return None
    return day_of(as_of.date() if as_of else dt.date.today())
