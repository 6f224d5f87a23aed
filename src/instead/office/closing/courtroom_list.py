"""One sheet for the courtroom as a letter: "withdrawn", no more and no reason."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone

from instead.office.accounts.models import User
from instead.office.closing.withdrawal_lists import Sheet
from instead.office.court.models import Docket
from instead.office.letterhead import sender
from instead.office.letters.closing import CourtroomLine, CourtroomList
from instead.office.letters.parts import CannotBeSaid, Charge, Court, Listing

COURTS: Final[dict[Docket.Court, Court]] = {Docket.Court.MUNICIPAL: "MC", Docket.Court.COMMON_PLEAS: "CP"}


def courtroom_list(sheet: Sheet, signer: User, written_on: dt.date) -> CourtroomList:
    """The sheet; raises :class:`CannotBeSaid` for one that has no listing."""
    if sheet.at is None:
        raise CannotBeSaid("these dockets have no listing to come, so there is no courtroom to take a list to")
    when = timezone.localtime(sheet.at)
    return CourtroomList(
        sender=sender(signer),
        written_on=written_on,
        listing=Listing(day=when.date(), court=COURTS[sheet.court], at=when.time(), courtroom=sheet.courtroom),
        lines=tuple(
            CourtroomLine(
                docket=line.docket.number,
                person=str(line.docket.case.person),
                charge=Charge(
                    description=f"{line.sequence}." if line.sequence else "every charge", citation=line.charge
                ),
            )
            for line in sheet.lines
        ),
    )
