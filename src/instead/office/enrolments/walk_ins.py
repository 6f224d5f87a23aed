"""Somebody walks in, at any hour, with no link and no papers. Care first; consent when the person is well enough."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.cases.models import Case
from instead.office.consents.models import Consent
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.facts import tell_coordinator
from instead.office.enrolments.models import Appointment, Contact, Enrolment
from instead.office.enrolments.permissions import allow, may_welcome
from instead.office.errors import Refused
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Task
from instead.office.tasks.moves import begin, locked, move
from instead.office.treatment.models import Service


def welcome(
    service: Service, *, name: str = "", person: Person | None = None, doer: Doer, at: dt.datetime
) -> Enrolment:
    """Start a walk-in: a place is all that is needed. With a card's code the person is known, and so is the case."""
    _may_welcome(doer, service)
    with transaction.atomic():
        known = _open_enrolment(person) if person is not None else None
        if known is not None:
            enrolment = get_locked(known.pk)
            enrolment.appointments.filter(state=Appointment.State.BOOKED).update(state=Appointment.State.KEPT)
        else:
            somebody = person or Person.objects.create(name=name.strip()[:200])
            enrolment = Enrolment.objects.create(
                person=somebody, organization=None, service=service, state="to_book", began_at=at
            )
            begin(enrolment, "to_book", doer=doer, at=at)
        Enrolment.objects.filter(pk=enrolment.pk).update(service=service, arrived_at=at)
        enrolment.service, enrolment.arrived_at = service, at
        arrived = {"service": service, "marked_at": at, "marked_by": doer.user}
        Contact.objects.get_or_create(
            enrolment=enrolment, kind=Contact.Kind.ARRIVAL, on=office_day(at), said_by_person=False, defaults=arrived
        )
        move(enrolment, "walk_in", doer=doer, at=at)
        tell_coordinator(enrolment, doer=doer, at=at)
    return enrolment


def count_arrival(enrolment_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """After consent the arrival counts as the first contact."""
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        allow(doer, enrolment)
        if not _has_consent(enrolment, at):
            raise Refused("ask first whether the arrival may be told; no consent is on record")
        if enrolment.arrived_at is None:
            raise Refused("no arrival is on record")
        on = office_day(enrolment.arrived_at)
        Enrolment.objects.filter(pk=enrolment.pk).update(engaged_on=on)
        enrolment.engaged_on = on
        move(enrolment, "consent_given", doer=doer, at=at, details={"on": on})
        tell_coordinator(enrolment, doer=doer, at=at)
    return enrolment


def join_case(enrolment_id: uuid.UUID, case: Case, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """A walk-in turns out to be on the way of a case: the card's code, or the person's word at the desk, says so."""
    with transaction.atomic():
        locked(Case, case.pk)
        enrolment = locked(Enrolment, enrolment_id)
        allow(doer, enrolment)
        if enrolment.case_id is not None:
            raise Refused("this enrolment belongs to a case already")
        for other in Enrolment.objects.filter(case=case).exclude(pk=enrolment.pk):
            if other.MACHINE.can(other.state, "close"):
                move(other, "close", doer=PROGRAM, at=at, because="the person walked in elsewhere")
        Enrolment.objects.filter(pk=enrolment.pk).update(case=case, person=case.person, organization=case.health)
        enrolment.refresh_from_db()
        Task.objects.filter(machine="enrolment", subject=enrolment.pk, done_at=None).update(case=case)
    return enrolment


def _open_enrolment(person: Person) -> Enrolment | None:
    for enrolment in Enrolment.objects.filter(person=person).order_by("-began_at"):
        if enrolment.MACHINE.can(enrolment.state, "walk_in"):
            return enrolment
    return None


def _has_consent(enrolment: Enrolment, at: dt.datetime) -> bool:
    consents = Consent.objects.filter(person=enrolment.person, revoked_at__isnull=True, ended_at__isnull=True)
    today = office_day(at)
    return any(consent.stands(at, today) for consent in consents)


def _may_welcome(doer: Doer, service: Service) -> None:
    if doer.user is None or not may_welcome.test(doer.user, service):
        raise PermissionDenied("This is not yours to do.")
