"""The verbs: choose how to be reminded, and say that somebody has seen to a reminder that did not arrive."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.accounts.models import User
from instead.office.cases.permissions import require
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.notices.models import Channel, Reminder, Wish
from instead.office.notices.permissions import may_choose_ways, may_see_to_reminder
from instead.office.people.models import Person


def choose_ways(person: Person, channels: Collection[Channel], *, doer: Doer, at: dt.datetime) -> Wish:
    """The person is reminded in these ways from now on, and in no other; none at all is a choice too."""
    own = doer.person is not None and doer.person.pk == person.pk
    if not own and (doer.user is None or not may_choose_ways.test(doer.user, person)):
        raise PermissionDenied("This is not yours to do.")
    chosen = {way.value: way in channels for way in Channel}
    with transaction.atomic():
        wish, _ = Wish.objects.update_or_create(
            person=person, defaults={**chosen, "chosen_at": at, "chosen_as": doer.role}
        )
        payload = {"as": doer.role, **chosen}
        record("ways to remind chosen", actor=doer.actor, at=at, subject=person.pk, payload=payload)
    return wish


def see_to(reminder_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Reminder:
    """Somebody has reached the person another way, or found that it is not needed. Nothing is sent again."""
    with transaction.atomic():
        reminder = Reminder.objects.get(pk=reminder_id)
        require(actor, may_see_to_reminder, reminder)
        open_ones = Reminder.objects.filter(pk=reminder_id, seen_at__isnull=True)
        troubled = open_ones.filter(state__in=(Reminder.State.FAILED, Reminder.State.UNKNOWN))
        if not troubled.update(seen_at=at, seen_by=actor):
            raise Refused("somebody has seen to this one already, or it needs nobody")
        reminder.refresh_from_db()
        payload = {"reminder": str(reminder.pk), "was": reminder.state}
        record("reminder seen to", actor=actor, at=at, subject=reminder.person_id, payload=payload)
    return reminder
