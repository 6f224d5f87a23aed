"""A slip of the thumb on today's list is taken back, and everything is as it was before it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.closing.models import Proof
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.facts import tell_coordinator
from instead.office.enrolments.models import Appointment, Contact, Enrolment
from instead.office.enrolments.permissions import may_mark
from instead.office.errors import Refused
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Move, Task
from instead.office.tasks.moves import move

#: The marks of a list that can be taken back on the day they were made.
MARKS: Final = ("assess", "engage", "attend", "miss")


def unmark(enrolment_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Enrolment:
    """Take back the newest mark, of today and of one's own clinic; who was told of it is told that it was a slip."""
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        if doer.user is None or not may_mark.test(doer.user, enrolment):
            raise PermissionDenied("This is not yours to do.")
        mark = _newest(enrolment)
        if mark is None or not can_be_taken_back(mark, doer.user.organization_id, at):
            raise Refused("only the newest mark, of today and of your own clinic, can be taken back")
        if enrolment.case_id and Proof.objects.filter(case=enrolment.case_id, filed_at__gte=mark.at).exists():
            raise Refused("proof was filed with it already; tell the coordinator")
        on = _take_away(enrolment, mark)
        details = {"mark": mark.transition, "on": on}
        starts_on = _began(enrolment, mark.source)
        move(enrolment, f"unmark_{mark.source}", doer=doer, at=at, details=details, starts_on=starts_on)
        tell_coordinator(enrolment, doer=doer, at=at)
    return enrolment


def can_be_taken_back(mark: Move, organization: uuid.UUID, at: dt.datetime) -> bool:
    """Whether a move is a mark of today that was made at this clinic."""
    own = mark.by is not None and mark.by.organization_id == organization
    return own and mark.transition in MARKS and office_day(mark.at) == office_day(at)


def _newest(enrolment: Enrolment) -> Move | None:
    return Move.objects.filter(machine="enrolment", subject=enrolment.pk).select_related("by").last()


def _take_away(enrolment: Enrolment, mark: Move) -> dt.date | None:
    """Remove what the mark had put down; gives the day it was about. The ledger keeps that it was there."""
    made = enrolment.contacts.filter(marked_at=mark.at, said_by_person=False).exclude(kind=Contact.Kind.ARRIVAL)
    on = made.values_list("on", flat=True).first()
    made.delete()
    enrolment.contacts.filter(said_by_person=True, answered_at=mark.at).update(answered_at=None)
    if mark.source == "booked":
        closed = Appointment.State.MISSED if mark.transition == "miss" else Appointment.State.KEPT
        last = enrolment.appointments.filter(state=closed).last()
        if last is not None:
            Appointment.objects.filter(pk=last.pk).update(state=Appointment.State.BOOKED)
    if mark.transition == "assess":
        _set(enrolment, assessed_on=_last(enrolment, Contact.Kind.ASSESSMENT))
    if mark.transition == "engage":
        _set(enrolment, engaged_on=_last(enrolment, Contact.Kind.CONTACT))
    return on


def _last(enrolment: Enrolment, kind: Contact.Kind) -> dt.date | None:
    return enrolment.contacts.filter(kind=kind, said_by_person=False).values_list("on", flat=True).last()


def _set(enrolment: Enrolment, **dates: dt.date | None) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(**dates)
    enrolment.refresh_from_db(fields=list(dates))


def _began(enrolment: Enrolment, state: str) -> dt.date | None:
    """When the clock of the state had begun to which the person returns."""
    tasks = Task.objects.filter(machine="enrolment", subject=enrolment.pk, kind=state, done_at__isnull=False)
    return tasks.order_by("-done_at").values_list("starts_on", flat=True).first()
