"""What letters are made of: who writes, whom to call, dockets and charges."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from instead.errors import InsteadError

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
#: Municipal Court, Court of Common Pleas.
Court = Literal["MC", "CP"]


class CannotBeSaid(InsteadError):
    """A letter that would say something untrue, or leave out what it must say."""


@dataclass(frozen=True, slots=True)
class Said:
    """The same words in both languages. Without Spanish the English stands: shown, never left out."""

    en: str
    es: str = ""

    def in_language(self, language: Language) -> str:
        return self.es if language == "es" and self.es else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The office that writes and the person who signs for it."""

    name: str
    address: tuple[str, ...]
    phone: str
    signer: str
    signer_title: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call: ``hours`` in words, empty where any hour will do or nobody said."""

    name: Said
    phone: str
    hours: Said = Said("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one can go, with its hours in words."""

    name: str
    address: str
    hours: Said = Said("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One charge as the court writes it; it is not translated."""

    description: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """One court's file with its charges."""

    number: str
    court: Court
    charges: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A date in court; the hour and the room may be unknown."""

    day: dt.date
    court: Court
    at: dt.time | None = None
    courtroom: str = ""
    address: str = ""


def needed(letter: str, **fields: object) -> None:
    """Stop a letter that lacks what it must say; raises :class:`CannotBeSaid` with every empty field."""
    empty = [name for name, value in fields.items() if value in ("", (), None)]
    if empty:
        raise CannotBeSaid(f"the letter “{letter}” cannot do without: {', '.join(empty)}")
