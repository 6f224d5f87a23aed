"""Single values as courts print them: dates, tracking numbers, docket numbers, labelled fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from instead.errors import Place, Problem

DOCKET_NUMBER = re.compile(r"\b[A-Z]{2}-\d{2,5}-[A-Z]{2}-\d{5,8}-\d{4}\b")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_OTN = re.compile(r"([A-Za-z])[\s-]*(\d{6})[\s-]*(\d)")


class Notes:
    """What could not be understood while reading one file, in the order of reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, message: str, page: int, text: str = "") -> None:
        """Note that something on ``page`` was not understood; ``text`` is what is printed there."""
        self.problems.append(Problem(message, Place(self.file, page=page), excerpt=text))

    def date(self, text: str, what: str, page: int) -> date | None:
        """MM/DD/YYYY as a date. Blank is ``None``; anything else is ``None`` with a warning that quotes it."""
        text = text.strip()
        if not text:
            return None
        match = _DATE.fullmatch(text)
        if not match:
            self.add(f'{what} was left out: "{text}" is not a date written MM/DD/YYYY', page, text)
            return None
        month, day, year = (int(part) for part in match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            self.add(f'{what} was left out: "{text}" is not a day of the calendar', page, text)
            return None

    def otn(self, text: str, page: int) -> str:
        """An offense tracking number as one letter and seven digits; blank stays blank, else a warning."""
        text = text.strip()
        match = _OTN.fullmatch(text)
        if match:
            return f"{match[1].upper()}{match[2]}{match[3]}"
        if text:
            self.add(f'OTN was left out: "{text}" is not one letter and seven digits', page, text)
        return ""

    def sequence(self, text: str, page: int) -> int:
        """A charge's number ("99,999" is 99999); blank is 0, else a warning."""
        plain = text.replace(",", "").strip()
        if re.fullmatch(r"[0-9]{1,9}", plain):
            return int(plain)
        if plain:
            self.add(f'charge number was left out: "{text}" is not a number', page, text)
        return 0


def fields_of(text: str, labels: Iterable[str]) -> dict[str, str]:
    """The values that follow known labels in a line of text, each up to the next known label.

    The text before the first label has the key "". Of a label printed twice, the first value that is not blank counts.
    """
    choice = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({choice})", text, flags=re.IGNORECASE)
    found = {"": parts[0].strip()}
    for label, value in zip(parts[1::2], parts[2::2], strict=True):
        key = label.lower()
        found[key] = found.get(key) or value.strip()
    return found


def docket_number_in(text: str) -> str:
    """The first docket number in the text, or an empty string."""
    match = DOCKET_NUMBER.search(text)
    return match[0] if match else ""
