"""TOML with places: ``tomllib`` gives values but no positions, so the keys are found in the text besides.

A place is named by its path: ``("fact", 3, "kind")`` is key ``kind`` of the fourth ``[[fact]]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from instead.errors import NotFound, Place, Problem, Problems

KeyPath = tuple[str | int, ...]

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
#: More parts than this in one key is no document that somebody wrote (and tomllib needs their square in time).
_MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value begins: line and column (from 1) in the file, the line as written, and the value as written."""

    line: int
    column: int
    excerpt: str
    raw: str = ""


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
        while path and path not in self.spots:
            path = path[:-1]
        spot = self.spots.get(path)
        return Problem(message, self.place(*path), expected, nearest, spot.excerpt if spot else "")

    def tables(self, name: str, problems: list[Problem]) -> list[dict[str, Any]]:
        """The tables of ``[[name]]``; anything else under that name is a problem."""
        found = self.data.get(name, [])
        if isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
            return found
        problems.append(self.problem((name,), f"`{name}` is no list of tables", f"[[{name}]]"))
        return []

    def table(self, name: str, problems: list[Problem]) -> dict[str, Any]:
        """The table ``[name]``; anything else under that name is a problem."""
        found = self.data.get(name, {})
        if isinstance(found, dict):
            return found
        problems.append(self.problem((name,), f"`{name}` is no table", f"[{name}]"))
        return {}


def parse(text: str, file: str, *, first_line: int = 1) -> TomlText:
    """Parse a TOML text that begins on ``first_line`` of ``file``; raises :class:`Problems` when it is no TOML."""
    _refuse_endless_keys(text, file, first_line)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problems([_not_toml(error, text, file, first_line)]) from None
    except ValueError:
        raise Problems([Problem("a number has too many digits", Place(file, first_line))]) from None
    except RecursionError:
        raise Problems([Problem("nested too deeply to be read", Place(file, first_line))]) from None
    return TomlText(file, data, dict(_spots(text, first_line)))


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, or an error that says what is wrong with it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file") from None
    except IsADirectoryError:
        raise NotFound(f"{path}: is a directory, a file was expected") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NotFound(f"{str(path)[:200]!r} cannot be read: {reason}") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"byte 0x{content[error.start]:02x} is no UTF-8"
        raise Problems([Problem(message, Place(str(path), line), "a text file saved as UTF-8")]) from None


def _refuse_endless_keys(text: str, file: str, first_line: int) -> None:
    for number, line in enumerate(text.split("\n"), first_line):
        key, equals, _ = line.partition("=")
        if key.count(".") > _MOST_PARTS and (equals or key.lstrip().startswith("[")):
            if key.lstrip()[:1] in "\"'#":
                continue
            raise Problems([Problem(f"a key of more than {_MOST_PARTS} parts", Place(file, number))])


def _not_toml(error: tomllib.TOMLDecodeError, text: str, file: str, first_line: int) -> Problem:
    message = str(error)
    at = _AT.search(message)
    lines = text.split("\n")
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (len(lines), 0)
    excerpt = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    reason = _AT.sub("", message)
    return Problem(f"not valid TOML: {reason}", Place(file, first_line + line - 1, column), excerpt=excerpt)


_PIECE = re.compile(r"""[^\s.\]="']+|"[^"\n]*"|'[^'\n]*'""")
_VALUE = re.compile(r'"""|\'\'\'|["\'#\[\]{}\n]')


def _spots(text: str, first_line: int) -> Iterator[tuple[KeyPath, Spot]]:
    """Every key and header of a valid TOML text with its spot, in one walk over the text."""
    counts: dict[str, int] = {}
    prefix: KeyPath = ()
    position, line = 0, first_line
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        whole = text[position:end].rstrip("\r")
        content = whole.lstrip(" \t")
        column = len(whole) - len(content) + 1
        if content.startswith("["):
            prefix = _header(content, counts)
            yield prefix, Spot(line, column, whole)
        elif content and not content.startswith("#"):
            names, after = _key(content)
            start = position + column - 1 + after
            stop = _value_end(text, start)
            raw = text[start:stop].rstrip()
            yield (*prefix, *names), Spot(line, column + after, whole, raw)
            line += text.count("\n", start, stop)
            end = text.find("\n", stop)
            end = len(text) if end < 0 else end
        position, line = end + 1, line + 1


def _header(content: str, counts: dict[str, int]) -> KeyPath:
    double = content.startswith("[[")
    close = content.find("]")
    names = [piece.strip("\"'") for piece in _PIECE.findall(content[2 if double else 1 : close])]
    path: list[str | int] = []
    for depth, name in enumerate(names, 1):
        path.append(name)
        full = ".".join(names[:depth])
        if double and depth == len(names):
            counts[full] = counts.get(full, -1) + 1
        if full in counts:
            path.append(counts[full])
    return tuple(path)


def _key(content: str) -> tuple[tuple[str, ...], int]:
    """The names of a (dotted) key, and where its value begins."""
    equals = content.index("=")
    names = tuple(piece.strip("\"'") for piece in _PIECE.findall(content[:equals]))
    rest = content[equals + 1 :]
    return names, equals + 1 + len(rest) - len(rest.lstrip(" \t"))


def _value_end(text: str, start: int) -> int:
    """Where the value that begins at ``start`` ends: at the end of its line, outside strings and brackets."""
    depth, position = 0, start
    while found := _VALUE.search(text, position):
        mark, position = found[0], found.end()
        if mark in ('"""', "'''") or mark in "\"'":
            position = _string_end(text, position, mark)
        elif mark == "#":
            end = text.find("\n", position)
            if depth == 0:
                return found.start()
            position = len(text) if end < 0 else end
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif depth == 0:
            return found.start()
    return len(text)


def _string_end(text: str, position: int, quotes: str) -> int:
    """The position after the closing quotes of a string."""
    while True:
        close = text.find(quotes, position)
        if close < 0:
            return len(text)
        if quotes[0] == '"':
            escape = text.find("\\", position, close)
            if escape >= 0:
                position = escape + 2
                continue
        return close + len(quotes)
