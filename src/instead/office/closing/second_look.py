"""The second look: before anything is taken away, both sides write, and then a prosecutor decides."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db import transaction

from instead.office.accounts.doers import Doer, staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_coordinate, may_defend, may_work_on_case, require
from instead.office.cases.rescreening import looked_at
from instead.office.closing.models import SecondLook
from instead.office.court.actions import end_waivers
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.machines import CASE
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Task
from instead.office.tasks.moves import locked, move
from instead.office.tasks.opening import more_time

#: Where a case goes when the offer stands, by the state it came from.
KEEP: Final = {
    way.target: way.name
    for way in CASE.transitions
    if way.sources == ("second_look",) and way.target in CASE.transition("open_second_look").sources
}


def open_second_look(case_id: uuid.UUID, because: SecondLook.Because, *, doer: Doer, at: dt.datetime) -> SecondLook:
    """Look again before anything is taken away. The person's clocks stand still meanwhile."""
    with transaction.atomic():
        case = locked(Case, case_id)
        if doer.role != "program":
            require(doer.user or User(is_active=False), may_work_on_case | may_coordinate, case)
        came_from = case.state
        move(case, "open_second_look", doer=doer, at=at, details={"because": because.value})
        if because in (SecondLook.Because.CHANGED_OUTCOME, SecondLook.Because.NEW_ARREST):
            looked_at(case, doer=doer, at=at)
        return SecondLook.objects.create(case=case, came_from=came_from, because=because, opened_at=at)


def give_reasons(look_id: uuid.UUID, text: str, *, actor: User, at: dt.datetime) -> SecondLook:
    """Write the reasons of one's own side: the office's or the defense's."""
    if not text.strip():
        raise Refused("the reasons are empty")
    with transaction.atomic():
        look, case = _open(look_id)
        require(actor, may_work_on_case | may_defend, case)
        defense = actor.role == User.Role.DEFENSE_COUNSEL
        change = (
            {"defense_reasons": text.strip(), "defense_by": actor}
            if defense
            else {"office_reasons": text.strip(), "office_by": actor}
        )
        SecondLook.objects.filter(pk=look.pk).update(**change)
        look.refresh_from_db()
        side = "defense" if defense else "office"
        record("reasons given", actor=actor, at=at, subject=case.id, payload={"look": str(look.id), "side": side})
    return look


def keep_offer(look_id: uuid.UUID, *, new_date: dt.date | None, actor: User, at: dt.datetime) -> SecondLook:
    """The offer stands: the case goes back to where it came from, with more time where a new date is given."""
    with transaction.atomic():
        look, case = _open(look_id)
        require(actor, may_work_on_case, case)
        if new_date is not None and new_date <= office_day(at):
            raise Refused(f"a new date lies after today, not on {new_date}")
        _stop(why_not_keep(look))
        _decide(look, True, new_date, actor, at)
        details = {"look": str(look.id), "new_date": new_date}
        move(case, KEEP.get(look.came_from, "extend"), doer=staff(actor), at=at, details=details, fresh=True)
        if new_date is not None:
            more_time(case, new_date, at)
    return look


def end_offer(look_id: uuid.UUID, *, actor: User, at: dt.datetime) -> SecondLook:
    """The offer ends; the case goes on as if it had never been made. Both sides have written, or had the time to."""
    with transaction.atomic():
        look, case = _open(look_id)
        require(actor, may_work_on_case, case)
        _stop(why_not_end(look, case, at))
        _decide(look, False, None, actor, at)
        end_waivers(case, office_day(at))
        move(case, "end_offer", doer=staff(actor), at=at, details={"look": str(look.id)})
    return look


def open_look(case: Case) -> SecondLook | None:
    """The second look that is under way."""
    return SecondLook.objects.filter(case=case, decided_at__isnull=True).first()


def why_not_keep(look: SecondLook) -> str:
    """Why the offer cannot be let stand yet, in words; "" where it can."""
    return "" if look.office_reasons else "write the office's reasons first"


def why_not_end(look: SecondLook, case: Case, at: dt.datetime) -> str:
    """Why the offer cannot be ended yet, in words; "" where it can."""
    if not look.office_reasons:
        return "write the office's reasons first"
    until = _defense_has_until(case)
    if not look.defense_reasons and (until is None or office_day(at) <= until):
        time = f"has time until {until:%B} {until.day}" if until else "still has time"
        return f"counsel has not written yet, and {time}; nothing is taken away before"
    return ""


def _stop(hindrance: str) -> None:
    if hindrance:
        raise Refused(hindrance)


def _open(look_id: uuid.UUID) -> tuple[SecondLook, Case]:
    look = SecondLook.objects.get(pk=look_id)
    case = locked(Case, look.case_id)
    look.refresh_from_db()
    if look.decided_at is not None:
        raise Refused("this second look is decided already")
    return look, case


def _decide(look: SecondLook, kept: bool, new_date: dt.date | None, actor: User, at: dt.datetime) -> None:
    SecondLook.objects.filter(pk=look.pk).update(decided_at=at, decided_by=actor, kept=kept, new_date=new_date)
    look.refresh_from_db()


def _defense_has_until(case: Case) -> dt.date | None:
    """The last day for counsel's reasons."""
    tasks = Task.objects.filter(machine="case", subject=case.id, kind="second_look", done_at=None)
    return tasks.values_list("due_on", flat=True).first()
