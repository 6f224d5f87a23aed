"""An interpreter for the person: asked for by either side, found by the health side or counsel."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db import transaction

from instead.office.accounts.doers import Doer, staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_coordinate, may_defend, may_work_on_case, require
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.people.models import Person
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.moves import locked
from instead.office.tasks.opening import close_tasks, open_beside

#: The task that stands open until somebody has found one, and the longest name of a language that is kept.
INTERPRETER: Final = "interpreter"
LONGEST: Final = 60


def ask_interpreter(case_id: uuid.UUID, language: str, *, actor: User, at: dt.datetime) -> Case:
    """Write down which language somebody has to interpret; the coordinator's body finds a person who does."""
    asked = language.strip()
    if not asked:
        raise Refused("name the language that somebody has to interpret")
    if len(asked) > LONGEST:
        raise Refused(f"the name of the language is too long; at most {LONGEST} letters can be kept")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_defend | may_coordinate | may_work_on_case, case)
        if case.ended_at is not None:
            raise Refused("this case is over; nobody would see that an interpreter is needed")
        if case.health_id is None:
            raise Refused("no offer is out in this case yet, so nobody could see to an interpreter")
        Person.objects.filter(pk=case.person_id).update(interpreter=asked)
        need_interpreter(case, at)
        record("interpreter asked", actor=actor, at=at, subject=case.id, payload={"as": actor.role})
    return case


def interpreter_found(case_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Case:
    """Somebody will interpret; the need itself stays on record for the next meeting."""
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_defend | may_coordinate, case)
        if not close_tasks(BESIDE, case.id, doer=staff(actor), at=at, kind=INTERPRETER):
            raise Refused("nobody is looking for an interpreter in this case")
        record("interpreter found", actor=actor, at=at, subject=case.id, payload={"as": actor.role})
    return case


def need_interpreter(case: Case, at: dt.datetime) -> None:
    """Open the search for one, unless it is open already; part of an action, inside its transaction."""
    open_beside(INTERPRETER, case.id, case, at=at, organization_id=case.health_id)


def met_without_search(case: Case, *, doer: Doer, at: dt.datetime) -> None:
    """Counsel and the person have met and understood each other: nobody searches any longer. Part of an action."""
    close_tasks(BESIDE, case.id, doer=doer, at=at, kind=INTERPRETER)
