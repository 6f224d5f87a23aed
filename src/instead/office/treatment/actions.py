"""The verbs about places: each checks permission, changes state and writes its ledger entry in one transaction.

A place is never sold twice because of two conditional updates, not because of a lock (``SELECT … FOR UPDATE`` does
nothing on SQLite): ``taken`` goes up only where it is below ``places``, and a hold is left only by the one update that
still finds it open. Rows are written in one order (hold, capacity, ledger), so that verbs never wait for each other in
a circle.

The ledger keeps ids and counts: no name, no level of care, no medication, and not the enrolment.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least

from instead.office.accounts.models import User
from instead.office.ledger.actions import record
from instead.office.treatment import permissions
from instead.office.treatment.errors import AlreadyHeld, HoldOver, NoPlace, NumberChanged, Refused
from instead.office.treatment.models import Capacity, Hold, Service

#: More places than any programme has: a slip of the finger, not a number.
MOST_PLACES = 100_000


def report_capacity(user: User | AnonymousUser, service: Service, *, places: int, at: dt.datetime) -> Capacity:
    """The provider says how many places there are, those taken included. Nobody is thrown out by a low number."""
    person = permissions.require(user, permissions.may_report_capacity, service)
    if not 0 <= places <= MOST_PLACES:
        raise Refused(f"The number of places must lie between 0 and {MOST_PLACES:,}.")
    with transaction.atomic():
        first = {"places": places, "reported_at": at, "reported_by": person}
        Capacity.objects.get_or_create(service=service, defaults=first)
        return _say(person, service, "capacity reported", at, places=places, over_by=Greatest(F("taken") - places, 0))


def mark_full(user: User | AnonymousUser, service: Service, *, at: dt.datetime) -> Capacity:
    """The provider says "full": no place beyond those taken now. A lower number said before stays."""
    person = permissions.require(user, permissions.may_report_capacity, service)
    with transaction.atomic():
        Capacity.objects.get_or_create(service=service, defaults={"places": 0, "reported_at": at})
        return _say(person, service, "capacity full", at, places=Least(F("places"), F("taken")))


def confirm_capacity(user: User | AnonymousUser, service: Service, *, places: int, at: dt.datetime) -> Capacity:
    """The provider says "still so many". Fails where that is no longer the number on record."""
    person = permissions.require(user, permissions.may_report_capacity, service)
    with transaction.atomic():
        if not Capacity.objects.filter(service=service, places=places).update(reported_at=at):
            raise NumberChanged("The number on record is another by now. Look again, then confirm.")
        return _say(person, service, "capacity confirmed", at)


def _say(person: User, service: Service, kind: str, at: dt.datetime, **change: object) -> Capacity:
    """Put down what was said, when and by whom, in one update."""
    Capacity.objects.filter(service=service).update(reported_at=at, reported_by=person, **change)
    now = Capacity.objects.get(service=service)
    counts = {"places": now.places, "taken": now.taken, "over_by": now.over_by}
    record(kind, actor=person, at=at, subject=service.pk, payload=counts)
    return now


def hold_place(
    user: User | AnonymousUser,
    service: Service,
    *,
    for_enrolment: uuid.UUID,
    expires_at: dt.datetime,
    at: dt.datetime,
) -> Hold:
    """Keep one place for one enrolment until ``expires_at``. Holds here that are past their time end first."""
    person = permissions.require(user, permissions.may_hold_place)
    expire_holds(at, service=service)
    return _hold(person, service, for_enrolment, expires_at, at)


def hold_for_referral(
    user: User, service: Service, *, for_enrolment: uuid.UUID, expires_at: dt.datetime, at: dt.datetime
) -> Hold:
    """The provider's own staff keep a place for whom they said yes to; part of accepting a referral."""
    person = permissions.require(user, permissions.may_report_capacity, service)
    return _hold(person, service, for_enrolment, expires_at, at)


