"""The verbs of the charging prosecutor: answer a fact, confirm, override, undo.

Each is permission, change of state and ledger entry in one transaction. Time is passed in.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from instead.facts.admissible import broken_constraint
from instead.facts.vocabulary import ValueProblem
from instead.office.accounts.doers import PROGRAM, staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case, Confirmation, Decision, FactValue
from instead.office.cases.moves import follow_screening, take_outcome
from instead.office.cases.permissions import may_see_queue, may_work_on_case, require
from instead.office.cases.rescreening import looked_at, rescreen
from instead.office.cases.screening import known_facts, newest_decision
from instead.office.errors import Refused
from instead.office.tasks.moves import locked, move
from instead.policy.model import NEEDS_FACTS, OUTCOMES, Policy


def answer_fact(
    case_id: uuid.UUID, fact_name: str, value: object, policy: Policy, *, actor: User, at: dt.datetime
) -> Decision:
    """Store what was learned of a fact and screen the case again. A confirmed outcome does not change by itself."""
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        return learn(case, fact_name, fact_code(fact_name, value, policy), policy, source=actor.role, by=actor, at=at)


def answer_asked(
    decision_id: uuid.UUID, fact_name: str, value: object, policy: Policy, *, actor: User, at: dt.datetime
) -> Decision:
    """Answer a fact that this decision asks for. Fails when another decision has superseded it meanwhile."""
    with transaction.atomic():
        decision = _current(decision_id, actor)
        if fact_name not in decision.missing:
            raise Refused(f"nobody asks for {fact_name[:80]!r} in this case")
        code = fact_code(fact_name, value, policy)
        return learn(decision.case, fact_name, code, policy, source=actor.role, by=actor, at=at)


def fact_code(fact_name: str, value: object, policy: Policy) -> int | None:
    """The code of a typed value; raises :class:`Refused` in plain words where there is none."""
    vocabulary = policy.vocabulary
    if fact_name not in vocabulary:
        raise Refused(f"{fact_name!r} is no fact; the nearest is {vocabulary.nearest(fact_name) or 'none'}")
    try:
        return None if value is None else vocabulary[fact_name].code(value)
    except ValueProblem as problem:
        raise Refused(f"{problem}; expected {problem.expected}") from None


def learn(
    case: Case, fact_name: str, code: int | None, policy: Policy, *, source: str, by: User | None, at: dt.datetime
) -> Decision:
    """Write a fact down and screen again: part of an action, inside its transaction, with the case locked."""
    broken = broken_constraint({**known_facts(case), fact_name: code}, policy.vocabulary)
    if broken is not None:
        raise Refused(f"no such case is possible: {broken.because}")
    FactValue.objects.create(case=case, fact=fact_name, code=code, source=source, learned_at=at, by=by)
    return rescreen(case, policy, because=f"a fact was learned: {fact_name}", actor=by, at=at)


def confirm(decision_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Confirmation:
    """Take the decision named here. Fails when another decision has superseded it, or when facts are still needed."""
    with transaction.atomic():
        decision = _current(decision_id, actor)
        if decision.outcome == NEEDS_FACTS:
            raise Refused("this case still needs facts; answer them, or override with a reason")
        if decision.case.state == "review":
            raise Refused("the policy leaves this case to a person: choose an outcome and write the reason")
        return _take(decision, decision.outcome, "", actor, at)


#: What may be confirmed many at once: outcomes that take nothing from anybody.
MANY_AT_ONCE = ("decline", "divert")


def confirm_many(decision_ids: Iterable[uuid.UUID], *, actor: User, at: dt.datetime) -> list[tuple[uuid.UUID, str]]:
    """Confirm several decisions, each in a transaction of its own; those that could not be, with the reason why."""
    require(actor, may_see_queue)
    refused = []
    for decision_id in dict.fromkeys(decision_ids):
        try:
            with transaction.atomic():
                decision = _current(decision_id, actor)
                if decision.outcome not in MANY_AT_ONCE:
                    raise Refused(f"only {' and '.join(MANY_AT_ONCE)} are confirmed many at once")
                _take(decision, decision.outcome, "", actor, at)
        except Decision.DoesNotExist:
            refused.append((decision_id, "there is no such decision"))
        except Refused as reason:
            refused.append((decision_id, str(reason)))
    return refused


def override(decision_id: uuid.UUID, outcome: str, reason: str, *, actor: User, at: dt.datetime) -> Confirmation:
    """Take another outcome than the policy's, with a reason. The decision itself stays as it was.

    In review, where the policy leaves the case to a person, this is how the person decides.
    """
    with transaction.atomic():
        decision = _current(decision_id, actor)
        if outcome not in OUTCOMES:
            raise Refused(f"{outcome!r} is no outcome; expected {', '.join(OUTCOMES)}")
        if not reason.strip():
            raise Refused("an override needs a reason")
        if outcome == (decision.outcome if decision.case.state != "review" else "review"):
            raise Refused("the policy says the same: confirm it")
        return _take(decision, outcome, reason.strip(), actor, at)


def undo(confirmation_id: int, *, actor: User, at: dt.datetime) -> Confirmation:
    """Take back a mistaken confirmation, until the offer is out. It stays on record as undone."""
    with transaction.atomic():
        confirmation = Confirmation.objects.select_related("decision").get(pk=confirmation_id)
        case = locked(Case, confirmation.decision.case_id)
        require(actor, may_work_on_case, case)
        if case.offers.exists():
            raise Refused("an offer has gone out, so this can no longer be undone; a second look comes first")
        undone = Confirmation.objects.filter(pk=confirmation_id, undone_at__isnull=True)
        if not undone.update(undone_at=at, undone_by=actor):
            raise Refused("this confirmation is already undone")
        looked_at(case, doer=staff(actor), at=at)
        move(case, "undo_confirmation", doer=staff(actor), at=at, details={"decision": str(confirmation.decision_id)})
        follow_screening(case, newest_decision(case), at=at)
        confirmation.refresh_from_db()
    return confirmation


def hand_to_a_person(case_id: uuid.UUID, *, at: dt.datetime) -> None:
    """The clock of a missing fact has run out: a person decides. A timer's verb; nobody is held longer for a fact."""
    with transaction.atomic():
        case = locked(Case, case_id)
        move(case, "facts_clock_ended", doer=PROGRAM, at=at)


