"""The end of a case: the list for the courtroom and the letter to the person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from instead.office.letters.parts import Charge, Contact, Court, Listing, Sender, needed


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnDocket:
    """One docket whose charges the court's record shows as withdrawn."""

    number: str
    court: Court
    charges: tuple[Charge, ...]
    withdrawn_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The case is closed. ``checked_on`` is the day on which the court's record said so, with no warrant open.

    The person may show it to police, an employer or a landlord, so nothing in it says why, the name of ``contact``
    included: a desk that answers for every case.
    """

    kind: ClassVar[str] = "withdrawn"
    sender: Sender
    written_on: dt.date
    person: str
    dockets: tuple[WithdrawnDocket, ...]
    checked_on: dt.date
    contact: Contact
    free_lawyer: Contact | None

    def __post_init__(self) -> None:
        needed(self.kind, person=self.person, dockets=self.dockets)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtroomLine:
    """One docket and charge to be withdrawn, as the court's file names them."""

    docket: str
    person: str
    charge: Charge


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtroomList:
    """What the office withdraws in one courtroom at one listing: “withdrawn”, no more and no reason."""

    kind: ClassVar[str] = "courtroom_list"
    sender: Sender
    written_on: dt.date
    listing: Listing
    lines: tuple[CourtroomLine, ...]

    def __post_init__(self) -> None:
        needed(self.kind, lines=self.lines)
