"""TOML with places: ``tomllib`` gives values but no positions, so the keys are found in the text besides.

A place is named by its path: ``("fact", 3, "kind")`` is key ``kind`` of the fourth ``[[fact]]``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from instead.errors import NotFound, Place, Problem, Problems

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(?P<key>[A-Za-z0-9_\-]+|"[^"]*"|'[^']*')\s*=\s*""")
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value begins: line and column (from 1) in the file, and the line as written."""

    line: int
    column: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class TomlText:
    """A TOML text with its values and the spots of its keys."""

    file: str
    data: dict[str, Any]
    spots: dict[KeyPath, Spot]

    def place(self, *path: str | int) -> Place:
        """The place of a key, or of the nearest table around it."""
        while path and path not in self.spots:
            path = path[:-1]
        spot = self.spots.get(path)
        return Place(self.file, spot.line, spot.column) if spot else Place(self.file)

    def problem(self, path: KeyPath, message: str, expected: str = "", nearest: str = "") -> Problem:
        """A problem at a key, with its line quoted."""
        place = self.place(*path)
        excerpt = next((s.excerpt for s in self.spots.values() if s.line == place.line), "") if place.line else ""
        return Problem(message, place, expected, nearest, excerpt)


def parse(text: str, file: str, *, first_line: int = 1) -> TomlText:
    """Parse a TOML text that begins on ``first_line`` of ``file``; raises :class:`Problems` when it is no TOML."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problems([_not_toml(error, text, file, first_line)]) from None
    except RecursionError:
        raise Problems([Problem("nested too deeply to be read", Place(file, first_line))]) from None
    return TomlText(file, data, _spots(text, first_line))


def read(path: Path) -> TomlText:
    """Read a TOML file in UTF-8."""
    return parse(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, or an error that says what is wrong with it."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file") from None
    except IsADirectoryError:
        raise NotFound(f"{path}: is a directory, a file was expected") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = f"byte 0x{error.object[error.start]:02x} is no UTF-8"
        raise Problems([Problem(message, Place(str(path), line), "a text file saved as UTF-8")]) from None


def _not_toml(error: tomllib.TOMLDecodeError, text: str, file: str, first_line: int) -> Problem:
    message = str(error)
    at = _AT.search(message)
    lines = text.split("\n")
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (len(lines), 0)
    excerpt = lines[line - 1] if line <= len(lines) else ""
    reason = _AT.sub("", message)
    return Problem(f"not valid TOML: {reason}", Place(file, first_line + line - 1, column), excerpt=excerpt)


def _spots(text: str, first_line: int) -> dict[KeyPath, Spot]:
    spots: dict[KeyPath, Spot] = {}
    counts: dict[str, int] = {}
    prefix: KeyPath = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), first_line):
        if closing:
            closing = "" if closing in line else closing
            continue
        header = _HEADER.match(line)
        if header:
            prefix = _header_path(header, counts)
            spots[prefix] = Spot(number, line.index("[") + 1, line)
        elif key := _KEY.match(line):
            name = key["key"].strip("\"'")
            spots[(*prefix, name)] = Spot(number, key.end() + 1, line)
            closing = _opens_multiline(line[key.end() :])
    return spots


def _header_path(header: re.Match[str], counts: dict[str, int]) -> KeyPath:
    names = [part.strip().strip("\"'") for part in header[2].split(".")]
    if header[1] == "[[":
        counts[header[2]] = counts.get(header[2], -1) + 1
        return (*_with_indexes(names[:-1], counts), names[-1], counts[header[2]])
    return _with_indexes(names, counts)


def _with_indexes(names: list[str], counts: dict[str, int]) -> KeyPath:
    path: list[str | int] = []
    for depth, name in enumerate(names, 1):
        path.append(name)
        full = ".".join(names[:depth])
        if full in counts:
            path.append(counts[full])
    return tuple(path)


def _opens_multiline(value: str) -> str:
    """The quotes that a multi-line string on this line still waits for, or an empty string."""
    for quotes in ('"""', "'''"):
        if value.startswith(quotes) and quotes not in value[3:]:
            return quotes
    return ""
