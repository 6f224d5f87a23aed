"""Other ends: another programme, death, and the way back from an end that was a mistake."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db import transaction

from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_coordinate, may_defend, may_work_on_case, require
from instead.office.closing.models import SecondLook
from instead.office.closing.second_look import open_look
from instead.office.consents.actions import end_with_case
from instead.office.errors import Refused
from instead.office.machines import CASE
from instead.office.offers.actions import current_offer
from instead.office.tasks.moves import locked, move

#: The other programmes a case can move to, by the transition's name.
MOVES: Final = tuple(way.name for way in CASE.transitions if way.name.startswith("move_to_"))


def move_to(case_id: uuid.UUID, way: str, *, actor: User, at: dt.datetime) -> Case:
    """The person agrees, with counsel, and another programme has taken the case."""
    if way not in MOVES:
        raise Refused(f"{way!r} is no other programme; expected one of {', '.join(MOVES)}")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        end_with_case(case, at=at)
        move(case, way, doer=staff(actor), at=at)
    return case


def record_death(case_id: uuid.UUID, source: str, *, actor: User, at: dt.datetime) -> Case:
    """The person has died, by an official source."""
    if not source.strip():
        raise Refused("name the official source")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case | may_coordinate | may_defend, case)
        end_with_case(case, at=at)
        move(case, "record_death", doer=staff(actor), at=at, because=source.strip())
    return case


def reopen(case_id: uuid.UUID, reason: str, *, actor: User, at: dt.datetime) -> Case:
    """The end was a mistake. Where an offer had gone out, a second look comes first."""
    if not reason.strip():
        raise Refused("say why the end was a mistake")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        was_out = current_offer(case) is not None
        move(
            case,
            "reopen_after_offer" if was_out else "reopen_before_offer",
            doer=staff(actor),
            at=at,
            because=reason.strip(),
        )
        if was_out and open_look(case) is None:
            SecondLook.objects.create(
                case=case, came_from="accepted", because=SecondLook.Because.REOPENED, opened_at=at
            )
    return case
