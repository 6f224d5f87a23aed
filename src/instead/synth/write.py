"""Writing a city so that it is there whole or not at all, and never over anybody's own files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from instead.errors import InsteadError

MARKER: Final = "SYNTHETIC"
MANIFEST: Final = "city.json"
README: Final = "README.md"
_BATCH: Final = 2_000  # lines written at once


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the city."""

    path: str
    rows: int
    sha256: str


@dataclass(slots=True)
class Folder:
    """A directory being filled; every file is counted and hashed on the way."""

    path: Path
    files: list[Written] = field(default_factory=list)

    def lines(self, name: str, lines: Iterable[str]) -> int:
        """One row a line; gives how many."""
        return self._write(name, lines, 0)

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> int:
        """A header and the rows; gives how many rows."""
        return self._write(name, _delimited(columns, rows, delimiter), 1)

    def _write(self, name: str, lines: Iterable[str], header: int) -> int:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, count = hashlib.sha256(), 0
        with target.open("wb") as file:
            for batch in _batches(lines):
                data = ("\n".join(batch) + "\n").encode()
                digest.update(data)
                file.write(data)
                count += len(batch)
        self.files.append(Written(name, count - header, digest.hexdigest()))
        return count - header


@contextmanager
def replacing(directory: Path) -> Iterator[Folder]:
    """A folder to fill that takes the place of ``directory`` at the end, unless something fails on the way."""
    target = directory.resolve()
    try:
        check_free(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        holder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise InsteadError(f"{directory}: cannot write here: {error.strerror or error}") from error
    try:
        filling = holder / "city"
        filling.mkdir()
        yield Folder(filling)
        check_free(target)
        _swap(filling, target, holder / "before")
    except OSError as error:
        raise InsteadError(f"{directory}: cannot write here: {error.strerror or error}") from error
    finally:
        shutil.rmtree(holder, ignore_errors=True)


def check_free(directory: Path) -> None:
    """Say no to a file, and to a directory that holds anything but a synthetic city."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise InsteadError(f"{directory}: this is a file; give a directory for the synthetic city")
    present = sorted(path.relative_to(directory).as_posix() for path in directory.rglob("*") if not path.is_dir())
    folders = [path for path in directory.iterdir() if path.is_dir()]
    if not present and not folders:
        return
    foreign = [name for name in present if name not in _own_files(directory)]
    if foreign or not (directory / MARKER).is_file():
        named = f": {foreign[0]}" if foreign else ""
        raise InsteadError(
            f"{directory}: holds files that are not of a synthetic city{named}; nothing was written. "
            "Give a new or an empty directory."
        )


def _own_files(directory: Path) -> frozenset[str]:
    """The files that the manifest lists; none when there is no manifest or no marker."""
    try:
        (directory / MARKER).read_bytes()
        listed = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))["files"]
        return frozenset([MARKER, MANIFEST, README, *(entry["path"] for entry in listed)])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def _swap(filled: Path, target: Path, before: Path) -> None:
    """Put the new one in place; when that fails, the old one comes back."""
    existed = target.exists()
    if existed:
        target.rename(before)
    try:
        filled.rename(target)
    except OSError:
        if existed:
            before.rename(target)
        raise


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _delimited(columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> Iterator[str]:
    """Header and rows as text. Pipe-delimited files are never quoted, as courts send them."""
    if delimiter == "|":
        yield delimiter.join(columns)
        yield from (delimiter.join(row) for row in rows)
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="")
    for row in (columns, *rows):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
