"""Addresses, telephone numbers and places on the map, made comparable.

Two lists write one door as ``1745 N 4th St`` and ``1745 North Fourth St.``, or ``21st & Washington Ave`` and
``NE Corner, 21st St. & Washington Ave.``
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

_WORDS: Final = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "highway": "hwy", "lane": "ln",
    "drive": "dr", "court": "ct", "place": "pl", "parkway": "pkwy", "square": "sq", "turnpike": "tpke",
    "north": "n", "south": "s", "east": "e", "west": "w", "and": "&",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
    "suites": "suite", "ste": "suite", "floor": "fl", "building": "bldg", "room": "rm",
}  # fmt: skip
_KINDS: Final = frozenset({"st", "ave", "rd", "blvd", "ln", "dr"})
_UNIT: Final = re.compile(r"\s(?=(?:suites?|ste|unit|bldg|building|rm|room|apt)\b\.?\s|#)", re.I)
_CORNER: Final = re.compile(r"^(?:n|s|e|w|ne|nw|se|sw)\s+corner,?\s*", re.I)
_NUMBER: Final = re.compile(r"(?<![\w-])\d+(?:-\d+)?(?=\s)")
_PHONE: Final = re.compile(r"(?P<number>.*?)(?:\s*(?:ext\.?|extension|x)\s*(?P<extension>\d{1,6}))?", re.I)
_MILES: Final = 3958.8


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in degrees."""

    latitude: float
    longitude: float

    def miles_to(self, other: Place) -> float:
        """As the crow flies."""
        a, b = math.radians(self.latitude), math.radians(other.latitude)
        across = math.sin(math.radians(other.longitude - self.longitude) / 2) ** 2
        half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * across
        return 2 * _MILES * math.asin(min(1.0, math.sqrt(half)))


def place(latitude: object, longitude: object) -> Place | None:
    """A point, or nothing when it is not written or lies on no map."""
    try:
        found = Place(float(str(latitude)), float(str(longitude)))
    except ValueError:
        return None
    on_the_map = -90 <= found.latitude <= 90 and -180 <= found.longitude <= 180
    nowhere = found.latitude == 0 and found.longitude == 0
    return found if on_the_map and not nowhere else None


@dataclass(frozen=True, slots=True)
class Door:
    """A street address made comparable. ``unit`` is empty where none is written, which says nothing about units."""

    street: str
    unit: str
    city: str

    @property
    def key(self) -> str:
        return f"{self.street}|{self.city}" if self.street else ""

    @property
    def house_number(self) -> str:
        return self.street.split(" ")[0] if self.street[:1].isdigit() and "&" not in self.street else ""

    def may_be(self, other: Door) -> bool:
        """The same door as far as it is written: a missing unit contradicts no unit."""
        return self.key == other.key != "" and (not self.unit or not other.unit or self.unit == other.unit)


def door(address: str, city: str) -> Door:
    """From a street address such as ``4625 Frankford Ave, 2nd Fl``."""
    street = _CORNER.sub("", address.strip())
    number = _NUMBER.search(street)
    if number and "&" not in street and not street[0].isdigit():
        street = street[number.start() :]
    base, _, unit = street.partition(",")
    if not unit.strip() and (at := _UNIT.search(base)):
        base, unit = base[: at.start()], base[at.end() :]
    base = _words(base)
    return Door(_crossing(base) if "&" in base else base, _words(unit), _words(city))


def _words(text: str) -> str:
    words = re.sub(r"[.,;#]", " ", text.lower()).replace("&", " & ").split()
    return " ".join(_WORDS.get(word, word) for word in words)


def _crossing(street: str) -> str:
    """Two streets in either order, without "St" and "Ave", which lists leave out."""
    sides = [[word for word in side.split() if word not in _KINDS] for side in street.split("&")]
    return " & ".join(sorted(" ".join(side) for side in sides))


def phone(text: str) -> str:
    """``+12153206187`` or, with an extension, ``+12153206187;ext=5756``; empty when it is no certain number."""
    split = _PHONE.fullmatch(text.strip().strip('"').strip())
    if split is None or not re.fullmatch(r"[\d\s().+-]*", split["number"]):
        return ""
    digits = re.sub(r"\D", "", split["number"])
    if split["number"].lstrip().startswith("+"):
        number = f"+{digits}" if 8 <= len(digits) <= 15 else ""
    else:
        digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        number = f"+1{digits}" if re.fullmatch(r"[2-9]\d\d[2-9]\d{6}", digits) else ""
    return f"{number};ext={split['extension']}" if number and split["extension"] else number


def phone_to_read(kept: str) -> str:
    """A number as :func:`phone` keeps it, for people: ``215-320-6187, ext. 5756``; any other text as it is."""
    number, _, extension = kept.partition(";ext=")
    if re.fullmatch(r"\+1\d{10}", number):
        number = f"{number[2:5]}-{number[5:8]}-{number[8:]}"
    return f"{number}, ext. {extension}" if extension else number
