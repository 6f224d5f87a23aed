"""What one row of one list says about one service at one door, before anything is put together."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from instead.office.treatment.addresses import Door, Place, door
from instead.office.treatment.hours import Hours

_LONGEST: Final = {
    "name": 200, "address": 300, "city": 100, "zip_code": 20, "title": 200, "hours_text": 1000,
    "walk_in_text": 1000, "only_for": 200, "notes": 1000, "website": 1000, "service_key": 300,
}  # fmt: skip


@dataclass(slots=True)
class Said:
    """One row. ``None`` and empty mean "not said". ``service_key`` is the list's own name for the service, if any."""

    row: int
    name: str
    address: str = ""
    city: str = ""
    zip_code: str = ""
    phone: str = ""
    place: Place | None = None
    title: str = ""
    service_key: str = ""
    buprenorphine: bool | None = None
    methadone: bool | None = None
    naltrexone: bool | None = None
    languages: tuple[str, ...] = ()
    hours: Hours | None = None
    hours_text: str = ""
    walk_in: bool | None = None
    walk_in_hours: Hours | None = None
    walk_in_text: str = ""
    only_for: str = ""
    notes: str = ""
    website: str = ""
    on_reading: list[str] = field(default_factory=list)

    @property
    def door(self) -> Door:
        return door(self.address, self.city)

    @property
    def key(self) -> str:
        """What tells this statement from the others of its list, and stays when a telephone number changes."""
        at = self.door
        text = self.service_key or f"{at.key}|{at.unit}|{' '.join(self.name.casefold().split())}"
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """As it is stored: without the row's number, which changes when a line is added above."""
        plain = asdict(self) | {
            "place": [self.place.latitude, self.place.longitude] if self.place else None,
            "hours": self.hours.as_json() if self.hours else None,
            "walk_in_hours": self.walk_in_hours.as_json() if self.walk_in_hours else None,
            "languages": list(self.languages),
        }
        return {name: value for name, value in plain.items() if name not in ("row", "on_reading")}

    def unusable(self) -> str:
        """Why this row cannot be used, if it cannot."""
        if not self.name:
            return "no name"
        for name, most in _LONGEST.items():
            value = getattr(self, name)
            if len(value) > most:
                return f"{name.replace('_', ' ')} longer than {most} characters"
            if "\x00" in value:
                return f"{name.replace('_', ' ')} holds a character that is no text"
        at = self.door
        return "an address too long to compare" if len(at.key) > 300 or len(at.unit) > 100 else ""


@dataclass(slots=True)
class Reading:
    """A list as read: rows that say something, and rows set aside as (row, reason)."""

    source: str
    rows_in: int = 0
    said: list[Said] = field(default_factory=list)
    set_aside: list[tuple[int, str]] = field(default_factory=list)

    def add(self, said: Said) -> None:
        """Keep the row, or put it aside with the reason why it cannot be used."""
        if reason := said.unusable():
            self.set_aside.append((said.row, reason))
        else:
            self.said.append(said)