def _current(decision_id: uuid.UUID, actor: User) -> Decision:
    """The decision, when no other has superseded it and nobody has taken it."""
    require(actor, may_see_queue)
    decision = Decision.objects.get(pk=decision_id)
    case = decision.case = locked(Case, decision.case_id)
    require(actor, may_work_on_case, case)
    if newest_decision(case).pk != decision.pk:
        raise Refused("another decision has superseded this one; look at the case again")
    standing = Confirmation.objects.filter(decision__case=case, undone_at__isnull=True).last()
    if standing is not None and not (standing.outcome == "review" and case.state == "review"):
        raise Refused("the case is already confirmed; undo that first")
    return decision


def _take(decision: Decision, outcome: str, reason: str, actor: User, at: dt.datetime) -> Confirmation:
    case = decision.case
    against = bool(reason)
    # A person decides where the policy had said "a person decides": that confirmation has done its work.
    Confirmation.objects.filter(decision=decision, undone_at__isnull=True, outcome="review").update(followed=True)
    taken = Confirmation.objects.create(decision=decision, outcome=outcome, reason=reason, by=actor, at=at)
    details = {"decision": str(decision.id), "outcome": outcome}
    looked_at(case, doer=staff(actor), at=at)
    take_outcome(case, outcome, against_policy=against, doer=staff(actor), at=at, because=reason, details=details)
    return taken
