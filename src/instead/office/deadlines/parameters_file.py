"""Reading an office's parameters from TOML, with every mistake reported at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from instead.errors import Problem, Problems, shown
from instead.facts.vocabulary_file import unknown_keys
from instead.library import BUILT_IN
from instead.office.deadlines.calendar import CourtCalendar
from instead.office.deadlines.clocks import MOST_DAYS, Clock
from instead.office.deadlines.parameters import ClockParameter, Dated, Held, NumberParameter, OfficeParameters
from instead.toml_text import KeyPath, TomlText, parse, read_text

MODEL_OFFICE = BUILT_IN / "offices" / "model-office.toml"
#: The listings that a clock may not outlast.
LISTINGS = ("first_listing", "next_listing")
#: The keys of each table; "" is the top.
KEYS: dict[str, tuple[str, ...]] = {
    "": ("id", "title", "timezone", "clock", "number", "closed", "opened"),
    "clock": ("name", "title", "starts", "business", "before", "values", "because", "source"),
    "number": ("name", "title", "values", "because", "source"),
    "closed": ("day", "because"),
    "opened": ("day", "because"),
}


def read_office(path: Path = MODEL_OFFICE) -> OfficeParameters:
    """The parameters in a file; raises :class:`Problems` with everything that is wrong."""
    return parse_office(read_text(path), str(path))


def parse_office(text: str, file: str) -> OfficeParameters:
    """The parameters in a text; raises :class:`Problems` with everything that is wrong."""
    reader = _Reader(parse(text, file))
    office = reader.office()
    if reader.problems:
        raise Problems(reader.problems)
    return office


class _Reader:
    """One file, its values and what is wrong with it."""

    def __init__(self, toml: TomlText) -> None:
        self.toml = toml
        self.problems: list[Problem] = []

    def office(self) -> OfficeParameters:
        self.problems += unknown_keys(self.toml, (), self.toml.data, KEYS[""])
        zone = self._text((), self.toml.data, "timezone")
        try:
            ZoneInfo(zone or "UTC")
        except (KeyError, ValueError, OSError):
            self._wrong(("timezone",), f"{shown(zone)} is no time zone", '"America/New_York"')
        clocks = {clock.name: clock for clock in self._each("clock", self._clock)}
        numbers = {number.name: number for number in self._each("number", self._number)}
        for index, name in enumerate(numbers):
            if name in clocks:
                self._wrong(("number", index, "name"), f"{name} is a clock and a number")
        return OfficeParameters(
            self._text((), self.toml.data, "id"),
            self._text((), self.toml.data, "title"),
            zone,
            clocks,
            numbers,
            CourtCalendar(self._days("closed"), self._days("opened")),
        )

    def _each(self, table: str, read: Callable[[KeyPath, dict[str, Any]], Any]) -> list[Any]:
        found: list[Any] = []
        seen: set[object] = set()
        for index, entry in enumerate(self.toml.tables(table, self.problems)):
            path: KeyPath = (table, index)
            self.problems += unknown_keys(self.toml, path, entry, KEYS[table])
            key = entry.get("name", entry.get("day"))
            if isinstance(key, (str, dt.date)):
                if key in seen:
                    self._wrong(path, f"{key} is there twice")
                seen.add(key)
            found.append(read(path, entry))
        return found

    def _clock(self, path: KeyPath, entry: dict[str, Any]) -> ClockParameter:
        name = self._text(path, entry, "name")
        business, before = entry.get("business", False), entry.get("before", "")
        if not isinstance(business, bool):
            self._wrong((*path, "business"), f"{shown(business)} is neither true nor false", "true or false")
            business = False
        if not isinstance(before, str) or before not in ("", *LISTINGS):
            self._wrong((*path, "before"), f"{shown(before)} is no listing", ", ".join(LISTINGS))
            before = ""
        days = self._dated(path, entry, lambda days: Clock(name, days, business))
        title, starts = self._text(path, entry, "title"), self._text(path, entry, "starts")
        return ClockParameter(name, title, starts, self._because(path, entry), days, before, entry.get("source", ""))

    def _number(self, path: KeyPath, entry: dict[str, Any]) -> NumberParameter:
        name, title = self._text(path, entry, "name"), self._text(path, entry, "title")
        numbers = self._dated(path, entry, int)
        return NumberParameter(name, title, self._because(path, entry), numbers, entry.get("source", ""))

    def _days(self, table: str) -> dict[dt.date, str]:
        def read(path: KeyPath, entry: dict[str, Any]) -> tuple[dt.date | None, str]:
            day = _date(entry.get("day"))
            if day is None:
                self._wrong((*path, "day"), f"{shown(entry.get('day'))} is no date", 'day = "2026-04-03"')
            return day, self._because(path, entry)

        return {day: because for day, because in self._each(table, read) if day is not None}

    def _dated(self, path: KeyPath, entry: dict[str, Any], make: Callable[[int], Held]) -> Dated[Held]:
        """The values with their dates; a wrong one is a problem and left out."""
        values = entry.get("values")
        if not isinstance(values, list) or not values or not all(isinstance(value, dict) for value in values):
            expected = 'values = [{ value = 7 }, { since = "2026-01-01", value = 10 }]'
            self._wrong((*path, "values"), "there are no values", expected)
            return Dated(())
        periods: list[tuple[dt.date | None, Held]] = []
        for index, value in enumerate(values):
            self._period(path, periods, value, first=index == 0, make=make)
        return Dated(tuple(periods))

    def _period(
        self,
        path: KeyPath,
        periods: list[tuple[dt.date | None, Held]],
        value: dict[str, Any],
        *,
        first: bool,
        make: Callable[[int], Held],
    ) -> None:
        at = (*path, "values")
        since, number = _date(value.get("since")), value.get("value")
        last = periods[-1][0] if periods else None
        if set(value) - {"since", "value"}:
            self._wrong(at, f"{shown(value)} has a key without meaning", "since, value")
        elif first and "since" in value:
            self._wrong(at, "the first value has a `since`, so that nothing is said of earlier dates")
        elif not first and since is None:
            self._wrong(at, f"{shown(value)} has no `since` date", 'since = "2026-01-01"')
        elif since is not None and last is not None and since <= last:
            self._wrong(at, f"{since} is not later than {last}")
        elif not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_DAYS:
            self._wrong(at, f"{shown(number)} is no number of days or times", f"a whole number, 0 to {MOST_DAYS}")
        else:
            periods.append((since, make(number)))

    def _because(self, path: KeyPath, entry: dict[str, Any]) -> str:
        source = entry.get("source", "")
        if not isinstance(source, str):
            self._wrong((*path, "source"), f"{shown(source)} is no text")
        return self._text(path, entry, "because")

    def _text(self, path: KeyPath, entry: dict[str, Any], key: str) -> str:
        value = entry.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._wrong((*path, key), f"`{key}` is missing or no text")
        return ""

    def _wrong(self, path: KeyPath, message: str, expected: str = "") -> None:
        self.problems.append(self.toml.problem(path, message, expected))


def _date(value: object) -> dt.date | None:
    """A date written as TOML's own or as an ISO string."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
