"""The wall, as types: what may be told to whom, in a form that can hold no more.

Prosecution staff and analysts learn the four facts or "another condition". The health-side coordinator also learns
appointment and place. Level of care, medication, diagnosis, tests and notes have no type here, so they cannot be told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from instead.office.consents.models import Consent, Disclosure

#: The notice that goes with every disclosure (42 CFR § 2.32), by its version here; the letter holds the words.
NOTICE: Final = "2.32/2024"


class Attendance(StrEnum):
    """How the person attends, as a provider says it."""

    NOT_YET = "not_yet"
    ATTENDING = "attending"
    NOT_ATTENDING = "not_attending"


@dataclass(frozen=True, slots=True)
class FourFacts:
    """All that a prosecutor's office may know of treatment. None: not known, which is not "no"."""

    assessed_on: dt.date | None = None
    engaged: bool | None = None
    attendance: Attendance | None = None
    completed: bool | None = None


@dataclass(frozen=True, slots=True)
class OtherCondition:
    """Another condition takes the place of treatment; not why."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the coordinator also sees: the next appointment, the place, and whether a place is waited for."""

    appointment: dt.datetime | None = None
    place: str = ""
    waits_for_place: bool = False


#: What the prosecution side, and counsel with it, may be told.
ForOffice = FourFacts | OtherCondition
Tellable = ForOffice | Progress

#: Which kinds each recipient may be told: the ceiling.
CEILING: Final[Mapping[str, frozenset[str]]] = {
    Consent.Recipient.OFFICE: frozenset({Disclosure.Kind.FOUR_FACTS, Disclosure.Kind.OTHER_CONDITION}),
    Consent.Recipient.COUNSEL: frozenset({Disclosure.Kind.FOUR_FACTS, Disclosure.Kind.OTHER_CONDITION}),
    Consent.Recipient.COORDINATOR: frozenset(Disclosure.Kind.values),
}


def kind_of(told: Tellable) -> Disclosure.Kind:
    """The kind under which something is logged."""
    match told:
        case FourFacts():
            return Disclosure.Kind.FOUR_FACTS
        case OtherCondition():
            return Disclosure.Kind.OTHER_CONDITION
        case Progress():
            return Disclosure.Kind.PROGRESS
    assert_never(told)


def as_json(told: Tellable) -> dict[str, object]:
    """The form in which it is kept; nothing but the fields of the type."""
    match told:
        case FourFacts():
            return {
                "assessed_on": told.assessed_on.isoformat() if told.assessed_on else None,
                "engaged": told.engaged,
                "attendance": told.attendance.value if told.attendance else None,
                "completed": told.completed,
            }
        case OtherCondition():
            return {}
        case Progress():
            return {
                "appointment": told.appointment.isoformat() if told.appointment else None,
                "place": told.place,
                "waits_for_place": told.waits_for_place,
            }
    assert_never(told)


def for_office(kind: str, kept: Mapping[str, object]) -> ForOffice:
    """What was told, read back. Raises ``ValueError`` for a kind that is beyond the office's ceiling."""
    if kind == Disclosure.Kind.OTHER_CONDITION:
        return OtherCondition()
    if kind != Disclosure.Kind.FOUR_FACTS:
        raise ValueError(f"{kind} is beyond what the office may know")
    assessed, attendance = kept.get("assessed_on"), kept.get("attendance")
    return FourFacts(
        dt.date.fromisoformat(str(assessed)) if assessed else None,
        _yes_no(kept.get("engaged")),
        Attendance(str(attendance)) if attendance else None,
        _yes_no(kept.get("completed")),
    )


def _yes_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
