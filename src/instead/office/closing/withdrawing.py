"""The withdrawal: asked of the court with its reason on our side alone, and finished only on the court's record.

An unpropagated withdrawal is the worst thing that can go wrong here: somebody is arrested on a dismissed case. So it is
no end until every docket, MC and CP each for itself, reads withdrawn and no warrant of the case is open.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from instead.office.accounts.doers import PROGRAM, Doer, staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_work_on_case, require
from instead.office.cases.rescreening import looked_at
from instead.office.closing.models import Withdrawal
from instead.office.closing.service import hours_done
from instead.office.consents.actions import end_with_case
from instead.office.court.actions import open_warrants
from instead.office.court.models import Docket
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.machines import CASE
from instead.office.offers.actions import current_offer
from instead.office.offers.models import Offer
from instead.office.tasks.moves import locked, move

_Reason = Withdrawal.Reason
#: The transition by which the court is asked, for each reason.
ASK: Final = {
    _Reason.ENGAGED: "withdraw_engaged",
    _Reason.SERVICE: "withdraw_service",
    _Reason.CONDITION: "withdraw_condition",
    _Reason.NOTHING_ASKED: "withdraw_nothing_asked",
}
WITHDRAWING: Final = ("withdrawing_engaged", "withdrawing_condition", "withdrawing_other")


def reasons_from(state: str) -> list[Withdrawal.Reason]:
    """The reasons for which the court can be asked in this state of a case."""
    return [reason for reason in _Reason if CASE.can(state, ASK.get(reason, "withdraw_other"))]


def ask_court(case_id: uuid.UUID, reason: Withdrawal.Reason, *, words: str = "", actor: User, at: dt.datetime) -> Case:
    """Ask the court to withdraw every charge on every docket. The reason is ours; the court is told "withdrawn"."""
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        if reason == _Reason.OTHER and not words.strip():
            raise Refused("another reason is written down in words")
        if hindrance := why_not(grounds(case), reason):
            raise Refused(hindrance)
        dockets = list(case.dockets.all())
        Withdrawal.objects.create(
            case=case, reason=reason, words=words.strip(), lines=_lines(case, dockets), asked_at=at, asked_by=actor
        )
        case.dockets.filter(withdrawal_asked_at__isnull=True).update(withdrawal_asked_at=at)
        looked_at(case, doer=staff(actor), at=at)
        details = {"reason": reason.value, "dockets": [docket.number for docket in dockets]}
        move(case, ASK.get(reason, "withdraw_other"), doer=staff(actor), at=at, details=details)
    return case


def ask_docket(docket_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Docket:
    """Ask the court for a docket as well that became known after the others had been asked for, or even withdrawn."""
    with transaction.atomic():
        docket = Docket.objects.get(pk=docket_id)
        case = locked(Case, docket.case_id)
        require(actor, may_work_on_case, case)
        withdrawal = Withdrawal.objects.filter(case=case).first()
        if withdrawal is None:
            raise Refused("the court has not been asked to withdraw this case")
        if not Docket.objects.filter(pk=docket_id, withdrawal_asked_at__isnull=True).update(withdrawal_asked_at=at):
            raise Refused("the court is asked for this docket already")
        Withdrawal.objects.filter(pk=withdrawal.pk).update(lines=[*withdrawal.lines, *_lines(case, [docket])])
        docket.refresh_from_db()
        record("withdrawal asked", actor=actor, at=at, subject=case.id, payload={"docket": docket.number})
    return docket


def confirm_docket(docket_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Docket:
    """The court's record of one docket reads withdrawn: seen by a prosecutor, or read from the court's own extract."""
    with transaction.atomic():
        docket = Docket.objects.get(pk=docket_id)
        case = locked(Case, docket.case_id)
        if doer.role != "program":
            require(doer.user or User(is_active=False), may_work_on_case, case)
        docket.refresh_from_db()
        if docket.withdrawal_asked_at is None:
            raise Refused("the court has not been asked to withdraw this docket")
        asked = Docket.objects.filter(pk=docket_id, withdrawn_on_record_at__isnull=True)
        if not asked.update(withdrawn_on_record_at=at, confirmed_by=doer.user):
            raise Refused("this docket is confirmed already")
        docket.refresh_from_db()
        record("withdrawal on record", actor=doer.actor, at=at, subject=case.id, payload={"docket": docket.number})
        if case.state in WITHDRAWING and not still_open(case):
            _finish(case, doer, at)
    return docket


def finish(case_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Case:
    """Finish a withdrawal whose last hindrance, such as a warrant, is gone; says what is still open."""
    with transaction.atomic():
        case = locked(Case, case_id)
        if doer.role != "program":
            require(doer.user or User(is_active=False), may_work_on_case, case)
        if case.state not in WITHDRAWING:
            raise Refused(f"there is no withdrawal to finish while the case is at “{CASE.state(case.state).title}”")
        if hindrances := still_open(case):
            raise Refused(f"not finished: {'; '.join(hindrances)}")
        _finish(case, doer, at)
    return case


def still_open(case: Case) -> list[str]:
    """What keeps a withdrawal from being an end, in words."""
    found = [f"{d.number} does not read withdrawn yet" for d in case.dockets.all() if not d.withdrawn_on_record_at]
    return found + [f"{warrant} is not cleared" for warrant in open_warrants(case)]


def _finish(case: Case, doer: Doer, at: dt.datetime) -> None:
    withdrawal = Withdrawal.objects.get(case=case)
    Withdrawal.objects.filter(pk=withdrawal.pk).update(finished_at=at)
    end_with_case(case, at=at)
    by = doer if doer.role in CASE.transition(f"confirm_{withdrawal.reason}").actors else PROGRAM
    move(case, f"confirm_{withdrawal.reason}", doer=by, at=at, details={"reason": withdrawal.reason})


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the reasons for a withdrawal are measured by."""

    case: Case
    offer: Offer | None
    hours: int
    dockets: int


def grounds(case: Case) -> Grounds:
    """What is on record of a case, for :func:`why_not`."""
    return Grounds(case, current_offer(case), hours_done(case), case.dockets.count())


def why_not(found: Grounds, reason: Withdrawal.Reason) -> str:
    """Why the court cannot be asked for this reason now, in words; "" where it can.

    The reason is what is true of the case: withdrawals for engaging are never mixed with others.
    """
    case, offer = found.case, found.offer
    if not CASE.can(case.state, ASK.get(reason, "withdraw_other")):
        return f"“{reason.label}” is no reason while the case is at “{CASE.state(case.state).title}”"
    asked = offer.terms["hours"] if offer else 0
    if reason == _Reason.SERVICE and found.hours < asked:
        return f"{found.hours} of {asked} hours are filed; ask for the rest, or decide in a second look"
    if reason == _Reason.SERVICE and not found.hours:
        return "no hours are filed"
    if reason == _Reason.NOTHING_ASKED and (offer is None or offer.terms["conditions"] not in ([], ["nothing"])):
        return "the offer asks something; withdraw for the condition that was kept"
    if not found.dockets:
        return "no docket of this case is on record; add its number, so that the right one is withdrawn"
    return ""


def _lines(case: Case, dockets: list[Docket]) -> list[dict[str, str | int]]:
    """One line a docket and charge, as printed for the courtroom."""
    charges = list(case.charges.all())
    return [
        {"docket": docket.number, "sequence": charge.sequence, "charge": charge.citation, "grade": charge.grade}
        for docket in dockets
        for charge in charges
    ]
