"""The verbs of a referral: ask a provider, accept, full, not suitable, arrive, and every way back.

A failed referral is not a failed person: nothing here moves a case, and only an arrival or a held place moves an
enrolment. A place is held before the referral is accepted, so that an accepted referral always has its place.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.accounts.models import User
from instead.office.consents.actions import NoConsent
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.facts import coordinator_may_see, tell_coordinator
from instead.office.enrolments.freeing import end_referral, free_places, give_back
from instead.office.enrolments.models import Enrolment, Referral
from instead.office.enrolments.permissions import allow, may_answer_referral, may_receive
from instead.office.errors import Refused
from instead.office.machines import REFERRAL
from instead.office.tasks.clocks import hours_of
from instead.office.tasks.moves import begin, locked, move
from instead.office.treatment import actions as places
from instead.office.treatment.models import Hold, Service


def refer(enrolment_id: uuid.UUID, service: Service, *, doer: Doer, at: dt.datetime) -> Referral:
    """Ask one provider. The person chose the place; the provider learns that somebody is coming, and no record."""
    if service.organization_id is None:
        raise Refused(f"{service.provider} does not answer referrals here yet; call them")
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        allow(doer, enrolment)
        _by_consent(doer, enrolment, at)
        if not enrolment.MACHINE.state(enrolment.state).open:
            raise Refused("this way into treatment has ended; begin it again first")
        try:
            with transaction.atomic():
                referral = Referral.objects.create(
                    enrolment=enrolment, service=service, state="made", made_at=at, made_by=doer.user
                )
        except IntegrityError as error:
            raise Refused("this place has been asked already and has not answered") from error
        begin(referral, "made", doer=doer, at=at)
    return referral


def accept(referral_id: uuid.UUID, *, doer: Doer, at: dt.datetime, until: dt.datetime | None = None) -> Referral:
    """The provider holds a place, until a time. Refused where no place is free: then "full" is the answer."""
    user = _staff(doer)
    expires_at = until or at + hours_of("hold_hours", at)
    places.expire_holds(at, service=Referral.objects.select_related("service").get(pk=referral_id).service)
    with transaction.atomic():
        referral = _locked(referral_id)
        _allow_answer(user, referral)
        late = referral.state in REFERRAL.transition("answer_late").sources
        _still_wanted(referral)
        hold = places.hold_for_referral(
            user, referral.service, for_enrolment=referral.enrolment_id, expires_at=expires_at, at=at
        )
        Referral.objects.filter(pk=referral.pk).update(hold=hold, answered_at=at)
        referral.hold = hold
        move(referral, "answer_late" if late else "accept", doer=doer, at=at, details={"until": expires_at})
        _place_found(referral, doer, at)
    return referral


def answer_no(
    referral_id: uuid.UUID, transition: str, *, better: Service | None = None, doer: Doer, at: dt.datetime
) -> Referral:
    """Full, or not suitable: one tap, and no reason that names a condition. A better place may be named."""
    if transition not in ("answer_full", "answer_not_suitable", "lose_place"):
        raise Refused(f"{transition!r} is no answer to a referral")
    user = _staff(doer)
    with transaction.atomic():
        referral = _locked(referral_id)
        _allow_answer(user, referral)
        if transition == "lose_place":
            give_back(referral.hold, user, at)
        Referral.objects.filter(pk=referral.pk).update(answered_at=at, better=better)
        move(referral, transition, doer=doer, at=at)
        tell_coordinator(referral.enrolment, doer=doer, at=at)
    return referral


def undo_answer(referral_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Referral:
    """A slip of the thumb is taken back."""
    user = _staff(doer)
    with transaction.atomic():
        referral = _locked(referral_id)
        _allow_answer(user, referral)
        _still_wanted(referral)
        move(referral, "undo_answer", doer=doer, at=at)
        tell_coordinator(referral.enrolment, doer=doer, at=at)
    return referral


def arrive(referral_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Referral:
    """The person is here. A hold that ran out is no reason to send anybody away."""
    user = _staff(doer)
    with transaction.atomic():
        referral = _locked(referral_id)
        if not may_receive.test(user, referral):
            raise PermissionDenied("This is not yours to do.")
        late = referral.state in REFERRAL.transition("arrive_late").sources
        if referral.hold is not None and referral.hold.state == Hold.State.HELD and referral.hold.expires_at > at:
            places.take_for_referral(user, referral.hold, at=at)
        Enrolment.objects.filter(pk=referral.enrolment_id).update(service=referral.service, arrived_at=at)
        move(referral, "arrive_late" if late else "arrive", doer=doer, at=at)
        referral.enrolment.refresh_from_db()
        free_places(referral.enrolment, doer=doer, at=at, but=referral.hold)
        tell_coordinator(referral.enrolment, doer=doer, at=at)
    return referral


def choose_otherwise(referral_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Referral:
    """The person wants another place, or none."""
    with transaction.atomic():
        referral = _locked(referral_id)
        allow(doer, referral.enrolment)
        end_referral(referral, "choose_otherwise", doer, at)
        tell_coordinator(referral.enrolment, doer=doer, at=at)
    return referral


def take_back(referral_id: uuid.UUID, reason: str, *, doer: Doer, at: dt.datetime) -> Referral:
    """The coordinator takes the question back."""
    with transaction.atomic():
        referral = _locked(referral_id)
        allow(doer, referral.enrolment)
        end_referral(referral, "take_back", doer, at, reason)
    return referral


def run_out(referral_id: uuid.UUID, *, at: dt.datetime) -> None:
    """A timer's verb: no answer in time, or the held place ran out."""
    with transaction.atomic():
        referral = _locked(referral_id)
        end_referral(referral, "clock_ended" if referral.state == "made" else "hold_ended", PROGRAM, at)
        tell_coordinator(referral.enrolment, doer=PROGRAM, at=at)


def _still_wanted(referral: Referral) -> None:
    """Refused where the person has another place by now, or is on no way into treatment any more."""
    enrolment = referral.enrolment
    if referral.state == "made":
        return
    if enrolment.referrals.filter(state__in=("accepted", "arrived")).exclude(pk=referral.pk).exists():
        raise Refused("another place was taken meanwhile")
    if not enrolment.MACHINE.state(enrolment.state).open:
        raise Refused("the person does not look for a place any more")


def _place_found(referral: Referral, doer: Doer, at: dt.datetime) -> None:
    """A person who waited for a place waits no more: the clock runs again."""
    enrolment = referral.enrolment
    Enrolment.objects.filter(pk=enrolment.pk).update(service=referral.service)
    enrolment.service = referral.service
    if enrolment.state == "waiting":
        move(enrolment, "place_found", doer=doer, at=at)
    tell_coordinator(enrolment, doer=doer, at=at)


def _locked(referral_id: uuid.UUID) -> Referral:
    enrolment_id = Referral.objects.values_list("enrolment_id", flat=True).get(pk=referral_id)
    enrolment = get_locked(enrolment_id)
    referral = locked(Referral, referral_id)
    referral.enrolment = enrolment
    return referral


def _staff(doer: Doer) -> User:
    if doer.user is None:
        raise PermissionDenied("This is not yours to do.")
    return doer.user


def _allow_answer(user: User, referral: Referral) -> None:
    if not may_answer_referral.test(user, referral):
        raise PermissionDenied("This is not yours to do.")


def _by_consent(doer: Doer, enrolment: Enrolment, at: dt.datetime) -> None:
    if doer.role == "coordinator" and not coordinator_may_see(enrolment, at):
        raise NoConsent("the person has not agreed that the coordinator sees place and appointments")
