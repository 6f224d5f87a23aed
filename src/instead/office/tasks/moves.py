"""Moving a case, an enrolment or a referral: by a transition of its table, and only from where it was seen.

One move is: the conditional change of state, the move on record, the old task closed and the new one opened with its
clock, the person's clocks stopped or started, and the ledger's entry. It runs inside an action's transaction; on
PostgreSQL the entry locks the head of the ledger, so an action takes its other locks before.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import ClassVar, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models

from instead.office.accounts.doers import Doer
from instead.office.cases.models import Case
from instead.office.errors import Refused
from instead.office.ledger.actions import Noted, record
from instead.office.machines import Machine
from instead.office.tasks import opening
from instead.office.tasks.models import Move, Task
from instead.office.tasks.signals import case_ended


class Moving(Protocol):
    """What has states: a case, an enrolment, a referral."""

    MACHINE: ClassVar[Machine]
    state: str

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def case(self) -> Case | None: ...

    def organization_for(self, role: str) -> uuid.UUID | None: ...


_Row = TypeVar("_Row", bound=models.Model)


def locked(model: type[_Row], pk: object) -> _Row:
    """A row, locked for this transaction (on SQLite the transaction holds the one write lock already)."""
    return models.QuerySet(model).select_for_update().get(pk=pk)


def begin(
    thing: Moving,
    state: str,
    *,
    doer: Doer,
    at: dt.datetime,
    because: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Put a new thing, already stored, on record in its first state."""
    machine = thing.MACHINE
    _write_move(thing, "begin", "", state, doer, at, because)
    _enter(thing, at, None)
    _record(machine.name, "begin", thing, "", doer, at, because, details)


def move(
    thing: Moving,
    transition: str,
    *,
    doer: Doer,
    at: dt.datetime,
    because: str = "",
    details: Mapping[str, object] | None = None,
    starts_on: dt.date | None = None,
    fresh: bool = False,
) -> None:
    """Take a transition.

    ``starts_on`` is where the new state's clock begins, where that is another day than today; ``fresh`` begins it anew
    although it had only been standing still. Raises :class:`Refused` when the table has no such way from here or
    somebody else moved it first, ``PermissionDenied`` when the way is not for this role.
    """
    machine, source = thing.MACHINE, thing.state
    way = machine.transition(transition)
    if doer.role not in way.actors:
        raise PermissionDenied(f"“{way.title}” is not for this role")
    if not machine.can(source, transition):
        raise Refused(f"“{way.title}” cannot follow “{machine.state(source).title}”")
    _change(thing, source, way.target)
    _write_move(thing, transition, source, way.target, doer, at, because)
    _leave(thing, source, doer, at)
    _enter(thing, at, starts_on or (None if fresh else _resumed(thing, source)))
    _record(machine.name, transition, thing, source, doer, at, because, details)


def _change(thing: Moving, source: str, target: str) -> None:
    model = type(thing)
    assert issubclass(model, models.Model)
    rows: models.QuerySet[models.Model] = models.QuerySet(model)
    if not rows.filter(pk=thing.id, state=source).update(state=target):
        raise Refused("somebody else moved this a moment ago; look at it again")
    thing.state = target


def _leave(thing: Moving, source: str, doer: Doer, at: dt.datetime) -> None:
    """Close the task of the state that is left, and let the person's clocks run again where it had stopped them."""
    machine = thing.MACHINE
    opening.close_tasks(machine.name, thing.id, doer=doer, at=at, kind=source)
    if machine.state(source).stops_clock:
        opening.resume(thing.case, machine.name, thing.id, at=at)


def _enter(thing: Moving, at: dt.datetime, starts_on: dt.date | None) -> None:
    """Open the task of the state that is entered; an end only says when it was reached."""
    machine, state = thing.MACHINE, thing.MACHINE.state(thing.state)
    if not state.open:
        _end(thing, at)
        return
    if isinstance(thing, Case) and thing.ended_at is not None:
        Case.objects.filter(pk=thing.pk).update(ended_at=None)
    if state.stops_clock:
        opening.pause(thing.case, machine.name, thing.id, at=at)
    opening.open_task(
        state.name,
        machine=machine.name,
        subject=thing.id,
        case=thing.case,
        organization_id=thing.organization_for(state.owner),
        at=at,
        starts_on=starts_on,
    )


def _end(thing: Moving, at: dt.datetime) -> None:
    if isinstance(thing, Case):
        Case.objects.filter(pk=thing.pk).update(ended_at=at)
        thing.ended_at = at
        opening.close_with_case(thing, at=at)
        case_ended.send(Case, case=thing, at=at)


def _resumed(thing: Moving, source: str) -> dt.date | None:
    """Where the clock of the new state had begun, when it only stood still meanwhile; None where it begins today."""
    machine = thing.MACHINE
    target = machine.state(thing.state)
    if not target.open or not machine.state(source).stops_clock:
        return None
    earlier = Task.objects.filter(machine=machine.name, subject=thing.id, clock=target.clock, done_at__isnull=False)
    return earlier.order_by("-opened_at").values_list("starts_on", flat=True).first()


def _write_move(
    thing: Moving,
    transition: str,
    source: str,
    target: str,
    doer: Doer,
    at: dt.datetime,
    because: str,
) -> None:
    new_move(thing, transition, source, target, doer, at, because).save(force_insert=True)


def new_move(
    thing: Moving, transition: str, source: str, target: str, doer: Doer, at: dt.datetime, because: str = ""
) -> Move:
    """A move for the record, not yet stored."""
    return Move(
        machine=thing.MACHINE.name,
        subject=thing.id,
        transition=transition,
        source=source,
        target=target,
        at=at,
        role=doer.role,
        by=doer.user,
        because=because,
    )


def _record(
    machine: str,
    transition: str,
    thing: Moving,
    source: str,
    doer: Doer,
    at: dt.datetime,
    because: str,
    details: Mapping[str, object] | None,
) -> None:
    noted = new_entry(machine, transition, thing, source, thing.state, doer, at, because, details or {})
    record(noted.kind, actor=noted.actor, at=at, subject=noted.subject, payload=noted.payload)


def new_entry(
    machine: str,
    transition: str,
    thing: Moving,
    source: str,
    target: str,
    doer: Doer,
    at: dt.datetime,
    because: str,
    details: Mapping[str, object],
) -> Noted:
    """The ledger's entry of a move, not yet appended."""
    payload = {"from": source, "to": target, "as": doer.role, "because": because, **details}
    return Noted(f"{machine}.{transition}", doer.actor, at, thing.id, payload)
