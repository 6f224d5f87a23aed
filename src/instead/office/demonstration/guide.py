"""“Carry this case to its end”: which step comes next, who takes it, on which page, and the verb that takes it.

Nothing is stored but the case: the step follows from where the case, the enrolment and the referral are. So a visitor
may press the page's own button, or let the guide do it; either way the guide goes on from there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from instead.office import clock
from instead.office.accounts.doers import staff, the_person
from instead.office.accounts.models import User
from instead.office.cases import actions as cases
from instead.office.cases.models import Case
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.screening import newest_decision
from instead.office.closing import proof, withdrawing
from instead.office.closing.models import Withdrawal
from instead.office.consents.actions import Signed
from instead.office.consents.models import Consent
from instead.office.court import actions as court
from instead.office.demonstration.cast import DESK
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import referring, telling
from instead.office.enrolments.models import Appointment, Enrolment, Referral
from instead.office.errors import Refused
from instead.office.offers import actions as offers
from instead.office.tasks.clocks import office_day
from instead.office.treatment.models import Service

Act = Callable[[dt.datetime], object]
#: Who takes the place of the person whose case it is: nobody of the cast.
THE_PERSON: Final = "the person"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way. ``stage`` names where the case is, ``who`` somebody of the cast or the person."""

    stage: str
    who: str
    words: str
    act: Act | None = None
    days_first: int = 0

    @property
    def doable(self) -> bool:
        """Whether there is something to do. (A template would call ``act`` rather than look at it.)"""
        return self.act is not None


def a_case() -> Case | None:
    """A case to carry: the newest that waits for a prosecutor and is to get an offer, else one that has one already."""
    for state in ("screened", "offering", "offered", "answering"):
        waiting = Case.objects.filter(state=state).order_by("-arrested_at", "pk")
        for case in waiting[:200]:
            if newest_decision(case).outcome == "divert":
                return case
    return None


def next_step(case: Case) -> Step:
    """What comes next for a case, from where everything stands."""
    enrolment = Enrolment.objects.filter(case=case).order_by("-began_at").first()
    if case.state == "accepted" and enrolment is not None:
        return _in_treatment(case, enrolment)
    make = _BY_STATE.get(case.state)
    return make(case) if make else Step(case.state, "prosecutor", "This case has left the way of the tour.")


def _in_treatment(case: Case, enrolment: Enrolment) -> Step:
    referral = enrolment.referrals.filter(state__in=("made", "accepted")).first()
    stage = f"accepted/{enrolment.state}" + (f"/{referral.state}" if referral else "")
    desk = User.objects.get(username="intake")
    if enrolment.state == "to_book":
        return Step(
            stage,
            "coordinator",
            "You coordinate, on the health side. Book the first appointment. You see places; the prosecutor does not.",
            lambda at: enrolments.book(
                enrolment.pk, _service(), _tomorrow(at), doer=staff(User.objects.get(username="coordinator")), at=at
            ),
        )
    if enrolment.state == "booked":
        return Step(
            stage,
            "intake",
            "It is the next day, at the clinic’s desk. The person came: one tap. What was found stays here.",
            lambda at: enrolments.assess(enrolment.pk, office_day(at), doer=staff(desk), at=at),
            days_first=_days_until(enrolment),
        )
    if enrolment.state == "assessed":
        return _placing(stage, enrolment, referral, desk)
    words = "You are counsel again. File the proof: four facts and no more."
    act: Act = partial(_file_proof, case.pk)
    return Step(stage, "counsel", words, act)


def _placing(stage: str, enrolment: Enrolment, referral: Referral | None, desk: User) -> Step:
    coordinator = User.objects.get(username="coordinator")
    if referral is None:
        return Step(
            stage,
            "coordinator",
            "Ask a provider for a place. Nobody phones around: the inbox asks, and the answer is one tap.",
            lambda at: referring.refer(enrolment.pk, _service(), doer=staff(coordinator), at=at),
        )
    if referral.state == "made":
        return Step(
            stage,
            "intake",
            "The referral is in the clinic’s inbox. Say yes: the place is held, and nobody else can take it.",
            lambda at: referring.accept(referral.pk, doer=staff(desk), at=at),
        )
    return Step(
        stage,
        "intake",
        "The person arrives and attends the first contact. Medication counts as treatment.",
        lambda at: _arrive(referral, desk, at),
    )


def _arrive(referral: Referral, desk: User, at: dt.datetime) -> None:
    referring.arrive(referral.pk, doer=staff(desk), at=at)
    enrolments.engage(referral.enrolment_id, office_day(at), doer=staff(desk), at=at)


def _confirm(case: Case) -> Step:
    words = "You are the charging prosecutor, at night. The policy offers treatment instead, and says why. Confirm it."
    return Step(
        case.state,
        "prosecutor",
        words,
        lambda at: cases.confirm(newest_decision(case).pk, actor=_user("prosecutor"), at=at),
    )