def _hold(person: User, service: Service, for_enrolment: uuid.UUID, expires_at: dt.datetime, at: dt.datetime) -> Hold:
    if expires_at <= at:
        raise Refused("A hold must end after it begins.")
    with transaction.atomic():
        hold = Hold(service=service, organization_id=person.organization_id, for_enrolment=for_enrolment)
        hold.made_at, hold.expires_at = at, expires_at
        try:
            with transaction.atomic():
                hold.save(force_insert=True)
        except IntegrityError as error:
            raise AlreadyHeld("A place here is held for this enrolment already.") from error
        if not Capacity.objects.filter(service=service, taken__lt=F("places")).update(taken=F("taken") + 1):
            raise NoPlace(_why_none(service))
        _note("place held", person, at, hold)
    return hold


def _why_none(service: Service) -> str:
    if Capacity.objects.filter(service=service).exists():
        return "The last place is taken."
    return "Nobody has said how many places there are here. Call, and ask them to report it."


def take_place(user: User | AnonymousUser, hold: Hold, *, at: dt.datetime) -> Hold:
    """The person arrived: the held place is theirs and no longer ends by itself."""
    return take_for_referral(permissions.require(user, permissions.may_change_hold, hold), hold, at=at)


def take_for_referral(person: User, hold: Hold, *, at: dt.datetime) -> Hold:
    """The same, where a referral's own permission was asked already."""
    with transaction.atomic():
        _leave(hold, (Hold.State.HELD,), Hold.State.TAKEN, expires_at__gt=at)
        _note("place taken", person, at, hold)
    return hold


def release_place(user: User | AnonymousUser, hold: Hold, *, at: dt.datetime) -> Hold:
    """The place, held or taken, is given back: exactly once, however often somebody presses."""
    return give_back_for_referral(permissions.require(user, permissions.may_change_hold, hold), hold, at=at)


def give_back_for_referral(person: User | None, hold: Hold, *, at: dt.datetime) -> Hold:
    """The same, where a referral's own permission was asked already; without a person, by the office's timers."""
    with transaction.atomic():
        _leave(hold, Hold.OPEN, Hold.State.RELEASED)
        _give_back(hold)
        _note("place released", person, at, hold)
    return hold


def expire_holds(at: dt.datetime, *, service: Service | None = None) -> list[Hold]:
    """End every hold past its time; each in its own transaction with its own entry. Gives those that it ended."""
    due = Hold.objects.filter(state=Hold.State.HELD, expires_at__lte=at).order_by("expires_at", "pk")
    found = due if service is None else due.filter(service=service)
    return [hold for hold in found if _expire(hold, at)]


def _expire(hold: Hold, at: dt.datetime) -> bool:
    """Whether this call ended it; somebody else may have taken, released or ended it meanwhile."""
    try:
        with transaction.atomic():
            _leave(hold, (Hold.State.HELD,), Hold.State.EXPIRED, expires_at__lte=at)
            _give_back(hold)
            _note("hold expired", None, at, hold)
    except HoldOver:
        return False
    return True


def _leave(hold: Hold, before: tuple[Hold.State, ...], after: Hold.State, **also: dt.datetime) -> None:
    """Change the state where it still is one of ``before``: of several callers, one succeeds."""
    if not Hold.objects.filter(pk=hold.pk, state__in=before, **also).update(state=after):
        current = Hold.objects.get(pk=hold.pk)
        late = current.state == Hold.State.HELD
        raise HoldOver("The hold has run out." if late else f"The place is {current.get_state_display()} by now.")
    hold.state = after


def _give_back(hold: Hold) -> None:
    """One place less taken."""
    changed = Capacity.objects.filter(service_id=hold.service_id, taken__gt=0).update(
        taken=F("taken") - 1, over_by=Greatest(F("over_by") - 1, 0)
    )
    if not changed:
        raise RuntimeError("an open hold without a taken place")


def _note(kind: str, person: User | None, at: dt.datetime, hold: Hold) -> None:
    now = Capacity.objects.get(service_id=hold.service_id)
    payload = {"service": str(hold.service_id), "places": now.places, "taken": now.taken}
    record(kind, actor=person, at=at, subject=hold.pk, payload=payload)
