"""The offer and its end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from instead.office.letters.parts import CannotBeSaid, Charge, Contact, Docket, Listing, Said, Sender, needed

#: What an offer may ask, as in a policy's track.
Ask = Literal["treatment", "community_service"]
#: The clocks of a person that an offer names, as in a policy's track.
PersonsClock = Literal["answer_days", "booking_days", "engage_days", "service_days", "cure_days"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One clock of the offer: its days, and the date where that is known already."""

    clock: PersonsClock
    days: int
    due: dt.date | None = None


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

    ``track`` is the title of the policy's track, ``asks`` its conditions (none: nothing is asked), ``hours`` those of
    community service. ``counsel`` is None while nobody represents the person. ``interpreter`` is the language for which
    one was asked. The letter says that no plea is asked: an offer with a plea cannot be made with it.
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
        needed(self.kind, person=self.person, charges=self.charges, track=self.track.en)
        if self.plea != "none":
            asked = self.plea.replace("_", " ")
            raise CannotBeSaid(
                f"the letter “offer” says that no plea is asked, and this track asks for {asked}: "
                "counsel has to write that letter"
            )
        if "community_service" in self.asks and self.hours is None:
            raise CannotBeSaid("an offer that asks for community service has to say how many hours")


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
