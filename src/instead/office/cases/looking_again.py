"""When a fact, a charge or a warrant changed what the policy says: take the case up again, or leave it as it is."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db import transaction

from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case, Confirmation
from instead.office.cases.moves import follow_screening
from instead.office.cases.permissions import may_work_on_case, require
from instead.office.cases.rescreening import looked_at
from instead.office.cases.screening import newest_decision
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.machines import CASE
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.models import Task
from instead.office.tasks.moves import locked, move
from instead.policy.model import HARSHNESS

#: How the ends that can be taken up again are counted when outcomes are compared: each of them is a prosecution.
_PROSECUTED: Final = "prosecute"


def take_up_again(case_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Case:
    """Take up a prosecution again because a newer decision is milder; it is screened anew and a person decides."""
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        if hindrance := why_not_again(case):
            raise Refused(hindrance)
        decision = newest_decision(case)
        Confirmation.objects.filter(decision__case=case, undone_at__isnull=True).update(undone_at=at, undone_by=actor)
        looked_at(case, doer=staff(actor), at=at)
        details = {"decision": str(decision.id), "outcome": decision.outcome}
        move(case, "reopen_prosecution", doer=staff(actor), at=at, details=details)
        follow_screening(case, decision, at=at)
    return case


def why_not_again(case: Case) -> str:
    """Why a case cannot be taken up again, in words; "" where it can."""
    if not CASE.can(case.state, "reopen_prosecution"):
        return f"a case at “{CASE.state(case.state).title}” is not taken up again this way"
    decision = newest_decision(case)
    standing = (
        Confirmation.objects.filter(decision__case=case, undone_at__isnull=True).select_related("decision").last()
    )
    changed = standing is None or standing.decision.outcome != decision.outcome
    if not changed or decision.outcome not in HARSHNESS:
        return "by what is known now the policy says nothing new"
    if HARSHNESS.index(decision.outcome) >= HARSHNESS.index(_PROSECUTED):
        return "by what is known now the outcome is no milder"
    return ""


def leave_as_it_is(case_id: uuid.UUID, because: str, *, actor: User, at: dt.datetime) -> Case:
    """Somebody has looked at a changed outcome and leaves the case as it is, with the reason on record."""
    if not because.strip():
        raise Refused("write why the case stays as it is")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        open_ones = Task.objects.filter(machine=BESIDE, subject=case.id, kind="changed_outcome", done_at__isnull=True)
        if not open_ones.exists():
            raise Refused("nothing waits to be looked at; somebody may have done so a moment ago")
        looked_at(case, doer=staff(actor), at=at)
        record("left as it is", actor=actor, at=at, subject=case.id, payload={"because": because.strip()})
    return case
