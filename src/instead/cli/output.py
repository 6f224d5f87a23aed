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
    return _Console(width=width, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Rich would exit as if the command had failed; the reader of a pipe may stop when it likes."""
        raise BrokenPipeError


def counted(count: int, thing: str) -> str:
    """``1 case``, ``2 cases``."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


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
    try:
        if path.is_dir():
            raise InsteadError(f"{path}: is a directory, a file name was expected")
        if not path.parent.is_dir():
            raise InsteadError(f"{path}: the folder {path.parent} does not exist")
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InsteadError(f"{str(path)[:300]}: cannot be written: {reason}") from None
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


def check_table_names(*paths: Path | None, data: Path | None = None) -> None:
    """Refuse, before any work is done, a name that says neither CSV nor Parquet, and one that would be overwritten."""
    given = [path for path in paths if path is not None]
    for path in given:
        if path.suffix not in (".csv", ".parquet"):
            raise InsteadError(f"{path}: a table is written as .csv or .parquet")
        with contextlib.suppress(OSError, ValueError):
            if data is not None and path.resolve() == data.resolve():
                raise InsteadError(f"{path}: would be written over the data")
    if len({path.absolute() for path in given}) < len(given):
        raise InsteadError(f"{given[0]}: two tables would be written to one file")


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table whole; in CSV, lists are joined by ``;``."""
    with whole_file(path) as temporary:
        if path.suffix == ".parquet":
            frame.write_parquet(temporary)
        else:
            lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
            frame.with_columns(pl.col(name).list.join(";") for name in lists).write_csv(temporary)
