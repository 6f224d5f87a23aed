"""The card as a sheet to print and cut: the code, where to go if sick, by when, what closes the case, whom to call."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from instead.office.cases.models import Case
from instead.office.enrolments.models import Appointment, Enrolment
from instead.office.letterhead import desk
from instead.office.letters.on_the_way import Card, Closes, Step
from instead.office.letters.parts import CannotBeSaid, Place, Said
from instead.office.offers.actions import current_offer
from instead.office.offers.terms import asks_service, asks_treatment
from instead.office.people.models import Person
from instead.office.tasks.clocks import PERSONS_CLOCKS, office_day
from instead.office.tasks.models import Task
from instead.office.treatment.models import Service

_STEPS: dict[str, Step] = {
    "offered": "answer",
    "answering": "answer",
    "proof_incomplete": "proof",
    "service": "service",
}


def card_sheet(person: Person, code: str, page: str, at: dt.datetime) -> Card:
    """The sheet; raises :class:`CannotBeSaid` where no place is known that never closes, or no telephone is set."""
    case = Case.objects.filter(person=person, ended_at__isnull=True).order_by("-received_at").first()
    step, by = _next(case, at)
    return Card(
        code=code,
        sick=_never_closed(),
        step=step,
        by=by,
        closes=_closes(case),
        contact=desk(),
        page=page,
        found=settings.INSTEAD_PHONE,
    )


def _never_closed() -> Place:
    for service in Service.objects.filter(walk_in=True).select_related("provider").order_by("provider__name", "pk"):
        hours = service.walk_in_open_hours
        if hours is not None and hours.around_the_clock:
            words = Said("day and night", "día y noche")
            return Place(name=service.provider.name, address=service.provider.address, hours=words)
    raise CannotBeSaid("no place is known where somebody can walk in at any hour, and a card says where to go if sick")


def _next(case: Case | None, at: dt.datetime) -> tuple[Step | None, dt.date | None]:
    """What comes next, and its date where the date is the person's own."""
    if case is None:
        return None, None
    booked = Appointment.objects.filter(enrolment__case=case, state=Appointment.State.BOOKED, at__gte=at).first()
    if booked is not None:
        return "appointment", office_day(booked.at)
    mine = Task.objects.filter(case=case, done_at=None, clock__in=PERSONS_CLOCKS, due_on__isnull=False)
    by = mine.order_by("due_on").values_list("due_on", flat=True).first()
    if case.state != "accepted":
        return _STEPS.get(case.state), by
    engaged = Enrolment.objects.filter(case=case, engaged_on__isnull=False).exists()
    return ("proof" if engaged else "first_visit"), by


def _closes(case: Case | None) -> Closes:
    offer = current_offer(case) if case else None
    if offer is None or asks_treatment(offer.terms):
        return "treatment"
    return "service" if asks_service(offer.terms) else "nothing"
