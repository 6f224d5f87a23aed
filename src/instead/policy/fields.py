"""Reading the fields of one block: types checked, unknown keys refused, problems collected with their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from instead.errors import Problem, Problems, nearest, shown
from instead.facts.condition import ConditionText, condition_at
from instead.facts.vocabulary import date_of, parse_day
from instead.toml_text import TomlText


@dataclass(slots=True)
class Fields:
    """The fields of a TOML table. Each one asked for is known; what is left over at ``done`` is a mistake."""

    toml: TomlText
    what: str
    line: int
    lines: tuple[str, ...]
    problems: list[Problem]
    known: list[str] = field(default_factory=list)

    def complain(self, key: str, message: str, expected: str = "", near: str = "") -> None:
        found = self.toml.problem((key,), message, expected, near)
        if not found.place.line:  # the key is missing: point at the block
            found = Problem(message, type(found.place)(self.toml.file, self.line), expected, near)
        self.problems.append(found)

    def raw(self, key: str) -> Any:
        self.known.append(key)
        return self.toml.data.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.raw(key)
        if value is None:
            if required:
                self.complain(key, f"the {self.what} has no `{key}`", f'{key} = "…"')
            return ""
        if isinstance(value, str) and (value.strip() or not required):
            return value.strip()
        self.complain(key, f"`{key}` is no text", f'{key} = "…"')
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.complain(key, f"`{key}` is no list of texts", f'{key} = ["…"]')
        return ()

    def choice(self, key: str, choices: Sequence[str], *, default: str = "") -> str:
        value = self.raw(key)
        if value is None and default:
            return default
        if isinstance(value, str) and value in choices:
            return value
        message = f"the {self.what} has no `{key}`" if value is None else f"{shown(value)} is no `{key}`"
        self.complain(key, message, ", ".join(choices), nearest(str(value), choices) if value else "")
        return ""

    def date(self, key: str) -> dt.date | None:
        value = self.raw(key)
        day = parse_day(value)
        if day is not None:
            return date_of(day)
        message = f"the {self.what} has no `{key}`" if value is None else f"`{key}` is no date"
        self.complain(key, message, f'{key} = "2019-05-01"')
        return None

    def condition(self, key: str) -> ConditionText | None:
        """A condition with the place of its first character; no escapes, so that columns are true."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.complain(key, f"`{key}` is no condition", f'{key} = "…"')
            return None
        try:
            return condition_at(self.toml, (key,), value, self.lines, self.line)
        except Problems as error:
            self.problems += error.problems
            return None

    def done(self) -> None:
        """Refuse every key that nobody asked for."""
        for key in self.toml.data:
            if key not in self.known:
                expected = ", ".join(self.known)
                self.complain(key, f"`{key}` has no meaning in a {self.what}", expected, nearest(key, self.known))
