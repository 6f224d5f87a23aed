"""Somebody walks in, at any hour, with no link and no papers. Care first; consent when the person is well enough."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.cases.models import Case
from instead.office.consents.actions import carry_to_case
from instead.office.consents.models import Consent
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.facts import tell_coordinator
from instead.office.enrolments.freeing import take_back_all
from instead.office.enrolments.models import Appointment, Contact, Enrolment
from instead.office.enrolments.permissions import allow, may_welcome
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.machines import ENROLMENT
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Task
from instead.office.tasks.moves import begin, locked, move
from instead.office.tasks.opening import pause
from instead.office.treatment.models import Service


def welcome(
    service: Service,
    *,
    name: str = "",
    person: Person | None = None,
    key: uuid.UUID | None = None,
    doer: Doer,
    at: dt.datetime,
) -> Enrolment:
    """Start a walk-in: a place is all that is needed. With a card's code the person is known, and so is the case.

    ``key`` is the id of a walk-in that is new: a button pressed twice starts one, not two.
    """
    _may_welcome(doer, service)
    try:
        with transaction.atomic():
            return _known(key) or _welcome(service, name, person, key, doer, at)
    except IntegrityError:
        if (started := _known(key)) is None:
            raise
        return started


def _known(key: uuid.UUID | None) -> Enrolment | None:
    return None if key is None else Enrolment.objects.filter(pk=key).first()


def _welcome(
    service: Service, name: str, person: Person | None, key: uuid.UUID | None, doer: Doer, at: dt.datetime
) -> Enrolment:
    known = _on_the_way(person, service) if person is not None else None
    enrolment = get_locked(known.pk) if known is not None else _begin(service, name, person, key, doer, at)
    if enrolment.state in _HERE:
        _arrival(enrolment, service, doer, at)
        record("arrived again", actor=doer.actor, at=at, subject=enrolment.id, payload={"as": doer.role})
        return enrolment
    enrolment.appointments.filter(state=Appointment.State.BOOKED).update(state=Appointment.State.KEPT)
    Enrolment.objects.filter(pk=enrolment.pk).update(service=service, arrived_at=at)
    enrolment.service, enrolment.arrived_at = service, at
    _arrival(enrolment, service, doer, at)
    if enrolment.state == "away":
        move(enrolment, "back_to_booking", doer=doer, at=at)
    move(enrolment, "walk_in", doer=doer, at=at)
    tell_coordinator(enrolment, doer=doer, at=at)
    return enrolment


def _begin(
    service: Service, name: str, person: Person | None, key: uuid.UUID | None, doer: Doer, at: dt.datetime
) -> Enrolment:
    somebody = person or Person.objects.create(name=name.strip()[:200])
    enrolment = Enrolment(person=somebody, organization=None, service=service, state="to_book", began_at=at)
    if key is not None:
        enrolment.id = key
    enrolment.save(force_insert=True)
    begin(enrolment, "to_book", doer=doer, at=at)
    return enrolment


def _arrival(enrolment: Enrolment, service: Service, doer: Doer, at: dt.datetime) -> None:
    arrived = {"service": service, "marked_at": at, "marked_by": doer.user}
    Contact.objects.get_or_create(
        enrolment=enrolment, kind=Contact.Kind.ARRIVAL, on=office_day(at), said_by_person=False, defaults=arrived
    )


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
    """A walk-in turns out to be on the way of a case: the card's code, or the person's word at the desk, says so.

    What was signed at the desk before belongs to the case from then on, and the person's clocks stand still while
    somebody who walked in is cared for.
    """
    with transaction.atomic():
        case = locked(Case, case.pk)
        enrolment = locked(Enrolment, enrolment_id)
        allow(doer, enrolment)
        if enrolment.case_id is not None:
            raise Refused("this enrolment belongs to a case already")
        if case.ended_at is not None or case.health_id is None:
            raise Refused("no offer is out in that case; care goes on without it")
        _close_others(case, enrolment, at)
        walked_in_as = enrolment.person
        Enrolment.objects.filter(pk=enrolment.pk).update(case=case, person=case.person, organization=case.health)
        enrolment.refresh_from_db()
        state = enrolment.MACHINE.state(enrolment.state)
        own_tasks = Task.objects.filter(machine="enrolment", subject=enrolment.pk, done_at=None)
        own_tasks.update(case=case, organization=enrolment.organization_for(state.owner))
        if state.stops_clock:
            pause(case, "enrolment", enrolment.pk, at=at)
        record("enrolment joined", actor=doer.actor, at=at, subject=enrolment.id, payload={"case": str(case.id)})
        carry_to_case(walked_in_as, case, doer=doer, at=at)
        tell_coordinator(enrolment, doer=doer, at=at)
    return enrolment


def case_to_join(person: Person) -> Case | None:
    """The one case of a person in which an offer is out, where a card says who somebody is. None: none, or several."""
    found = Case.objects.filter(person=person, ended_at=None, health__isnull=False).order_by("received_at")[:2]
    return found[0] if len(found) == 1 else None


def _close_others(case: Case, but: Enrolment, at: dt.datetime) -> None:
    for other in Enrolment.objects.filter(case=case).exclude(pk=but.pk):
        if other.MACHINE.can(other.state, "close"):
            take_back_all(other, doer=PROGRAM, at=at)
            other.appointments.filter(state=Appointment.State.BOOKED).update(state=Appointment.State.CANCELLED)
            move(other, "close", doer=PROGRAM, at=at, because="the person walked in elsewhere")


#: States of somebody who is here already: a second arrival is kept and moves nothing.
_HERE = ("walked_in", "engaged", "attending")


def _on_the_way(person: Person, service: Service) -> Enrolment | None:
    """The way that the person is on already, where walking in here is a step of it."""
    for enrolment in Enrolment.objects.filter(person=person).select_related("service__provider").order_by("-began_at"):
        here = enrolment.service is not None and enrolment.service.organization_id == service.organization_id
        if enrolment.state in _HERE and here:
            return enrolment
        if enrolment.state == "away" or ENROLMENT.can(enrolment.state, "walk_in"):
            return enrolment
    return None


def _has_consent(enrolment: Enrolment, at: dt.datetime) -> bool:
    consents = Consent.objects.filter(person=enrolment.person, revoked_at__isnull=True, ended_at__isnull=True)
    today = office_day(at)
    return any(consent.stands(at, today) for consent in consents)


def _may_welcome(doer: Doer, service: Service) -> None:
    if doer.user is None or not may_welcome.test(doer.user, service):
        raise PermissionDenied("This is not yours to do.")
