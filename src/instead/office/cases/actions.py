"""The verbs of the charging prosecutor: answer a fact, confirm, override, undo.

Each is permission, change of state and ledger entry in one transaction. Time is passed in.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from instead.facts.admissible import broken_constraint
from instead.facts.vocabulary import ValueProblem
from instead.office.accounts.models import User
from instead.office.cases.models import Case, Confirmation, Decision, FactValue
from instead.office.cases.moves import Refused, follow_screening, move, take_outcome
from instead.office.cases.permissions import may_answer_fact, may_confirm, may_override
from instead.office.cases.screening import decide, known_facts
from instead.office.ledger.actions import record
from instead.policy.model import NEEDS_FACTS, OUTCOMES, Policy


def answer_fact(
    case_id: uuid.UUID, fact_name: str, value: object, policy: Policy, *, actor: User, at: dt.datetime
) -> Decision:
    """Store what was learned of a fact and screen the case again. A confirmed outcome does not change by itself."""
    _allow(may_answer_fact.test(actor))
    vocabulary = policy.vocabulary
    if fact_name not in vocabulary:
        raise Refused(f"{fact_name!r} is no fact; the nearest is {vocabulary.nearest(fact_name) or 'none'}")
    try:
        code = None if value is None else vocabulary[fact_name].code(value)
    except ValueProblem as problem:
        raise Refused(f"{problem}; expected {problem.expected}") from None
    with transaction.atomic():
        case = _locked(case_id)
        broken = broken_constraint({**known_facts(case), fact_name: code}, vocabulary)
        if broken is not None:
            raise Refused(f"no such case is possible: {broken.because}")
        FactValue.objects.create(case=case, fact=fact_name, code=code, source=actor.role, learned_at=at, by=actor)
        before = _newest(case)
        decision = decide(case, policy, at, source_hash=before.hash)
        decision.save(force_insert=True)
        follow_screening(case, decision)
        payload = {"fact": fact_name, "decision": str(decision.id), "outcome": decision.outcome}
        record("fact answered and case screened", actor=actor, at=at, subject=case.id, payload=payload)
    return decision


def confirm(decision_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Confirmation:
    """Take the decision named here. Fails when another decision has superseded it, or when facts are still needed."""
    _allow(may_confirm.test(actor))
    with transaction.atomic():
        decision = _current(decision_id)
        if decision.outcome == NEEDS_FACTS:
            raise Refused("this case still needs facts; answer them, or override with a reason")
        return _take(decision, decision.outcome, "", actor, at)


#: What may be confirmed many at once: outcomes that take nothing from anybody.
MANY_AT_ONCE = ("decline", "divert")


def confirm_many(decision_ids: Iterable[uuid.UUID], *, actor: User, at: dt.datetime) -> list[tuple[uuid.UUID, str]]:
    """Confirm several decisions, each in a transaction of its own; those that could not be, with the reason why."""
    _allow(may_confirm.test(actor))
    refused = []
    for decision_id in dict.fromkeys(decision_ids):
        try:
            with transaction.atomic():
                decision = _current(decision_id)
                if decision.outcome not in MANY_AT_ONCE:
                    raise Refused(f"only {' and '.join(MANY_AT_ONCE)} are confirmed many at once")
                _take(decision, decision.outcome, "", actor, at)
        except Decision.DoesNotExist:
            refused.append((decision_id, "there is no such decision"))
        except Refused as reason:
            refused.append((decision_id, str(reason)))
    return refused


def override(decision_id: uuid.UUID, outcome: str, reason: str, *, actor: User, at: dt.datetime) -> Confirmation:
    """Take another outcome than the policy's, with a reason. The decision itself stays as it was."""
    _allow(may_override.test(actor))
    if outcome not in OUTCOMES:
        raise Refused(f"{outcome!r} is no outcome; expected {', '.join(OUTCOMES)}")
    if not reason.strip():
        raise Refused("an override needs a reason")
    with transaction.atomic():
        decision = _current(decision_id)
        if outcome == decision.outcome:
            raise Refused("the policy says the same: confirm it")
        return _take(decision, outcome, reason.strip(), actor, at)


def undo(confirmation_id: int, *, actor: User, at: dt.datetime) -> Confirmation:
    """Take back a mistaken confirmation. It stays on record as undone."""
    _allow(may_confirm.test(actor))
    with transaction.atomic():
        confirmation = Confirmation.objects.select_related("decision__case").get(pk=confirmation_id)
        undone = Confirmation.objects.filter(pk=confirmation_id, undone_at__isnull=True)
        if not undone.update(undone_at=at, undone_by=actor):
            raise Refused("this confirmation is already undone")
        case = _locked(confirmation.decision.case_id)
        move(case, "undo_confirmation")
        follow_screening(case, _newest(case))
        payload = {"decision": str(confirmation.decision_id)}
        record("confirmation undone", actor=actor, at=at, subject=confirmation.decision.case_id, payload=payload)
        confirmation.refresh_from_db()
    return confirmation


def _allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied("this is for a charging prosecutor")


def _locked(case_id: uuid.UUID) -> Case:
    """The case, locked for this transaction (on SQLite the transaction holds the only write lock already)."""
    return Case.objects.select_for_update().get(pk=case_id)


def _newest(case: Case) -> Decision:
    return case.decisions.order_by("-number")[0]


def _current(decision_id: uuid.UUID) -> Decision:
    """The decision, when no other has superseded it and nobody has taken it."""
    decision = Decision.objects.get(pk=decision_id)
    case = decision.case = _locked(decision.case_id)
    if _newest(case).pk != decision.pk:
        raise Refused("another decision has superseded this one; look at the case again")
    if Confirmation.objects.filter(decision__case=case, undone_at__isnull=True).exists():
        raise Refused("the case is already confirmed; undo that first")
    return decision


def _take(decision: Decision, outcome: str, reason: str, actor: User, at: dt.datetime) -> Confirmation:
    taken = Confirmation.objects.create(decision=decision, outcome=outcome, reason=reason, by=actor, at=at)
    take_outcome(decision.case, outcome, against_policy=taken.is_override)
    kind = "decision overridden" if taken.is_override else "decision confirmed"
    payload = {"decision": str(decision.id), "outcome": outcome, "reason": reason}
    record(kind, actor=actor, at=at, subject=decision.case_id, payload=payload)
    return taken
