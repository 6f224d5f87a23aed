"""The templates of letters from the library, an office's own first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from instead.errors import Place, Problem, Problems
from instead.library import BUILT_IN, Library
from instead.toml_text import read_text

_SHELF = "letters"
_FETCHED = re.compile(r"import\s+[\"']@|[\"']@\w+/")


@dataclass(frozen=True, slots=True)
class Source:
    """One template and where it is."""

    path: Path
    text: str

    def place(self, line: int, column: int) -> Place:
        return Place(str(self.path), line, column)

    def line(self, number: int) -> str:
        """A line as written, counted from 1."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def sources(library: Library) -> Mapping[str, Source]:
    """Every template by its file name.

    Raises :class:`Problems` where one would be fetched from elsewhere: a letter must not need a network.
    """
    found = {f"{name}.typ": library.find(_SHELF, name) for name in library.names(_SHELF)}
    read = {name: Source(path, read_text(path)) for name, path in found.items()}
    problems = [problem for source in read.values() for problem in _fetched(source)]
    if problems:
        raise Problems(problems)
    return read


def folder(library: Library) -> Path:
    """Where pictures that a template names are looked for: the office's own folder of letters, if there is one."""
    own = library.own / _SHELF if library.own else None
    return own if own is not None and own.is_dir() else BUILT_IN / _SHELF


def _fetched(source: Source) -> list[Problem]:
    return [
        Problem(
            "a template may not fetch anything from elsewhere",
            source.place(number, found.start() + 1),
            "a file in the folder of letters",
            excerpt=line,
            width=len(found[0]),
        )
        for number, line in enumerate(source.text.split("\n"), 1)
        if (found := _FETCHED.search(line))
    ]
