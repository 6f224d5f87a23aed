"""Reading a statute book from TOML, with every mistake reported at once."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from instead.errors import Problem, Problems, nearest, shown
from instead.facts.vocabulary import parse_day
from instead.facts.vocabulary_file import is_texts, unknown_keys
from instead.library import Library
from instead.statutes.book import CHARGE_KINDS, Entry, Range, StatuteBook
from instead.statutes.citation import SPLITS, Pieces, Spelling, numbers
from instead.toml_text import KeyPath, TomlText, read_text
from instead.toml_text import parse as parse_toml

_TOP_KEYS = ("id", "title", "version", "effective", "source", "spelling", "grades", "entry")
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
    for key in ("id", "title", "version"):
        if not isinstance(toml.data.get(key), str) or not toml.data[key]:
            problems.append(toml.problem((key,), f"the book has no `{key}`", f'{key} = "…"'))
    effective = _day(toml, (), toml.data, "effective", problems)
    if effective is None:
        problems.append(
            toml.problem(("effective",), "the book does not say from when on it holds", 'effective = "1977-07-01"')
        )
        effective = 0
    grades = _grades(toml, problems)
    cited: dict[Pieces, tuple[Entry, ...]] = {}
    ranges: list[Range] = []
    for index, data in enumerate(toml.tables("entry", problems)):
        path: KeyPath = ("entry", index)
        entry = _entry(toml, path, data, set(grades.values()), problems)
        if "cites" in data and {"title", "from", "to"} & data.keys():
            problems.append(
                toml.problem((*path, "cites"), "an entry has either cites or a range", "cites, or from and to")
            )
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
        effective=effective,
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _spelling(toml: TomlText, problems: list[Problem]) -> Spelling | None:
    data = toml.table("spelling", problems)
    problems += unknown_keys(toml, ("spelling",), data, _SPELLING_KEYS)
    split = data.get("split")
    if split not in SPLITS:
        expected = ", ".join(SPLITS)
        problems.append(toml.problem(("spelling", "split"), f"{split!r} is no way to split", expected))
        return None
    ignore_text = data.get("ignore", "")
    if not is_texts(data.get("patterns", [])) or not isinstance(ignore_text, str):
        problems.append(toml.problem(("spelling", "patterns"), "patterns are a list of texts, ignore is a text"))
        return None
    try:
        patterns = tuple(re.compile(pattern, re.IGNORECASE) for pattern in data.get("patterns", []))
        ignore = re.compile(ignore_text, re.IGNORECASE) if ignore_text else None
    except re.error as error:
        problems.append(toml.problem(("spelling", "patterns"), f"not a regular expression: {error}"))
        return None
    if not patterns or any("section" not in pattern.groupindex for pattern in patterns):
        expected = "regular expressions with the group `section`, and `title` and `sub` where there are any"
        problems.append(toml.problem(("spelling", "patterns"), "a pattern has no section", expected))
        return None
    return Spelling(patterns, split, ignore)


def _grades(toml: TomlText, problems: list[Problem]) -> dict[str, str]:
    """The class of each grade, in lower case."""
    found: dict[str, str] = {}
    for name, listed in toml.table("grades", problems).items():
        if not is_texts(listed):
            problems.append(toml.problem(("grades", name), f"`{name}` is no list of grades", f'{name} = ["M", "M1"]'))
            continue
        for grade in listed:
            if grade.lower() in found:
                problems.append(
                    toml.problem(("grades", name), f"the grade {grade} is in two classes", "every grade once")
                )
            found[grade.lower()] = name
    return found


def _entry(toml: TomlText, path: KeyPath, data: dict[str, Any], classes: set[str], problems: list[Problem]) -> Entry:
    problems += unknown_keys(toml, path, data, _ENTRY_KEYS)
    for key in ("kinds", "cites", "grades"):
        if not is_texts(data.get(key, [])) or data.get(key, ["…"]) == []:
            problems.append(
                toml.problem((*path, key), f"`{key}` is no list of texts with something in it", f'{key} = ["…"]')
            )
            data = {**data, key: ["…"]} if key == "cites" else {k: v for k, v in data.items() if k != key}
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
    since, until = (_day(toml, path, data, key, problems) for key in ("since", "until"))
    if since is not None and until is not None and until <= since:
        problems.append(toml.problem((*path, "until"), "the entry ends before it begins", "until after since"))
    return Entry(
        label=str(data.get("label", "")),
        kinds=frozenset(kinds) if kinds else None,
        source=str(data.get("source", "")),
        drug_class=str(data.get("drug_class", "")),
        grades=frozenset(data.get("grades", ())),
        since=since,
        until=until,
        because=str(data.get("because", "")),
    )


def _day(toml: TomlText, path: KeyPath, data: dict[str, Any], key: str, problems: list[Problem]) -> int | None:
    value = data.get(key)
    day = parse_day(value)
    if value is not None and day is None:
        problems.append(toml.problem((*path, key), f"{shown(value)} is no date", "YYYY-MM-DD"))
    return day


def _add_cites(
    toml: TomlText,
    path: KeyPath,
    cites: object,
    entry: Entry,
    spelling: Spelling,
    cited: dict[Pieces, tuple[Entry, ...]],
    problems: list[Problem],
) -> None:
    for cite in cites if is_texts(cites) else ():
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
