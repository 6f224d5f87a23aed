"""Where results go: JSON alone on standard output, files written whole or not at all, progress on a terminal only."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import polars as pl
from rich.console import Console

from instead.errors import InsteadError

#: Wide enough that a pipe cuts nothing.
_PIPE_WIDTH = 160


def console() -> Console:
    """Standard output for people."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(width=width, highlight=False, soft_wrap=not sys.stdout.isatty())


def print_json(content: object) -> None:
    """Print JSON and nothing else."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def progress(label: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A moving line on a terminal while something long is done; nothing in a pipe or with ``quiet``."""
    if quiet or not sys.stderr.isatty():
        yield _say_nothing
        return
    with Console(stderr=True).status(label) as status:
        yield lambda sentence: status.update(f"{label}: {sentence}")


def _say_nothing(_sentence: str) -> None:
    pass


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place at the end, or is removed when anything goes wrong."""
    if path.is_dir():
        raise InsteadError(f"{path}: is a directory, a file name was expected")
    if not path.parent.is_dir():
        raise InsteadError(f"{path}: the folder {path.parent} does not exist")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InsteadError(f"{path}: cannot be written: {error.strerror}") from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise InsteadError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def check_table_name(path: Path) -> None:
    """Refuse a name that says neither CSV nor Parquet, before any work is done."""
    if path.suffix not in (".csv", ".parquet"):
        raise InsteadError(f"{path}: a table is written as .csv or .parquet")


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table whole; in CSV, lists are joined by ``;``."""
    with whole_file(path) as temporary:
        if path.suffix == ".parquet":
            frame.write_parquet(temporary)
        else:
            lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
            frame.with_columns(pl.col(name).list.join(";") for name in lists).write_csv(temporary)
