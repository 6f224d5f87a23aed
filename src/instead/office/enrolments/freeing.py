"""Questions taken back and places given back: no place stays taken for somebody who is not coming, or has gone."""

from __future__ import annotations

import datetime as dt

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.accounts.models import User
from instead.office.enrolments.models import Enrolment, Referral
from instead.office.tasks.moves import move
from instead.office.treatment import actions as places
from instead.office.treatment.errors import HoldOver
from instead.office.treatment.models import Hold


def end_referral(referral: Referral, transition: str, doer: Doer, at: dt.datetime, because: str = "") -> None:
    """End a referral and give its place back; part of an action, with the referral locked."""
    give_back(referral.hold, doer.user, at)
    move(referral, transition, doer=doer, at=at, because=because)


def give_back(hold: Hold | None, user: User | None, at: dt.datetime) -> None:
    """Give a place back, where there is one that is not given back already."""
    if hold is not None and hold.state in Hold.OPEN:
        try:
            places.give_back_for_referral(user, hold, at=at)
        except HoldOver:
            hold.refresh_from_db()


def take_back_all(enrolment: Enrolment, *, doer: Doer, at: dt.datetime) -> None:
    """Nothing more is asked of any provider; part of the action that closes an enrolment."""
    for referral in enrolment.referrals.filter(state__in=("made", "accepted")).select_related("hold"):
        end_referral(referral, "take_back", doer, at)


def free_places(enrolment: Enrolment, *, doer: Doer, at: dt.datetime, but: Hold | None = None) -> None:
    """Care has ended, or goes on elsewhere: every question is taken back and every place is free again (but one)."""
    take_back_all(enrolment, doer=PROGRAM, at=at)
    for hold in Hold.objects.filter(for_enrolment=enrolment.pk, state__in=Hold.OPEN).order_by("pk"):
        if but is None or hold.pk != but.pk:
            give_back(hold, doer.user, at)