def _send(case: Case) -> Step:
    words = "Send the offer, to the person and to counsel: no admission, no plea, no fee, use immunity in writing."
    return Step(
        case.state,
        "prosecutor",
        words,
        lambda at: offers.send_offer(
            case.pk,
            policy_in_force(),
            counsel=_user("counsel"),
            language=case.person.language,
            actor=_user("prosecutor"),
            at=at,
        ),
    )


def _meet(case: Case) -> Step:
    words = "You are counsel. Only when you have met the person, report in hand and clear-headed, does the clock start."
    return Step(case.state, "counsel", words, partial(_met, case.pk))


def _met(case_id: uuid.UUID, at: dt.datetime) -> None:
    offer = offers.current_offer(Case.objects.get(pk=case_id))
    assert offer is not None and offer.counsel is not None
    offers.counsel_met(offer.pk, report_in_hand=True, clear_headed=True, actor=offer.counsel, at=at)


def _answer(case: Case) -> Step:
    words = "You are the person, on a phone. Say yes, or no without a penalty. You choose who may be told what."
    return Step(case.state, THE_PERSON, words, partial(_yes, case.pk))


def _yes(case_id: uuid.UUID, at: dt.datetime) -> None:
    case = Case.objects.get(pk=case_id)
    offer = offers.current_offer(case)
    assert offer is not None
    forms = [Signed(recipient, str(case.person)) for recipient in Consent.Recipient]
    offers.accept(offer.pk, forms, waiver_signed_on=office_day(at), doer=the_person(case.person), at=at)


def _file_proof(case_id: uuid.UUID, at: dt.datetime) -> None:
    case = Case.objects.get(pk=case_id)
    assert case.counsel is not None
    telling.file_proof(case_id, doer=staff(case.counsel), at=at)


def _verify(case: Case) -> Step:
    words = "The prosecutor again. All you ever learn is this: assessed, engaged, attending, completed. Take the proof."
    return Step(case.state, "prosecutor", words, partial(_take_proof, case.pk))


def _take_proof(case_id: uuid.UUID, at: dt.datetime) -> None:
    filed = proof.newest_proof(Case.objects.get(pk=case_id))
    if filed is None:
        raise Refused("no proof is filed")
    proof.verify(filed.pk, actor=_user("prosecutor"), at=at)


def _ask(case: Case) -> Step:
    words = "Ask the court to withdraw. The reason is recorded here; the court’s file says “withdrawn” and no more."
    return Step(case.state, "prosecutor", words, partial(_ask_court, case.pk))


def _ask_court(case_id: uuid.UUID, at: dt.datetime) -> None:
    case = Case.objects.get(pk=case_id)
    if not case.dockets.exists():
        number = f"MC-51-CR-{9_000_000 + int(case_id) % 999_999:07d}-{office_day(at).year}"
        court.open_docket(case_id, number, counts_from=office_day(at), doer=staff(_user("prosecutor")), at=at)
    withdrawing.ask_court(case_id, Withdrawal.Reason.ENGAGED, actor=_user("prosecutor"), at=at)


def _on_record(case: Case) -> Step:
    words = "A withdrawal is no end until the court’s own record says so. Find it there, docket by docket."
    return Step(case.state, "prosecutor", words, partial(_confirm_dockets, case.pk))


def _confirm_dockets(case_id: uuid.UUID, at: dt.datetime) -> None:
    for docket in Case.objects.get(pk=case_id).dockets.filter(withdrawn_on_record_at__isnull=True):
        withdrawing.confirm_docket(docket.pk, doer=staff(_user("prosecutor")), at=at)


def _end(case: Case) -> Step:
    return Step(
        case.state,
        "prosecutor",
        "Closed without a conviction, and why is on record: withdrawn because treatment was engaged.",
    )


_BY_STATE: Final[dict[str, Callable[[Case], Step]]] = {
    "screened": _confirm,
    "offering": _send,
    "offered": _meet,
    "answering": _answer,
    "proof_filed": _verify,
    "verified": _ask,
    "withdrawing_engaged": _on_record,
    "withdrawn_engaged": _end,
}


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _service() -> Service:
    return Service.objects.filter(provider__name=DESK).order_by("title")[0]


def _tomorrow(at: dt.datetime) -> dt.datetime:
    return (at + dt.timedelta(days=1)).replace(minute=0, second=0, microsecond=0)


def _days_until(enrolment: Enrolment) -> int:
    """How many days the demonstration's clock moves on so that the appointment's hour has come."""
    booked = enrolment.appointments.filter(state=Appointment.State.BOOKED).first()
    if booked is None or booked.at <= clock.now():
        return 0
    return max(1, -(-int((booked.at - clock.now()).total_seconds()) // 86_400))
