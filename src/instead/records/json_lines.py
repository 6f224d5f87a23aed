"""JSON Lines: one report a line, with its lists as tables of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: Behind the name of a list: the column that says whether the report has the list at all.
LISTED = "[]"


@dataclass(frozen=True, slots=True)
class Record:
    """One line that could be read. ``repeats`` is the number of an earlier line with the same report, or 0."""

    number: int
    content: dict[str, Any]
    repeats: int = 0
    contradicts: bool = False


@dataclass(slots=True)
class JsonLines:
    """The lines of a file: those read, how many there were, and why others could not be read."""

    records: list[Record] = field(default_factory=list)
    count: int = 0
    bad: dict[str, list[int]] = field(default_factory=dict)


def read_json_lines(text: str, key: tuple[str, ...]) -> JsonLines:
    """Every line of a text. Lines of the same report (the same ``key`` values) after the first repeat it."""
    found = JsonLines()
    seen: dict[tuple[str | None, ...], Record] = {}
    for line in text.split("\n"):
        if not line.strip():
            continue
        found.count += 1
        try:
            content = json.loads(line, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            found.bad.setdefault("not valid JSON", []).append(found.count)
            continue
        if not isinstance(content, dict):
            found.bad.setdefault("no JSON object", []).append(found.count)
            continue
        record = Record(found.count, content)
        flat = dict(flat_values(content))
        name = tuple(flat.get(column) for column in key)
        first = seen.get(name) if any(name) else None
        if first is not None:
            same = first.content == content
            record = Record(found.count, content, repeats=first.number, contradicts=not same)
        elif any(name):
            seen[name] = record
        found.records.append(record)
    return found


def flat_values(content: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Scalar values by dotted name, as text; of a list only that it is there."""
    for key, value in content.items():
        name = _clean(f"{prefix}{key}")
        if isinstance(value, dict):
            yield from flat_values(value, f"{name}.")
        elif isinstance(value, bool):
            yield name, "true" if value else "false"
        elif isinstance(value, list):
            yield f"{name}{LISTED}", "true"
        else:
            yield name, None if value is None else _clean(str(value)).strip() or None


def _clean(text: str) -> str:
    """Half a character (a lone surrogate) cannot be kept in any table."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
