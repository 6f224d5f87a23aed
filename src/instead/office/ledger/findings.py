"""What a verification finds, in plain words, and its report."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: So many findings are told one by one; those beyond are counted.
MOST_TOLD = 10_000


class Kind(StrEnum):
    """What is wrong."""

    CHANGED_ENTRY = "changed entry"
    CHANGED_PAYLOAD = "changed payload"
    MISSING_ENTRY = "missing entry"
    MISSING_PAYLOAD = "missing payload"
    RETURNED_PAYLOAD = "returned payload"
    STRAY_PAYLOAD = "stray payload"
    FORK = "fork"
    REORDERED = "reordered"
    WRONG_NUMBER = "wrong number"
    BROKEN_LINK = "broken link"
    UNREADABLE = "unreadable entry"
    HEAD = "head"
    CUT_TAIL = "cut tail"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and the number of the entry where it is; 0 where it is at no entry."""

    kind: Kind
    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was walked and what was found. ``found`` counts all findings, also those beyond :data:`MOST_TOLD`."""

    entries: int
    erased: int
    number: int
    hash: str
    found: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        return self.found == 0


@dataclass(slots=True)
class Findings:
    """Collects findings, a bounded number of them."""

    told: list[Finding] = field(default_factory=list)
    found: int = 0

    def add(self, kind: Kind, number: int, message: str) -> None:
        self.found += 1
        if self.found <= MOST_TOLD:
            self.told.append(Finding(kind, number, message))
