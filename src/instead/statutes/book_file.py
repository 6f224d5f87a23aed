"""Reading a statute book from TOML, with every mistake reported at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any

from instead.errors import Problem, Problems, nearest
from instead.facts.vocabulary import day_of
from instead.facts.vocabulary_file import unknown_keys
from instead.library import Library
from instead.statutes.book import CHARGE_KINDS, Entry, Range, StatuteBook
from instead.statutes.citation import SPLITS, Pieces, Spelling, numbers
from instead.toml_text import KeyPath, TomlText, read_text
from instead.toml_text import parse as parse_toml

_TOP_KEYS = ("id", "title", "version", "source", "spelling", "grades", "entry")
_SPELLING_KEYS = ("ignore", "split", "patterns")
_ENTRY_KEYS = (
    "cites",
    "title",
    "from",
    "to",
    "kinds",
    "unknown",
    "because",
    "drug_class",
    "label",
    "grades",
    "since",
    "until",
    "source",
)


def open_book(name: str, library: Library, *, asked_by: Path | None = None) -> StatuteBook:
    """The statute book of a library name or a path."""
    path = library.find("statutes", name, asked_by=asked_by)
    return parse_book(read_text(path), str(path))


def parse_book(text: str, file: str) -> StatuteBook:
    """The book in a text; raises :class:`Problems` with everything that is wrong."""
    toml = parse_toml(text, file)
    problems = unknown_keys(toml, (), toml.data, _TOP_KEYS)
    spelling = _spelling(toml, problems)
    if spelling is None:
        raise Problems(problems)
    grades = {grade: name for name, listed in toml.data.get("grades", {}).items() for grade in listed}
    cited: dict[Pieces, tuple[Entry, ...]] = {}
    ranges: list[Range] = []
    for index, data in enumerate(toml.data.get("entry", [])):
        path: KeyPath = ("entry", index)
        entry = _entry(toml, path, data, set(grades.values()), problems)
        if "cites" in data:
            _add_cites(toml, path, data["cites"], entry, spelling, cited, problems)
        else:
            _add_range(toml, path, data, entry, ranges, problems)
    if problems:
        raise Problems(problems)
    return StatuteBook(
        id=str(toml.data.get("id", "")),
        title=str(toml.data.get("title", "")),
        version=str(toml.data.get("version", "")),
        spelling=spelling,
        cited=cited,
        ranges=tuple(ranges),
        grades=grades,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _spelling(toml: TomlText, problems: list[Problem]) -> Spelling | None:
    data = toml.data.get("spelling", {})
    problems += unknown_keys(toml, ("spelling",), data, _SPELLING_KEYS)
    split = data.get("split")
    if split not in SPLITS:
        expected = ", ".join(SPLITS)
        problems.append(toml.problem(("spelling", "split"), f"{split!r} is no way to split", expected))
        return None
    try:
        patterns = tuple(re.compile(pattern, re.IGNORECASE) for pattern in data.get("patterns", []))
        ignore = re.compile(data["ignore"], re.IGNORECASE) if data.get("ignore") else None
    except re.error as error:
        problems.append(toml.problem(("spelling", "patterns"), f"not a regular expression: {error}"))
        return None
    if not patterns or any("section" not in pattern.groupindex for pattern in patterns):
        expected = "regular expressions with the group `section`, and `title` and `sub` where there are any"
        problems.append(toml.problem(("spelling", "patterns"), "a pattern has no section", expected))
        return None
    return Spelling(patterns, split, ignore)


def _entry(toml: TomlText, path: KeyPath, data: dict[str, Any], classes: set[str], problems: list[Problem]) -> Entry:
    problems += unknown_keys(toml, path, data, _ENTRY_KEYS)
    kinds = data.get("kinds")
    if (kinds is None) is not bool(data.get("unknown")):
        problems.append(toml.problem(path, "an entry has either kinds or unknown = true", 'kinds = ["possession"]'))
    for kind in kinds or ():
        if kind not in CHARGE_KINDS:
            known = sorted(CHARGE_KINDS)
            near = nearest(str(kind), known)
            problems.append(toml.problem((*path, "kinds"), f"{kind!r} is no kind of charge", ", ".join(known), near))
    for key in ("label", "source"):
        if not data.get(key):
            problems.append(toml.problem(path, f"the entry has no {key}", f'{key} = "…"'))
    for name in data.get("grades", ()):
        if name not in classes:
            expected = ", ".join(sorted(classes))
            problems.append(toml.problem((*path, "grades"), f"{name!r} is no class of grades", expected))
    return Entry(
        label=str(data.get("label", "")),
        kinds=frozenset(kinds) if kinds else None,
        source=str(data.get("source", "")),
        drug_class=str(data.get("drug_class", "")),
        grades=frozenset(data.get("grades", ())),
        since=_day(toml, path, data, "since", problems),
        until=_day(toml, path, data, "until", problems),
        because=str(data.get("because", "")),
    )


def _day(toml: TomlText, path: KeyPath, data: dict[str, Any], key: str, problems: list[Problem]) -> int | None:
    value = data.get(key)
    if value is None:
        return None
    try:
        return day_of(value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)))
    except ValueError:
        problems.append(toml.problem((*path, key), f"{value!r} is no date", "YYYY-MM-DD"))
        return None


def _add_cites(
    toml: TomlText,
    path: KeyPath,
    cites: list[str],
    entry: Entry,
    spelling: Spelling,
    cited: dict[Pieces, tuple[Entry, ...]],
    problems: list[Problem],
) -> None:
    for cite in cites:
        pieces = spelling.read(cite)
        if pieces is None:
            problems.append(toml.problem((*path, "cites"), f"{cite!r} is not written as [spelling] says"))
            continue
        others = cited.get(pieces, ())
        if any(_overlap(entry, other) for other in others):
            problems.append(toml.problem((*path, "cites"), f"{cite!r} is in two entries at the same time"))
        cited[pieces] = (*others, entry)


def _add_range(
    toml: TomlText,
    path: KeyPath,
    data: dict[str, Any],
    entry: Entry,
    ranges: list[Range],
    problems: list[Problem],
) -> None:
    first, last = numbers(str(data.get("from", ""))), numbers(str(data.get("to", "")))
    if not first or not last or first > last:
        expected = 'cites = ["…"], or from = "…" and to = "…"'
        problems.append(toml.problem(path, "the entry covers nothing", expected))
        return
    new = Range(str(data.get("title", "")).lower(), first, last, entry)
    for other in ranges:
        if other.title == new.title and _overlap(entry, other.entry) and _meet(new, other):
            message = f"the range {data['from']} to {data['to']} overlaps “{other.entry.label}”"
            problems.append(
                toml.problem((*path, "from"), message, "ranges that do not overlap; use cites for exceptions")
            )
            break
    ranges.append(new)


def _meet(one: Range, other: Range) -> bool:
    return one.covers(one.title, other.first) or other.covers(other.title, one.first)


def _overlap(one: Entry, other: Entry) -> bool:
    """Whether two entries can be in force on the same day."""
    return (one.until is None or other.since is None or other.since < one.until) and (
        other.until is None or one.since is None or one.since < other.until
    )
