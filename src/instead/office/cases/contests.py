"""Counsel contests a fact; a prosecutor accepts it or keeps the fact. Until then the fact keeps its value."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.cases.actions import fact_code, learn
from instead.office.cases.models import Case, Contest
from instead.office.cases.permissions import may_defend, may_work_on_case, require
from instead.office.cases.screening import known_facts
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.machines import CASE
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.moves import locked
from instead.office.tasks.opening import close_tasks, open_beside
from instead.policy.model import Policy


def contest(
    case_id: uuid.UUID, fact_name: str, value: object, reason: str, policy: Policy, *, actor: User, at: dt.datetime
) -> Contest:
    """Say that a fact is otherwise, and why. ``value`` None says that it is not known."""
    if not reason.strip():
        raise Refused("say why: a few words that a prosecutor can check")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_defend, case)
        if not (CASE.state(case.state).open or CASE.can(case.state, "reopen_prosecution")):
            raise Refused("this case is over, and no fact can change it any longer")
        code = fact_code(fact_name, value, policy)
        if known_facts(case).get(fact_name) == code:
            raise Refused("that is what is on record already")
        if Contest.objects.filter(case=case, fact=fact_name, answered_at=None).exists():
            raise Refused("this fact is contested already, and the office has not answered yet")
        made = Contest.objects.create(case=case, fact=fact_name, code=code, reason=reason.strip(), by=actor, at=at)
        open_beside("contest", made.id, case, at=at, organization_id=case.office_id)
        payload = {"contest": str(made.id), "fact": fact_name}
        record("fact contested", actor=actor, at=at, subject=case.id, payload=payload)
    return made


def answer_contest(
    contest_id: uuid.UUID, answer: Contest.Answer, because: str, policy: Policy, *, actor: User, at: dt.datetime
) -> Contest:
    """Accept what counsel says, or keep the fact; either way with a reason that counsel reads."""
    if not because.strip():
        raise Refused("an answer needs its reason")
    with transaction.atomic():
        made = Contest.objects.get(pk=contest_id)
        case = locked(Case, made.case_id)
        require(actor, may_work_on_case, case)
        change = {"answer": answer, "because": because.strip(), "answered_at": at, "answered_by": actor}
        if not Contest.objects.filter(pk=contest_id, answered_at=None).update(**change):
            raise Refused("this is answered already")
        if answer == Contest.Answer.ACCEPTED:
            learn(case, made.fact, made.code, policy, source="contest", by=actor, at=at)
        close_tasks(BESIDE, made.id, doer=staff(actor), at=at)
        record("contest answered", actor=actor, at=at, subject=case.id, payload={"contest": str(made.id)})
    made.refresh_from_db()
    return made
