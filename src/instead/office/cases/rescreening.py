"""What follows when a fact, a charge or a warrant arrives: the case is screened again, and nothing changes by itself.

Before a decision is taken the case follows the new screening. After it, a different outcome opens a task; after an
offer a harsher outcome leads nowhere but to a second look, which a person opens.
"""

from __future__ import annotations

import datetime as dt

from instead.office.accounts.doers import Doer
from instead.office.accounts.models import User
from instead.office.cases.models import Case, Confirmation, Decision
from instead.office.cases.moves import follow_screening
from instead.office.cases.screening import decide, keep
from instead.office.ledger.actions import record
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.opening import close_tasks, open_beside
from instead.policy.model import Policy

#: Once one of these is reached, a changed outcome no longer says anything to anybody.
_DONE = ("withdrawn_", "withdrawing_", "moved_")
_ENDS = ("merged", "died", "expunged")


def rescreen(case: Case, policy: Policy, *, because: str, actor: User | None, at: dt.datetime) -> Decision:
    """Decide again by what is known now, inside an action's transaction. ``because`` is written in the ledger."""
    decision = decide(case, policy, at)
    keep(decision)
    follow_screening(case, decision, at=at)
    payload = {"because": because, "decision": str(decision.id), "outcome": decision.outcome, "hash": decision.hash}
    record("case screened again", actor=actor, at=at, subject=case.id, payload=payload)
    standing = Confirmation.objects.filter(decision__case=case, undone_at__isnull=True).last()
    if standing is not None and not _over(case) and decision.outcome != standing.decision.outcome:
        open_beside("changed_outcome", case.id, case, at=at, organization_id=case.office_id)
    return decision


def looked_at(case: Case, *, doer: Doer, at: dt.datetime) -> None:
    """Somebody has looked at a changed outcome and acted: part of that action, inside its transaction."""
    close_tasks(BESIDE, case.id, doer=doer, at=at, kind="changed_outcome")


def _over(case: Case) -> bool:
    return case.state in _ENDS or case.state.startswith(_DONE)
