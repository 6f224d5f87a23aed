"""The verbs on the way into treatment: book, move, come, miss, assess, wait, engage, attend, complete, leave.

Each is permission, change of state and ledger entry in one transaction. The coordinator acts by the person's consent;
the clinic and the person need none for care.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.cases.models import Case
from instead.office.consents.actions import NoConsent
from instead.office.enrolments.facts import coordinator_may_see, tell_coordinator
from instead.office.enrolments.freeing import free_places
from instead.office.enrolments.models import Appointment, Contact, Enrolment
from instead.office.enrolments.permissions import allow, may_mark
from instead.office.enrolments.telling import after_misses, say_another_condition
from instead.office.errors import Refused
from instead.office.machines import ENROLMENT
from instead.office.tasks.clocks import office_day
from instead.office.tasks.moves import begin, locked, move
from instead.office.treatment.models import Service


def enrol(case: Case, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """Begin the way into treatment of a case whose offer was accepted; part of that action, inside its transaction."""
    enrolment = Enrolment.objects.create(
        person=case.person, case=case, organization=case.health, state="to_book", began_at=at
    )
    begin(enrolment, "to_book", doer=doer, at=at)
    return enrolment


def book(enrolment_id: uuid.UUID, service: Service, when: dt.datetime, *, doer: Doer, at: dt.datetime) -> Appointment:
    """Book an appointment; one that is booked already is moved, which is no miss."""
    if when <= at:
        raise Refused("an appointment lies in the future")
    with _acting(enrolment_id, doer, at) as enrolment:
        rebooked = enrolment.state == "booked"
        old = enrolment.appointments.filter(state=Appointment.State.BOOKED)
        if rebooked and not old.filter(at__gt=at).exists():
            raise Refused("the hour of that appointment has passed; say first whether the person came")
        old.update(state=Appointment.State.MOVED)
        made = Appointment.objects.create(
            enrolment=enrolment,
            service=service,
            at=when,
            made_at=at,
            made_as=doer.role,
            made_by=doer.user,
        )
        Enrolment.objects.filter(pk=enrolment.pk).update(service=service)
        enrolment.service = service
        move(enrolment, "rebook" if rebooked else "book", doer=doer, at=at, starts_on=office_day(when))
    return made


def miss(enrolment_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """The person did not come, by the provider's own word. An unanswered reminder is no miss."""
    with _acting(enrolment_id, doer, at) as enrolment:
        appointment = _booked(enrolment)
        if appointment.at > at:
            raise Refused("the hour of the appointment has not come yet")
        Appointment.objects.filter(pk=appointment.pk).update(state=Appointment.State.MISSED)
        move(enrolment, "miss", doer=doer, at=at)
        after_misses(enrolment, at=at)
    return enrolment


