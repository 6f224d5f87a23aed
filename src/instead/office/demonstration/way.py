"""What becomes of a yes in a demonstration: appointments, places, contacts, proof, service, the court's record."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Final

from instead.office.accounts.doers import Doer, staff, the_person
from instead.office.cases.models import Case
from instead.office.closing import proof, second_look, service, withdrawing
from instead.office.closing.models import SecondLook, Withdrawal
from instead.office.demonstration.cast import staff_of
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import referring, telling
from instead.office.enrolments.models import Enrolment
from instead.office.errors import Refused
from instead.office.tasks.clocks import office_day
from instead.office.treatment.models import Service

if TYPE_CHECKING:
    from instead.office.demonstration.life import Life

_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)
#: Shares out of a hundred, see ``life.py``.
_COMES: Final = 74
_STAYS: Final = 80
_MISSES_AGAIN: Final = 35
_NOT_NEEDED: Final = 6


def book(life: Life, case_id: uuid.UUID, doer: Doer | None, now: dt.datetime) -> None:
    enrolment = Enrolment.objects.filter(case=case_id).latest("began_at")
    place = life.dice.choice(life.services)
    when = life.after(now, 24, 120)
    booker = doer or staff(life.dice.choice(life.coordinators))
    if booker.role == "defense_counsel":
        assert enrolment.case is not None
        booker = the_person(enrolment.case.person)
    enrolments.book(enrolment.pk, place, when, doer=booker, at=now)
    life.plan(when + 2 * _HOUR, lambda later: _come(life, enrolment.pk, place, booker, later))


def _come(life: Life, enrolment_id: uuid.UUID, place: Service, booker: Doer, now: dt.datetime) -> None:
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    desk, case_id = staff(staff_of(place.provider)), _case_of(enrolment)
    if not life.chance(_COMES):
        enrolments.miss(enrolment.pk, doer=desk, at=now)
        if life.chance(100 - _MISSES_AGAIN):
            life.plan(life.after(now, 24, 72), lambda later: book(life, case_id, booker, later))
        else:
            life.plan(life.after(now, 100, 240), lambda later: _lose(life, enrolment.pk, desk, later))
        return
    enrolments.assess(enrolment.pk, office_day(now), doer=desk, at=now)
    if life.chance(_NOT_NEEDED):
        enrolments.take(enrolment.pk, "find_not_needed", doer=desk, at=now)
        life.plan(life.after(now, 24, 72), lambda later: _serve(life, case_id, later))
        return
    life.plan(life.after(now, 3, 20), lambda later: _refer(life, enrolment.pk, place, booker, desk, later))


def _lose(life: Life, enrolment_id: uuid.UUID, desk: Doer, now: dt.datetime) -> None:
    """Nobody could be reached: the person left, and somebody looks again before anything is taken away."""
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    if enrolment.state != "missed":
        return
    enrolments.take(enrolment.pk, "leave", doer=desk, at=now)
    case_id, coordinator = _case_of(enrolment), staff(life.dice.choice(life.coordinators))

    def look(at: dt.datetime) -> None:
        second_look.open_second_look(case_id, SecondLook.Because.MISSED_CLOCK, doer=coordinator, at=at)

    life.plan(life.after(now, 24, 72), look)


def _serve(life: Life, case_id: uuid.UUID, now: dt.datetime) -> None:
    """Hours of service in place of treatment."""
    service.start_service(case_id, actor=life.dice.choice(life.prosecutors), at=now)

    def file(at: dt.datetime) -> None:
        counsel, day = Case.objects.get(pk=case_id).counsel, office_day(at)
        assert counsel is not None
        days = {"first_day": day, "last_day": day}
        service.file_service(case_id, hours=12, place="a food bank", **days, doer=staff(counsel), at=at)
        life.plan(life.after(at, 24, 72), lambda later: _ask(life, case_id, Withdrawal.Reason.SERVICE, later))

    life.plan(life.after(now, 150, 400), file)


def _ask(life: Life, case_id: uuid.UUID, reason: Withdrawal.Reason, now: dt.datetime) -> None:
    prosecutor = life.dice.choice(life.prosecutors)
    withdrawing.ask_court(case_id, reason, actor=prosecutor, at=now)

    def confirm(at: dt.datetime) -> None:
        for docket in Case.objects.get(pk=case_id).dockets.all():
            withdrawing.confirm_docket(docket.pk, doer=staff(prosecutor), at=at)

    life.plan(life.after(now, 24, 140), confirm)


def _refer(life: Life, enrolment_id: uuid.UUID, place: Service, booker: Doer, desk: Doer, now: dt.datetime) -> None:
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    referral = referring.refer(enrolment.pk, place, doer=booker, at=now)

    def answer(at: dt.datetime) -> None:
        try:
            referring.accept(referral.pk, doer=desk, at=at)
        except Refused:
            referring.answer_no(referral.pk, "answer_full", doer=desk, at=at)
            enrolments.take(enrolment.pk, "wait_for_place", doer=desk, at=at)
            return
        life.plan(life.after(at, 5, 30), lambda later: _engage(life, enrolment.pk, referral.pk, desk, later))

    life.plan(life.after(now, 2, 10), answer)


def _engage(life: Life, enrolment_id: uuid.UUID, referral_id: uuid.UUID, desk: Doer, now: dt.datetime) -> None:
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    if not life.chance(_STAYS):
        return
    referring.arrive(referral_id, doer=desk, at=now)
    enrolments.engage(enrolment.pk, office_day(now), doer=desk, at=now)
    for week in range(1, 4):
        life.plan(now + week * 7 * _DAY, lambda later: _attend(life, enrolment.pk, desk, later))
    case_id = _case_of(enrolment)
    life.plan(life.after(now, 48, 240), lambda later: _file(life, case_id, later))


def _case_of(enrolment: Enrolment) -> uuid.UUID:
    assert enrolment.case_id is not None  # everybody here came by an offer
    return enrolment.case_id


def _attend(life: Life, enrolment_id: uuid.UUID, desk: Doer, now: dt.datetime) -> None:
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    if enrolment.state in ("engaged", "attending") and life.chance(85):
        enrolments.engage(enrolment.pk, office_day(now), doer=desk, at=now)


def _file(life: Life, case_id: uuid.UUID, now: dt.datetime) -> None:
    case = Case.objects.get(pk=case_id)
    assert case.counsel is not None
    filed = telling.file_proof(case.pk, doer=staff(case.counsel), at=now)
    prosecutor = life.dice.choice(life.prosecutors)

    def verify(at: dt.datetime) -> None:
        proof.verify(filed.pk, actor=prosecutor, at=at)
        life.plan(life.after(at, 24, 96), lambda later: _ask(life, case.pk, Withdrawal.Reason.ENGAGED, later))

    life.plan(life.after(now, 5, 60), verify)
