"""The offer and its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from instead.office.letters.parts import CannotBeSaid, Charge, Contact, Docket, Listing, Said, Sender, needed

#: What an offer may ask, as in a policy's track.
Ask = Literal["treatment", "community_service", "nothing"]
#: The clocks of a track for which the letter has words, in the order in which they come.
PersonsClock = Literal[
    "answer_days",
    "booking_days",
    "intake_days",
    "engage_days",
    "service_days",
    "complete_days",
    "proof_days",
    "cure_days",
]
_CLOCKS: tuple[PersonsClock, ...] = get_args(PersonsClock)
_COUNTS = ("missed_appointments",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One clock of the offer: its days, and the date where that is known already."""

    clock: PersonsClock
    days: int
    due: dt.date | None = None


def deadlines(clocks: Mapping[str, int], due: Mapping[str, dt.date] | None = None) -> tuple[Deadline, ...]:
    """The deadlines of a track's clocks in the order in which they come, with the dates that are known.

    Raises :class:`CannotBeSaid` for a clock that the letter has no words for: a person must not miss what was not said.
    """
    unsaid = [name for name in clocks if name not in (*_CLOCKS, *_COUNTS)]
    if unsaid:
        raise CannotBeSaid(f"the letter “offer” has no words for: {', '.join(unsaid)}")
    known = due or {}
    return tuple(Deadline(clock=name, days=clocks[name], due=known.get(name)) for name in _CLOCKS if name in clocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Days that are not to count toward the trial's date in one docket. ``end`` is the last day at the latest."""

    docket: str
    rule: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is offered instead of prosecution, to the person and counsel.

    ``track`` is the title of the policy's track, ``asks`` its conditions, ``hours`` those of community service (None or
    0 where they are not settled, which the letter says). ``counsel`` is None while nobody represents the person.
    ``interpreter`` is the language for which one was asked. The letter says that no plea is asked: an offer with a plea
    cannot be made with it.
    """

    kind: ClassVar[str] = "offer"
    sender: Sender
    written_on: dt.date
    person: str
    counsel: Contact | None
    arrested_on: dt.date | None
    dockets: tuple[Docket, ...]
    charges: tuple[Charge, ...]
    track: Said
    plea: str
    asks: tuple[Ask, ...]
    hours: int | None
    deadlines: tuple[Deadline, ...]
    missed_appointments: int | None
    interpreter: Said | None
    contact: Contact
    free_lawyer: Contact | None
    waivers: tuple[Waiver, ...]

    def __post_init__(self) -> None:
        needed(self.kind, person=self.person, charges=self.charges, track=self.track.en, asks=self.asks)
        if self.plea != "none":
            asked = self.plea.replace("_", " ")
            raise CannotBeSaid(
                f"the letter “offer” says that no plea is asked, and this track asks for {asked}: "
                "counsel has to write that letter"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDate:
    """The last day for a trial in one docket, as the office counts it."""

    docket: str
    rule: str
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferEnded:
    """The offer is over, after a second look; the case goes on as if it had not been made."""

    kind: ClassVar[str] = "offer_ended"
    sender: Sender
    written_on: dt.date
    person: str
    counsel: Contact | None
    dockets: tuple[Docket, ...]
    ended_on: dt.date
    listing: Listing | None
    run_dates: tuple[RunDate, ...]
    contact: Contact
    free_lawyer: Contact | None

    def __post_init__(self) -> None:
        needed(self.kind, person=self.person)
