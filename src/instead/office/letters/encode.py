"""A letter as the JSON that its template reads: dates as ISO, both languages reduced to one, text made harmless."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from instead.office.letters.kinds import Letter
from instead.office.letters.parts import Language, Said

#: Characters that turn the direction of everything after them; a letter needs none, and a name could hide behind them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def encode(letter: Letter, language: Language, spelled: Mapping[str, str] | None = None) -> str:
    """The letter as JSON. ``spelled`` gives what to print in place of characters that no font can show."""
    return json.dumps(_plain(letter, language, spelled or {}))


def _plain(value: object, language: Language, spelled: Mapping[str, str]) -> object:
    if isinstance(value, Said):
        value = value.in_language(language)
    if isinstance(value, str):
        return "".join(spelled.get(character, character) for character in harmless(value))
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one, language, spelled) for one in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), language, spelled) for field in fields(value)}
    raise TypeError(f"a letter cannot hold {type(value).__name__}")


def harmless(text: str) -> str:
    """Text as it may stand in a line: one space for any white space and control, no turned direction, composed."""
    kept = (_one(character) for character in text if character not in _TURNING)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _one(character: str) -> str:
    category = unicodedata.category(character)
    return "\ufffd" if category == "Cs" else " " if category == "Cc" else character


def spell(character: str) -> str:
    """What stands for a character that no font can show: a symbol's name, else its number; nothing for a joiner."""
    category = unicodedata.category(character)
    if category in ("Cf", "Mn"):
        return ""
    name = unicodedata.name(character, "") if category.startswith("S") else ""
    return f"[{name.lower()}]" if name else f"[U+{ord(character):04X}]"