def excuse(enrolment_id: uuid.UUID, reason: Appointment.Excuse, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """There was a good reason; this counts as no miss."""
    with _acting(enrolment_id, doer, at) as enrolment:
        last = enrolment.appointments.filter(state=Appointment.State.MISSED).last()
        if last is not None:
            Appointment.objects.filter(pk=last.pk).update(state=Appointment.State.EXCUSED, excuse=reason)
        move(enrolment, "excuse", doer=doer, at=at)
    return enrolment


def assess(enrolment_id: uuid.UUID, on: dt.date, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """The assessment took place: its date, and nothing of what it found."""
    with _acting(enrolment_id, doer, at) as enrolment:
        _not_after_today(on, at)
        _contact(enrolment, Contact.Kind.ASSESSMENT, on, doer, at)
        _keep(enrolment)
        _set(enrolment, assessed_on=on)
        move(enrolment, "assess", doer=doer, at=at, starts_on=on)
    return enrolment


def undo_miss(enrolment_id: uuid.UUID, on: dt.date, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """The person had been there: the miss is taken back, and the assessment stands."""
    with _acting(enrolment_id, doer, at) as enrolment:
        _not_after_today(on, at)
        last = enrolment.appointments.filter(state=Appointment.State.MISSED).last()
        if last is not None:
            Appointment.objects.filter(pk=last.pk).update(state=Appointment.State.KEPT)
        _contact(enrolment, Contact.Kind.ASSESSMENT, on, doer, at)
        _set(enrolment, assessed_on=on)
        move(enrolment, "undo_miss", doer=doer, at=at, starts_on=on)
    return enrolment


def engage(enrolment_id: uuid.UUID, on: dt.date, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """The first contact was attended; medication counts. Later contacts are further ones."""
    with _acting(enrolment_id, doer, at) as enrolment:
        _not_after_today(on, at)
        _contact(enrolment, Contact.Kind.CONTACT, on, doer, at)
        first = enrolment.engaged_on is None
        if first:
            _set(enrolment, engaged_on=on)
        move(enrolment, "engage" if enrolment.state in ("assessed", "waiting") else "attend", doer=doer, at=at)
    return enrolment


def complete(enrolment_id: uuid.UUID, on: dt.date, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """Treatment is completed."""
    with _acting(enrolment_id, doer, at) as enrolment:
        _not_after_today(on, at)
        _set(enrolment, completed_on=on)
        move(enrolment, "complete", doer=doer, at=at)
        free_places(enrolment, doer=doer, at=at)
    return enrolment


def take(enrolment_id: uuid.UUID, transition: str, *, because: str = "", doer: Doer, at: dt.datetime) -> Enrolment:
    """The transitions that need nothing but themselves: wait, come back, be away, leave, be discharged, and so on."""
    if transition not in PLAIN:
        raise Refused(f"{transition!r} needs more than a word; expected one of {', '.join(PLAIN)}")
    with _acting(enrolment_id, doer, at) as enrolment:
        if transition == "come_back" and enrolment.case is not None and enrolment.case.ended_at is not None:
            raise Refused("the case is over; care goes on without it")
        if transition in ("leave", "go_away", "record_death"):
            enrolment.appointments.filter(state=Appointment.State.BOOKED).update(state=Appointment.State.CANCELLED)
        move(enrolment, transition, doer=doer, at=at, because=because)
        if not enrolment.MACHINE.state(enrolment.state).open:
            free_places(enrolment, doer=doer, at=at)
        if transition == "find_not_needed":
            say_another_condition(enrolment, doer=doer, at=at)
    return enrolment


#: What :func:`take` takes.
PLAIN = (
    "wait_for_place",
    "place_found",
    "find_not_needed",
    "go_away",
    "back_to_booking",
    "back_to_assessed",
    "back_to_care",
    "discharge",
    "leave",
    "come_back",
    "ordinary_way",
    "record_death",
    "undo_death",
)


def mark(enrolment_id: uuid.UUID, came: bool, on: dt.date, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """One tap on today's list: the person came, or did not. What it means follows from where the person is."""
    state = Enrolment.objects.values_list("state", flat=True).get(pk=enrolment_id)
    if not came:
        if state != "booked":
            raise Refused("only a booked appointment can be missed; a day without a visit is nothing")
        return miss(enrolment_id, doer=doer, at=at)
    verb: Callable[..., Enrolment] = assess if state in ENROLMENT.transition("assess").sources else engage
    return verb(enrolment_id, on, doer=doer, at=at)


@contextmanager
def _acting(enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> Iterator[Enrolment]:
    """The enrolment, locked after its case, when the doer may; the coordinator is told what changed, by consent."""
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        allow(doer, enrolment)
        if doer.role == "coordinator" and not coordinator_may_see(enrolment, at):
            raise NoConsent("the person has not agreed that the coordinator sees place and appointments")
        yield enrolment
        tell_coordinator(enrolment, doer=doer, at=at)


def get_locked(enrolment_id: uuid.UUID) -> Enrolment:
    """An enrolment, locked after its case: everywhere in this order, so that nobody waits in a circle."""
    found = Enrolment.objects.get(pk=enrolment_id)
    if found.case_id is not None:
        locked(Case, found.case_id)
    return locked(Enrolment, enrolment_id)


def _booked(enrolment: Enrolment) -> Appointment:
    booked = enrolment.appointments.filter(state=Appointment.State.BOOKED).first()
    if booked is None:
        raise Refused("no appointment is booked")
    return booked


def _keep(enrolment: Enrolment) -> None:
    enrolment.appointments.filter(state=Appointment.State.BOOKED).update(state=Appointment.State.KEPT)


def _contact(enrolment: Enrolment, kind: Contact.Kind, on: dt.date, doer: Doer, at: dt.datetime) -> None:
    if doer.user is not None and doer.role == "provider_staff" and not may_mark.test(doer.user, enrolment):
        raise Refused("attendance is marked by the provider's own staff")
    booked = enrolment.appointments.filter(state=Appointment.State.BOOKED).select_related("service").first()
    where = booked.service if booked and kind == Contact.Kind.ASSESSMENT else enrolment.service
    said = {"service": where, "marked_at": at, "marked_by": doer.user}
    Contact.objects.get_or_create(enrolment=enrolment, kind=kind, on=on, said_by_person=False, defaults=said)


def _set(enrolment: Enrolment, **dates: dt.date) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(**dates)
    for name, value in dates.items():
        setattr(enrolment, name, value)


def _not_after_today(on: dt.date, at: dt.datetime) -> None:
    if on > office_day(at):
        raise Refused(f"{on} has not come yet")
