"""One tap a line: somebody came, or did not; and what the person said themselves is confirmed, or not.

Marking twice changes nothing. A line names the state it was shown in, so that an old page cannot move somebody on.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.enrolments import actions, referring
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.models import Appointment, Contact, Enrolment
from instead.office.enrolments.permissions import may_mark, own_service
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.machines import ENROLMENT
from instead.office.tasks.clocks import office_day

#: States in which having been there means that the assessment took place.
BEFORE_ASSESSMENT: Final = ENROLMENT.transition("assess").sources
#: States in which it means a contact.
AFTER_ASSESSMENT: Final = (*ENROLMENT.transition("engage").sources, *ENROLMENT.transition("attend").sources)


def came(enrolment_id: uuid.UUID, on: dt.date, *, seen: str, doer: Doer, at: dt.datetime) -> bool:
    """Somebody came on a day. ``seen`` is the state on the page. False where it is marked already."""
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        _may_mark(doer, enrolment)
        if seen not in BEFORE_ASSESSMENT + AFTER_ASSESSMENT:
            raise Refused("this line cannot be marked; open the person's page")
        if _marked(enrolment, _kind(seen), on):
            return False
        if enrolment.state != seen:
            raise Refused("the list has moved on since you opened it; look again")
        if on < office_day(enrolment.began_at):
            raise Refused(f"{on} lies before this way into treatment began")
        _arrive(enrolment, doer, at)
        _mark(enrolment, on, doer, at)
    return True


def did_not_come(appointment_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> bool:
    """Somebody did not come to an appointment here. False where it is marked already."""
    with transaction.atomic():
        found = Appointment.objects.select_related("service__provider").get(pk=appointment_id)
        get_locked(found.enrolment_id)
        found.refresh_from_db(fields=["state"])
        if doer.user is None or not own_service.test(doer.user, found.service):
            raise PermissionDenied("This is not yours to do.")
        if found.state in (Appointment.State.MISSED, Appointment.State.EXCUSED):
            return False
        if found.state != Appointment.State.BOOKED:
            raise Refused(f"that appointment is {found.get_state_display()} by now; look at the list again")
        actions.miss(found.enrolment_id, doer=doer, at=at)
    return True


def confirm_word(contact_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> None:
    """The provider saw the person on the day that the person named: it is marked."""
    with transaction.atomic():
        contact, enrolment = _word(contact_id, doer)
        if not enrolment.contacts.filter(on=contact.on, said_by_person=False).exists():
            if enrolment.state not in BEFORE_ASSESSMENT + AFTER_ASSESSMENT:
                raise Refused(f"attendance cannot be marked at “{ENROLMENT.state(enrolment.state).title}”")
            _arrive(enrolment, doer, at)
            _mark(enrolment, contact.on, doer, at)
        _answer(contact, doer, at, confirmed=True)


def not_seen(contact_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> None:
    """The provider's own records do not show the person that day. Nothing else follows: it is no miss."""
    with transaction.atomic():
        contact, _ = _word(contact_id, doer)
        _answer(contact, doer, at, confirmed=False)


def _mark(enrolment: Enrolment, on: dt.date, doer: Doer, at: dt.datetime) -> None:
    if enrolment.state == "missed" and _missed_on(enrolment) == on:
        actions.undo_miss(enrolment.pk, on, doer=doer, at=at)
    else:
        actions.mark(enrolment.pk, True, on, doer=doer, at=at)


def _missed_on(enrolment: Enrolment) -> dt.date | None:
    last = enrolment.appointments.filter(state=Appointment.State.MISSED).last()
    return office_day(last.at) if last is not None else None


def _arrive(enrolment: Enrolment, doer: Doer, at: dt.datetime) -> None:
    """Whoever comes to the clinic that was asked has arrived there: nothing is marked twice by hand."""
    user = doer.user
    own = enrolment.referrals.filter(state__in=("made", "accepted"))
    asked = (
        own.filter(service__provider__organization=user.organization_id if user else None).order_by("-state").first()
    )
    if asked is not None:
        referring.arrive(asked.pk, doer=doer, at=at)


def _kind(state: str) -> Contact.Kind:
    return Contact.Kind.ASSESSMENT if state in BEFORE_ASSESSMENT else Contact.Kind.CONTACT


def _marked(enrolment: Enrolment, kind: Contact.Kind, on: dt.date) -> bool:
    return enrolment.contacts.filter(kind=kind, on=on, said_by_person=False).exists()


def _word(contact_id: uuid.UUID, doer: Doer) -> tuple[Contact, Enrolment]:
    contact = Contact.objects.get(pk=contact_id)
    enrolment = get_locked(contact.enrolment_id)
    _may_mark(doer, enrolment)
    contact.refresh_from_db()
    if not contact.said_by_person or contact.answered_at is not None:
        raise Refused("this is answered already")
    return contact, enrolment


def _answer(contact: Contact, doer: Doer, at: dt.datetime, *, confirmed: bool) -> None:
    Contact.objects.filter(pk=contact.pk).update(answered_at=at)
    payload = {"contact": contact.pk, "on": contact.on, "confirmed": confirmed}
    record("own word answered", actor=doer.actor, at=at, subject=contact.enrolment_id, payload=payload)


def _may_mark(doer: Doer, enrolment: Enrolment) -> None:
    if doer.user is None or not may_mark.test(doer.user, enrolment):
        raise PermissionDenied("This is not yours to do.")
