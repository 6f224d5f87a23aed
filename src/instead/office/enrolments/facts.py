"""What the health side knows, put into the forms of the wall: the one door through which it leaves."""

from __future__ import annotations

import datetime as dt
from typing import Final

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.cases.models import Case
from instead.office.consents.actions import standing, tell
from instead.office.consents.models import Consent, Disclosure
from instead.office.consents.wall import Attendance, FourFacts, Progress, as_json
from instead.office.enrolments.models import Appointment, Enrolment

_ATTENDANCE: Final = {
    "to_book": Attendance.NOT_YET,
    "booked": Attendance.NOT_YET,
    "assessed": Attendance.NOT_YET,
    "waiting": Attendance.NOT_YET,
    "missed": Attendance.NOT_ATTENDING,
    "engaged": Attendance.ATTENDING,
    "attending": Attendance.ATTENDING,
    "completed": Attendance.ATTENDING,
    "left": Attendance.NOT_ATTENDING,
}
#: Places where nobody can attend, or from which nobody has told: attendance is not known then.
_OPEN: Final = ("to_book", "booked", "missed", "walked_in", "assessed", "waiting", "away", "engaged", "attending")


def four_facts(enrolment: Enrolment) -> FourFacts:
    """The four facts as they stand. What is not known is None."""
    engaged = True if enrolment.engaged_on else False if enrolment.state in _OPEN else None
    completed = True if enrolment.completed_on else False if enrolment.state in _OPEN else None
    return FourFacts(enrolment.assessed_on, engaged, _ATTENDANCE.get(enrolment.state), completed)


def progress(enrolment: Enrolment) -> Progress:
    """What the coordinator sees by consent."""
    booked = enrolment.appointments.filter(state=Appointment.State.BOOKED).select_related("service__provider").first()
    place = booked.service if booked else enrolment.service
    return Progress(booked.at if booked else None, str(place.provider) if place else "", enrolment.state == "waiting")


def tell_coordinator(enrolment: Enrolment, *, doer: Doer, at: dt.datetime) -> None:
    """Tell the coordinator how it stands, if the person has agreed; without consent nothing is told and nothing fails.

    Told are appointment and place, and the four facts where they are others than those told last. What the coordinator
    does is not told to the coordinator.
    """
    case: Case | None = enrolment.case
    if case is None or doer.role == "coordinator":
        return
    recipient = Consent.Recipient.COORDINATOR
    consent = standing(case, recipient, at)
    if consent is None:
        return
    teller = doer if doer.role in ("person", "provider_staff") else PROGRAM
    tell(case, recipient, progress(enrolment), doer=teller, at=at)
    facts = four_facts(enrolment)
    before = Disclosure.objects.filter(consent=consent, kind=Disclosure.Kind.FOUR_FACTS).order_by("-at", "-pk").first()
    if before is None or before.told != as_json(facts):
        tell(case, recipient, facts, doer=teller, at=at)


def coordinator_may_see(enrolment: Enrolment, at: dt.datetime) -> bool:
    """Whether a coordinator may see place and appointments: by the person's consent alone."""
    return enrolment.case is not None and standing(enrolment.case, Consent.Recipient.COORDINATOR, at) is not None
