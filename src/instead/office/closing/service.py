"""Another condition: hours of community service, or nothing more."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from instead.office.accounts.doers import Doer, staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_coordinate, may_defend, may_work_on_case, require
from instead.office.closing.models import ServiceHours
from instead.office.errors import Refused
from instead.office.offers.actions import current_offer
from instead.office.offers.terms import asks_service
from instead.office.tasks.clocks import office_day
from instead.office.tasks.moves import locked, move


def start_service(case_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Case:
    """Ask the hours of service that the track names."""
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case | may_coordinate, case)
        offer = current_offer(case)
        if offer is None or not asks_service(offer.terms):
            raise Refused("the offer asks no hours of service")
        move(case, "start_service", doer=staff(actor), at=at, details={"hours": offer.terms["hours"]})
    return case


def back_to_treatment(case_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Case:
    """The person wants treatment after all, and says so."""
    with transaction.atomic():
        case = locked(Case, case_id)
        _allow(doer, case)
        move(case, "back_to_treatment", doer=doer, at=at)
    return case


def file_service(
    case_id: uuid.UUID,
    *,
    hours: int,
    place: str,
    first_day: dt.date,
    last_day: dt.date,
    doer: Doer,
    at: dt.datetime,
) -> ServiceHours:
    """File the hours that were done: how many, where, on which days."""
    if not place.strip():
        raise Refused("say where the hours were done")
    if not 1 <= hours <= 1000:
        raise Refused("hours are a whole number from 1 to 1,000")
    if not first_day <= last_day <= office_day(at):
        raise Refused("the first day comes before the last, and the last is not after today")
    with transaction.atomic():
        case = locked(Case, case_id)
        _allow(doer, case)
        filed = ServiceHours.objects.create(
            case=case,
            hours=hours,
            place=place.strip()[:200],
            first_day=first_day,
            last_day=last_day,
            filed_at=at,
            filed_as=doer.role,
        )
        move(case, "file_service", doer=doer, at=at, details={"hours": hours})
    return filed


def ask_more_service(case_id: uuid.UUID, thing: str, *, actor: User, at: dt.datetime) -> Case:
    """Something about the hours is still needed: what, in plain words."""
    if not thing.strip():
        raise Refused("name what is still needed")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        newest = ServiceHours.objects.filter(case=case).last()
        if newest is not None:
            ServiceHours.objects.filter(pk=newest.pk).update(one_more=thing.strip()[:300])
        move(case, "ask_more_service", doer=staff(actor), at=at)
    return case


def hours_done(case: Case) -> int:
    """All hours filed for a case."""
    return sum(ServiceHours.objects.filter(case=case).values_list("hours", flat=True))


def _allow(doer: Doer, case: Case) -> None:
    if doer.person is not None and doer.person.pk == case.person_id:
        return
    require(doer.user or User(is_active=False), may_coordinate | may_defend, case)
