"""What an import says of each case, in the office's own words: who, when and where, charges, facts, warrants."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.utils import timezone

from instead.facts.vocabulary import Vocabulary
from instead.records.cases import CASE_ID
from instead.records.fact_columns import dtype_of
from instead.records.importing import Imported
from instead.records.notes import Notes
from instead.records.source_map import SourceMap

#: The longest name of a case.
_LONGEST = 80
#: How long each thing about a case and its person may be; what is longer is cut.
CASE_TEXTS: Mapping[str, int] = {"report_id": 80, "dc_number": 20, "district": 20, "narrative": 100_000}
PERSON_TEXTS: Mapping[str, int] = {
    "name": 200,
    "police_photo_number": 40,
    "sex": 20,
    "race": 40,
    "phone": 40,
    "address": 300,
    "housing": 40,
}
MOMENTS = ("arrested_at", "first_listing")


@dataclass(frozen=True, slots=True)
class Told:
    """A warrant that a report tells of."""

    kind: str
    issued_on: dt.date
    of_this_case: bool


@dataclass(slots=True)
class Report:
    """One case as a source tells it. Texts are "" and moments None where nothing is told; so is a fact's code.

    ``charges`` are (citation, grade), "" for none; ``facts`` has every fact that the source can tell of.
    """

    key: str
    texts: dict[str, str]
    moments: dict[str, dt.datetime | None]
    born: dt.date | None
    facts: dict[str, int | None]
    charges: list[tuple[str, str]] = field(default_factory=list)
    warrants: list[Told] = field(default_factory=list)

    @property
    def known(self) -> dict[str, int]:
        """The facts of which something is known."""
        return {name: code for name, code in self.facts.items() if code is not None}


def reports(imported: Imported, source: SourceMap, vocabulary: Vocabulary, digest: str) -> list[Report]:
    """Every case of an import, in its order. ``digest`` tells apart files whose cases have no name but a row number."""
    names = [name for name in imported.facts.columns if name != CASE_ID]
    codes = imported.facts.select(CASE_ID, *(_code(name, vocabulary) for name in names))
    identity = {row[CASE_ID]: row for row in imported.identity.iter_rows(named=True)}
    reading = _Reading(source, imported.notes)
    found: dict[str, Report] = {}
    for row in codes.iter_rows(named=True):
        name = row.pop(CASE_ID)
        key = f"{source.id} {digest[:16]} {name}" if source.case.by_row else name
        found[name] = reading.report(_short(key), identity.get(name, {}), row)
    for name, citation, grade in imported.charges.iter_rows():
        found[name].charges.append((_clean(citation, 300), _clean(grade, 20)))
    for name, kind, issued_on, of_this_case in imported.warrants.iter_rows():
        found[name].warrants.append(Told(kind, issued_on, of_this_case))
    return list(found.values())


def digest_of(data: Path) -> str:
    """SHA-256 over the name and the content of every file of ``data``; of one file, over its content alone."""
    whole = hashlib.sha256()
    for path in _files(data):
        if path != data:
            whole.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                whole.update(piece)
    return whole.hexdigest()


def in_batches(found: Sequence[Report], size: int) -> Iterator[Sequence[Report]]:
    """The reports, ``size`` at a time."""
    for start in range(0, len(found), size):
        yield found[start : start + size]


def _files(data: Path) -> list[Path]:
    return sorted(path for path in data.iterdir() if path.is_file()) if data.is_dir() else [data]


class _Reading:
    """Reads texts and moments as one source writes them; what cannot be read is noted."""

    def __init__(self, source: SourceMap, notes: Notes) -> None:
        self.formats, self.notes = source.date_formats, notes

    def report(self, key: str, who: Mapping[str, Any], facts: dict[str, int | None]) -> Report:
        texts = {name: _clean(who.get(name), longest) for name, longest in {**CASE_TEXTS, **PERSON_TEXTS}.items()}
        moments = {name: self.moment(name, _clean(who.get(name), 40)) for name in MOMENTS}
        return Report(key, texts, moments, self.born(_clean(who.get("born"), 40)), facts)

    def moment(self, name: str, text: str) -> dt.datetime | None:
        """A moment as it is written, in the office's own time zone where it names none."""
        if not text:
            return None
        found = _first(text, [f"{day}{hour}" for day in self.formats for hour in _HOURS])
        if found is None:
            self.notes.add(name, "a moment that cannot be read", 1, [text])
            return None
        moment = found if found.tzinfo else timezone.make_aware(found)
        return moment.astimezone(dt.UTC)  # in the hour that a clock change leaves out, only moments in UTC compare

    def born(self, text: str) -> dt.date | None:
        if not text:
            return None
        found = _first(text, self.formats)
        if found is None:
            self.notes.add("born", "a date that cannot be read", 1, [text])
        return found.date() if found else None


_HOURS = (" %H:%M", "T%H:%M", " %H:%M:%S", "")


def _first(text: str, formats: Sequence[str]) -> dt.datetime | None:
    """The moment behind a text, by the ISO form or the first format that fits; a year beyond reason is none."""
    for form in ("", *formats):
        try:
            found = dt.datetime.strptime(text, form) if form else dt.datetime.fromisoformat(text)
        except ValueError:
            continue
        return found if 1800 <= found.year < 2200 else None
    return None


def _code(name: str, vocabulary: Vocabulary) -> pl.Expr:
    column = pl.col(name)
    yes_no = isinstance(dtype_of(vocabulary[name]), pl.Boolean)
    return (column if yes_no else column.to_physical()).cast(pl.Int64).alias(name)


def _clean(value: object, longest: int) -> str:
    """A text that every database keeps: without null bytes, and cut where it is longer than the office keeps."""
    return "" if value is None else str(value).replace("\0", "")[:longest]


def _short(key: str) -> str:
    """The name of a case, in at most 80 letters; two long names stay different."""
    key = key.replace("\0", "")
    return key if len(key) <= _LONGEST else f"{key[:50]}~{hashlib.sha256(key.encode()).hexdigest()[:24]}"
