"""What the health side does when a case moves: begin with an accepted offer, close with the case's end.

The case does not know this room. It only says what happened, inside the same transaction.
"""

from __future__ import annotations

import datetime as dt

from django.dispatch import receiver

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.cases.models import Case
from instead.office.consents.models import Consent
from instead.office.consents.signals import consent_signed
from instead.office.enrolments.actions import enrol
from instead.office.enrolments.facts import tell_coordinator
from instead.office.enrolments.freeing import take_back_all
from instead.office.enrolments.models import Appointment, Enrolment
from instead.office.offers.models import Offer
from instead.office.offers.signals import offer_accepted
from instead.office.offers.terms import asks_treatment
from instead.office.tasks.moves import move
from instead.office.tasks.signals import case_ended


@receiver(offer_accepted)
def begin_enrolment(*, offer: Offer, case: Case, doer: Doer, at: dt.datetime, **_more: object) -> None:
    """Where treatment is asked, the way into it begins at once; somebody who walked in before is on it already."""
    if not asks_treatment(offer.terms) or any(_is_open(one) for one in Enrolment.objects.filter(case=case)):
        return
    enrol(case, doer=doer, at=at)


@receiver(consent_signed)
def tell_how_it_stands(*, consent: Consent, case: Case | None, at: dt.datetime, **_more: object) -> None:
    """From the consent on the coordinator sees how it stands: that is told, and logged, at once."""
    if case is None or consent.recipient != Consent.Recipient.COORDINATOR:
        return
    for enrolment in Enrolment.objects.filter(case=case):
        if _is_open(enrolment):
            tell_coordinator(enrolment, doer=PROGRAM, at=at)


@receiver(case_ended)
def close_enrolments(*, case: Case, at: dt.datetime, **_more: object) -> None:
    """The case is over: nothing more is asked, and whoever is in care stays in care."""
    for enrolment in Enrolment.objects.filter(case=case):
        take_back_all(enrolment, doer=PROGRAM, at=at)
        if enrolment.MACHINE.can(enrolment.state, "close"):
            booked = enrolment.appointments.filter(state=Appointment.State.BOOKED)
            booked.update(state=Appointment.State.CANCELLED)
            move(enrolment, "close", doer=PROGRAM, at=at)


def _is_open(enrolment: Enrolment) -> bool:
    return enrolment.MACHINE.state(enrolment.state).open
