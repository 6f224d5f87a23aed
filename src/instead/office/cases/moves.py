"""Which transition a decision or a prosecutor's own outcome takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.cases.models import Case, Decision
from instead.office.machines import CASE
from instead.office.tasks.moves import move
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


def screening_way(decision: Decision) -> str:
    """The transition that a new decision asks for."""
    return "ask_facts" if decision.outcome == NEEDS_FACTS else "screen"


def follow_screening(case: Case, decision: Decision, *, at: dt.datetime) -> None:
    """After a new decision: received, needs-facts and screened follow it; any later state stays as it is."""
    way = screening_way(decision)
    if case.state in ("received", "screened", "needs_facts") and CASE.can(case.state, way):
        details = {"decision": str(decision.id), "outcome": decision.outcome, "hash": decision.hash}
        move(case, way, doer=PROGRAM, at=at, details=details)


def take_outcome(
    case: Case,
    outcome: str,
    *,
    against_policy: bool,
    doer: Doer,
    at: dt.datetime,
    because: str,
    details: Mapping[str, object],
) -> None:
    """Move the case to where a confirmed outcome, or a prosecutor's own, leads."""
    way = (_DECIDE if against_policy or case.state == "review" else _CONFIRM)[outcome]
    move(case, way, doer=doer, at=at, because=because, details=details)
