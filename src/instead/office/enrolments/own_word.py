"""The person's own word: "I was there". It moves nothing by itself: it waits for the provider's word."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.models import Contact, Enrolment
from instead.office.enrolments.permissions import allow
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.tasks.clocks import office_day

#: Until the assessment has taken place, having been there means the assessment; afterwards a contact.
BEFORE_ASSESSMENT: Final = ("to_book", "booked", "missed")
#: How far back a person can say so here; for an older day the provider's own records are asked.
MOST_DAYS_BACK: Final = 14


def was_there(enrolment_id: uuid.UUID, on: dt.date, *, doer: Doer, at: dt.datetime) -> Contact:
    """The person says that they were there on a day. Saying it again changes nothing."""
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        allow(doer, enrolment)
        if doer.person is None:
            raise Refused("this is the person's own word; staff mark attendance instead")
        _a_day_that_can_be(on, at)
        if not enrolment.MACHINE.state(enrolment.state).open:
            raise Refused("this way into treatment has ended; begin it again first")
        if enrolment.service is None:
            raise Refused("no place is known yet; choose the place first")
        kind = Contact.Kind.ASSESSMENT if enrolment.state in BEFORE_ASSESSMENT else Contact.Kind.CONTACT
        said = {"service": enrolment.service, "marked_at": at}
        contact, new = Contact.objects.get_or_create(
            enrolment=enrolment, kind=kind, on=on, said_by_person=True, defaults=said
        )
        if new:
            payload = {"contact": contact.pk, "kind": kind.value, "on": on}
            record("said to have been there", actor=doer.actor, at=at, subject=enrolment.id, payload=payload)
    return contact


def unconfirmed(enrolment: Enrolment) -> list[Contact]:
    """What the person said and the provider has not said yet, the newest first."""
    contacts = list(enrolment.contacts.all())
    confirmed = {contact.on for contact in contacts if not contact.said_by_person}
    said = [contact for contact in contacts if contact.said_by_person and contact.answered_at is None]
    waiting = [contact for contact in said if contact.on not in confirmed]
    return sorted(waiting, key=lambda contact: contact.on, reverse=True)


def _a_day_that_can_be(on: dt.date, at: dt.datetime) -> None:
    today = office_day(at)
    if on > today:
        raise Refused(f"{on} has not come yet")
    if (today - on).days > MOST_DAYS_BACK:
        raise Refused(f"{on} is more than {MOST_DAYS_BACK} days ago; ask the place to mark it from its own records")
