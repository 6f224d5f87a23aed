"""Citations in many spellings, taken apart into pieces that can be compared."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

Split = Literal["letters-and-digits", "parentheses"]
SPLITS: tuple[Split, ...] = ("letters-and-digits", "parentheses")

#: Title (empty where citations have none), section, then the pieces of the subsection; all lower case.
Pieces = tuple[str, ...]

_BLANKS = re.compile(r"\s+")
_SPLITTERS = {
    "letters-and-digits": re.compile(r"[a-z]+|\d+"),
    "parentheses": re.compile(r"[^()\s.,;]+"),
}
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a jurisdiction writes citations: patterns with the groups title, section and sub."""

    patterns: tuple[re.Pattern[str], ...]
    split: Split
    ignore: re.Pattern[str] | None = None

    def read(self, text: str) -> Pieces | None:
        """The pieces of a citation, or None when no pattern matches the whole text."""
        if len(text) > _LONGEST:
            return None
        cleaned = self.ignore.sub("", text) if self.ignore else text
        cleaned = _BLANKS.sub(" ", cleaned).strip()
        for pattern in self.patterns:
            match = pattern.fullmatch(cleaned)
            if match:
                return self._pieces(match)
        return None

    def _pieces(self, match: re.Match[str]) -> Pieces:
        found = {"title": "", "section": "", "sub": ""}
        for group, value in match.groupdict().items():
            if value:
                found[group.rstrip("0123456789")] = value.strip().lower()
        return (found["title"], found["section"], *_SPLITTERS[self.split].findall(found["sub"]))


@functools.lru_cache(maxsize=20_000)
def numbers(section: str) -> tuple[int, ...]:
    """The numbers of a section, by which ranges are compared: ``2702.1`` is (2702, 1)."""
    return tuple(int(digits) for digits in re.findall(r"\d{1,12}", section))
