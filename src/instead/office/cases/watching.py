"""A watched folder: what is put into it comes in by itself, once it has stopped changing.

A *delivery* is a file, or a folder of files that belong together. It is copied, read from the copy, and then moved to
``done`` or, where it cannot be read at all, to ``set-aside``, with an account beside it. Nothing is moved before it is
in the database: whoever is stopped in the middle begins the same delivery again, and the same file twice changes
nothing. A lock lets one watcher work at a time, and is gone with its process.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from instead.errors import InsteadError
from instead.synth.write import MARKER

DONE: Final = "done"
SET_ASIDE: Final = "set-aside"
_LOCK: Final = ".instead-watch.lock"
#: How senders call what they have not finished writing.
_UNFINISHED: Final = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart")

#: What a file looked like: its size, the time of its last change, and which file it is.
_Look = tuple[int, int, int]
_Looks = dict[str, _Look]


@dataclass(frozen=True, slots=True)
class Account:
    """What came of a delivery: sentences for people, and the rows set aside as CSV, "" where there are none."""

    lines: list[str]
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A delivery that was moved: its name, where it lies now, and its account. ``read`` is whether it could be read."""

    name: str
    lies: Path
    read: bool
    lines: list[str]


@dataclass
class Watcher:
    """Looks at ``folder`` again and again. ``bring_in`` reads a copy of a delivery and raises :class:`InsteadError`
    where that cannot be done.

    ``tables`` are the names of files, each with the names of those that are read along with it: they are one delivery.
    ``settled`` is how many seconds a delivery must have stayed the same, ``stamp`` gives the name of this moment.
    """

    folder: Path
    bring_in: Callable[[Path, str], Account]
    stamp: Callable[[], str]
    clock: Callable[[], float]
    settled: float = 5.0
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _seen: dict[str, tuple[_Looks, float]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    def round(self) -> list[Finished]:
        """Look once. What has stopped changing is brought in and moved."""
        found = self._deliveries()
        self._seen = {name: seen for name, seen in self._seen.items() if name in found}
        ready = [name for name, paths in found.items() if self._stands_still(name, paths)]
        if not ready:
            return []
        with _alone(self.folder) as mine:
            return [done for name in ready if (done := self._take(name, found[name])) is not None] if mine else []

    def _deliveries(self) -> dict[str, list[Path]]:
        """What lies there, by name: each with the files that belong to it."""
        there = {
            path.name: path
            for path in sorted(self.folder.iterdir())
            if path.name not in (DONE, SET_ASIDE, MARKER)
            and not path.name.startswith(".")
            and not path.name.lower().endswith(_UNFINISHED)
            and not path.is_symlink()
        }
        along = {name for names in self.tables.values() for name in names}
        found: dict[str, list[Path]] = {}
        for name, path in there.items():
            if path.is_dir():
                found[name] = [path]
            elif path.is_file() and name not in along:
                found[name] = [path, *(there[other] for other in self.tables.get(name, ()) if other in there)]
        taken = {path.name for paths in found.values() for path in paths}
        waiting = {name: f"it waits for {' or '.join(self.tables)}" for name in along & set(there) - taken}
        self.troubles = dict(sorted(waiting.items()))
        return found

    def _stands_still(self, name: str, paths: list[Path]) -> bool:
        """Whether a delivery has looked the same for long enough, as this watcher itself saw it."""
        looks = _looks(paths)
        before, since = self._seen.get(name, ({}, 0.0))
        if not looks or looks != before:
            self._seen[name] = (looks, self.clock())
            return False
        return self.clock() - since >= self.settled

    def _take(self, name: str, paths: list[Path]) -> Finished | None:
        """Copy, read, move; None where somebody changed or took the delivery meanwhile, or it cannot be copied."""
        looks = _looks(paths)
        if looks != self._seen[name][0]:
            return None
        try:
            with tempfile.TemporaryDirectory(prefix="instead-watch-") as scratch:
                data = _copied(self.folder, paths, Path(scratch))
                if _looks(paths) != looks:
                    return None
                read, account = True, Account([])
                try:
                    account = self.bring_in(data, name)
                except InsteadError as error:
                    read, said = False, str(error).replace(str(data), name)
                    account = Account(["This could not be read, and nothing came in.", said])
            return self._put_away(name, paths, looks, read, account)
        except OSError as error:
            self.troubles[name] = error.strerror or str(error)
            return None

    def _put_away(self, name: str, paths: list[Path], looks: _Looks, read: bool, account: Account) -> Finished | None:
        if _looks(paths) != looks:
            return None  # it changed while it was read: what there is now comes in the next time
        shelf = self.folder / (DONE if read else SET_ASIDE)
        shelf.mkdir(exist_ok=True)
        place = _free(shelf, f"{self.stamp()} {name}")
        (shelf / f"{place.name}.account.txt").write_text("\n".join(account.lines) + "\n", encoding="utf-8")
        if account.set_aside:
            (shelf / f"{place.name}.set-aside.csv").write_text(account.set_aside, encoding="utf-8")
        if len(paths) > 1:
            place.mkdir()
            for path in reversed(paths):  # the first is what makes it a delivery, so it goes last
                path.replace(place / path.name)
        else:
            paths[0].replace(place)
        self._seen.pop(name, None)
        return Finished(name, place, read, account.lines)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else works in the folder; while the block runs, nobody else will."""
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)


def _looks(paths: list[Path]) -> _Looks:
    """How every file of a delivery looks now; nothing where one is gone, or there is none."""
    found: _Looks = {}
    try:
        for path in paths:
            files = [path] if path.is_file() else [one for one in sorted(path.rglob("*")) if one.is_file()]
            for one in files:
                seen = one.stat()
                found[str(one)] = (seen.st_size, seen.st_mtime_ns, seen.st_ino)
    except FileNotFoundError:
        return {}
    return found


def _copied(folder: Path, paths: list[Path], scratch: Path) -> Path:
    """A copy of a delivery; it says that its people are invented where the original does."""
    if any((place / MARKER).is_file() for place in (folder, *folder.parents[:1])):
        (scratch / MARKER).write_text("synthetic people\n", encoding="utf-8")
    into = scratch / "delivery"
    if len(paths) == 1 and paths[0].is_dir():
        shutil.copytree(paths[0], into, ignore=_links)
        return into
    into.mkdir()
    for path in paths:
        shutil.copy2(path, into / path.name)
    return into / paths[0].name if len(paths) == 1 else into


def _links(folder: str, names: list[str]) -> set[str]:
    """Links lead out of the folder, and are left out."""
    return {name for name in names if Path(folder, name).is_symlink()}


def _free(shelf: Path, name: str) -> Path:
    """A name that nothing has yet on a shelf."""
    place, number = shelf / name, 1
    while place.exists():
        number += 1
        place = shelf / f"{name} ({number})"
    return place
