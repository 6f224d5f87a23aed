"""Moving a case from state to state: by a transition of the table, and only if it still is where it was seen."""

from __future__ import annotations

from instead.errors import InsteadError
from instead.office.cases.models import Case, Decision
from instead.office.machines.case import CASE
from instead.policy.model import NEEDS_FACTS

_CONFIRM = {
    "decline": "confirm_decline",
    "divert": "confirm_offer",
    "prosecute": "confirm_prosecution",
    "review": "confirm_review",
}
_DECIDE = {
    "decline": "decide_decline",
    "divert": "decide_offer",
    "prosecute": "decide_prosecution",
    "review": "decide_review",
}


class Refused(InsteadError):
    """What was asked cannot be done, and why: the case has moved on, or the value cannot be."""


def first_state(decision: Decision) -> str:
    """The state of a case that was just received and screened."""
    return CASE.target("received", "ask_facts" if decision.outcome == NEEDS_FACTS else "screen")


def move(case: Case, transition: str) -> None:
    """Take a transition. Fails when the table has none from here, or when somebody else moved the case first."""
    if not CASE.can(case.state, transition):
        title = CASE.transition(transition).title
        raise Refused(f"“{title}” cannot follow “{CASE.state(case.state).title}”")
    target = CASE.target(case.state, transition)
    if not Case.objects.filter(pk=case.pk, state=case.state).update(state=target):
        raise Refused("somebody else moved this case a moment ago; look at it again")
    case.state = target


def take_outcome(case: Case, outcome: str, *, against_policy: bool) -> None:
    """Move the case to where a confirmed outcome, or a prosecutor's own, leads."""
    move(case, (_DECIDE if against_policy else _CONFIRM)[outcome])


def follow_screening(case: Case, decision: Decision) -> None:
    """After a new decision: needs-facts and screened follow it; any later state stays as it is."""
    needs_facts = decision.outcome == NEEDS_FACTS
    if case.state == "screened" and needs_facts:
        move(case, "ask_facts")
    elif case.state == "needs_facts" and not needs_facts:
        move(case, "screen")
