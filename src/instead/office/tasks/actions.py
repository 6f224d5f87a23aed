"""The verbs about work itself: take it, hand it on, and see that nothing stays with somebody who has left."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import require
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.tasks.models import Task
from instead.office.tasks.moves import locked
from instead.office.tasks.permissions import may_hand_on, may_see_off


def assign(task_id: uuid.UUID, to: User | None, *, actor: User, at: dt.datetime) -> Task:
    """Give a task to a colleague of the same role and organization, or back to all of them."""
    with transaction.atomic():
        task = locked(Task, task_id)
        require(actor, may_hand_on, task)
        if to is not None and not may_hand_on.test(to, task):
            raise Refused("work is handed on within one role of one organization")
        if task.done_at is not None:
            raise Refused("this is done already")
        Task.objects.filter(pk=task.pk).update(assigned_to=to)
        task.assigned_to = to
        payload = {"task": str(task.id), "to": str(to.pk) if to else None}
        record("task assigned", actor=actor, at=at, subject=task.subject, payload=payload)
    return task


def see_off(leaver: User, heir: User | None, *, actor: User, at: dt.datetime) -> int:
    """Somebody leaves: the account closes, and all open work goes to a colleague, or back to everybody of the role.

    A defender's cases go to the heir too, for a client is never without counsel. Gives how much work was handed on.
    """
    require(actor, may_see_off, leaver)
    if heir is not None and (heir.role, heir.organization_id) != (leaver.role, leaver.organization_id):
        raise Refused("work is handed on within one role of one organization")
    if heir is not None and (not heir.is_active or heir.pk == leaver.pk):
        raise Refused("name a colleague who stays")
    with transaction.atomic():
        defended = Case.objects.filter(counsel=leaver, ended_at__isnull=True)
        if heir is None and defended.exists():
            raise Refused("this lawyer has open cases; name the colleague who takes them")
        if heir is not None:
            defended.update(counsel=heir)
        handed = Task.objects.filter(assigned_to=leaver, done_at=None).update(assigned_to=heir)
        User.objects.filter(pk=leaver.pk).update(is_active=False)
        leaver.is_active = False
        payload = {"handed_on": handed, "to": str(heir.pk) if heir else None}
        record("person left", actor=actor, at=at, subject=leaver.pk, payload=payload)
    return handed
