"""Sending what is due. A reminder is claimed before it is sent, and one whose fate is unknown is never sent again."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from instead.office.court.models import Listing
from instead.office.enrolments.models import Appointment
from instead.office.ledger.actions import record
from instead.office.notices.models import Channel, Reminder, Wish
from instead.office.notices.phone_numbers import read_number
from instead.office.notices.planning import may_send_at, plan
from instead.office.notices.senders import CannotSend, Message, Sender, sender_for
from instead.office.notices.wording import reminder_words
from instead.office.people.models import Person
from instead.office.tasks.clocks import number_of

_State = Reminder.State


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did, counted. ``waiting`` are those that are due and wait for the morning."""

    planned: int
    sent: int
    failed: int
    unknown: int
    not_needed: int
    waiting: int


def send_due(at: dt.datetime) -> Round:
    """One round: plan, send what is due, and say of what was claimed long ago that nobody knows its fate.

    Safe to repeat and to run twice at once. Nothing is sent at night.
    """
    senders = {channel: sender_for(channel) for channel in Channel}
    planned, lost = plan(at), give_up_claimed(at)
    due = Reminder.objects.filter(state=_State.PLANNED, due_at__lte=at)
    if not may_send_at(at):
        return Round(planned, 0, 0, lost, 0, due.count())
    done: Counter[str] = Counter()
    for pk in list(due.values_list("pk", flat=True)):
        reminder = claim(pk, at)
        if reminder is not None:
            done[reminder.state if reminder.state != _State.CLAIMED else _deliver(reminder, senders, at)] += 1
    unknown = lost + done[_State.UNKNOWN]
    return Round(planned, done[_State.SENT], done[_State.FAILED], unknown, done[_State.NOT_NEEDED], 0)


def claim(reminder_id: uuid.UUID, at: dt.datetime) -> Reminder | None:
    """Claim one reminder, or say that it is not needed any more; of several callers one gets it, the others None."""
    with transaction.atomic():
        reminder = Reminder.objects.select_related("person").get(pk=reminder_id)
        wanted = _still_wanted(reminder, at)
        state = _State.CLAIMED if wanted else _State.NOT_NEEDED
        when = {"claimed_at": at} if wanted else {"settled_at": at}
        if not Reminder.objects.filter(pk=reminder_id, state=_State.PLANNED).update(state=state, **when):
            return None
        reminder.state = state
        record(
            f"reminder {state.value.replace('_', ' ')}",
            actor=None,
            at=at,
            subject=reminder.person_id,
            payload=_of(reminder),
        )
    return reminder


def give_up_claimed(at: dt.datetime) -> int:
    """Whatever was claimed and not heard of again: nobody knows whether it was sent, and it is not sent again."""
    patience = dt.timedelta(minutes=number_of("reminder_unknown_minutes", at))
    lost = Reminder.objects.filter(state=_State.CLAIMED, claimed_at__lte=at - patience)
    return sum(_settle(reminder, _State.UNKNOWN, at) for reminder in lost)


def _deliver(reminder: Reminder, senders: dict[Channel, Sender], at: dt.datetime) -> str:
    """Send a claimed one; gives its state."""
    channel = Channel(reminder.channel)
    to = address_of(reminder.person, channel)
    words = reminder_words(reminder.moment, reminder.person.language)
    try:
        if to is None:
            raise CannotSend(Reminder.Reason.BAD_ADDRESS)
        message = Message(
            key=reminder.pk,
            channel=channel,
            to=to,
            subject=words.subject,
            body=words.body,
            language=reminder.person.language,
            person=reminder.person,
            moment=reminder.moment,
        )
        senders[channel].send(message)
    except CannotSend as error:
        _settle(reminder, _State.FAILED, at, error.reason)
        return _State.FAILED
    except Exception:  # noqa: BLE001 - whatever a gateway raises: nobody knows whether it went out
        _settle(reminder, _State.UNKNOWN, at)
        return _State.UNKNOWN
    _settle(reminder, _State.SENT, at)
    return _State.SENT


def address_of(person: Person, channel: Channel) -> str | None:
    """Where a way leads for a person, when it can be right."""
    if channel == Channel.TEXT:
        return read_number(person.phone)
    if channel == Channel.LETTER:
        return person.address.strip() or None
    try:
        validate_email(person.email)
    except ValidationError:
        return None
    return person.email


def _settle(reminder: Reminder, state: Reminder.State, at: dt.datetime, reason: str = "") -> bool:
    """Say what became of a claimed one, once; the first word counts."""
    with transaction.atomic():
        claimed = Reminder.objects.filter(pk=reminder.pk, state=_State.CLAIMED)
        if not claimed.update(state=state, reason=reason, settled_at=at):
            return False
        reminder.state, reminder.reason = state, reason
        record(f"reminder {state.value}", actor=None, at=at, subject=reminder.person_id, payload=_of(reminder))
    return True


def _still_wanted(reminder: Reminder, at: dt.datetime) -> bool:
    """The date still stands as it was planned, has not passed, and the person still wants this way."""
    wish = Wish.objects.filter(person=reminder.person_id).first()
    if wish is None or Channel(reminder.channel) not in wish.channels or reminder.moment <= at:
        return False
    if reminder.about == Reminder.About.APPOINTMENT:
        booked = Appointment.objects.filter(pk=reminder.subject, state=Appointment.State.BOOKED)
        return booked.filter(at=reminder.moment).exists()
    listed = Listing.objects.filter(pk=reminder.subject, state=Listing.State.SCHEDULED)
    return listed.filter(at=reminder.moment).exists()


def _of(reminder: Reminder) -> dict[str, object]:
    """What the ledger keeps: no address, no name, nothing of what it is about."""
    return {
        "reminder": str(reminder.pk),
        "channel": reminder.channel,
        "days": reminder.lead_days,
        "reason": reminder.reason,
    }
