"""Many new things at once: what :func:`begin` and one :func:`move` would write for each, in a few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import Doer
from instead.office.ledger.actions import Noted
from instead.office.tasks.models import Move, Task
from instead.office.tasks.moves import Moving, new_entry, new_move
from instead.office.tasks.opening import new_task


@dataclass(frozen=True, slots=True)
class Arrival:
    """A thing that is new, stored already in the state that ``way`` leads to from its machine's first state.

    ``brought_by`` puts it on record, ``moved_by`` takes the way; each with what the ledger says of it.
    """

    thing: Moving
    way: str
    brought_by: Doer
    moved_by: Doer
    details: Mapping[str, object]
    way_details: Mapping[str, object]


def arrive(arrivals: Iterable[Arrival], *, at: dt.datetime) -> list[Noted]:
    """Write moves and tasks of new things; gives the entries for the ledger, which the caller appends last."""
    moves: list[Move] = []
    tasks: list[Task] = []
    entries: list[Noted] = []
    for one in arrivals:
        machine, thing = one.thing.MACHINE, one.thing
        first, way = machine.initial.name, machine.transition(one.way)
        if one.moved_by.role not in way.actors:
            raise PermissionDenied(f"“{way.title}” is not for this role")
        if machine.target(first, one.way) != thing.state:
            raise ValueError(f"{way.name} does not lead to {thing.state}")
        moves.append(new_move(thing, "begin", "", first, one.brought_by, at))
        moves.append(new_move(thing, way.name, first, way.target, one.moved_by, at))
        tasks.append(_task(thing, first, at))
        tasks[-1].done_at, tasks[-1].done_by = at, one.moved_by.user
        tasks.append(_task(thing, way.target, at))
        entries.append(new_entry(machine.name, "begin", thing, "", first, one.brought_by, at, "", one.details))
        entries.append(
            new_entry(machine.name, way.name, thing, first, way.target, one.moved_by, at, "", one.way_details)
        )
    Move.objects.bulk_create(moves)
    Task.objects.bulk_create(tasks)
    return entries


def _task(thing: Moving, state: str, at: dt.datetime) -> Task:
    machine = thing.MACHINE
    organization_id = thing.organization_for(machine.state(state).owner)
    return new_task(
        state,
        machine=machine.name,
        subject=thing.id,
        case=thing.case,
        organization_id=organization_id,
        at=at,
        pauses=[],
    )
