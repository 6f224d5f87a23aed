"""The referral inbox of one provider: what waits for an answer, whom a place is held for, what was answered lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from instead.office.accounts.models import User
from instead.office.enrolments.models import Referral
from instead.office.machines import REFERRAL
from instead.office.people.models import Person
from instead.office.tasks.clocks import hours_of
from instead.office.tasks.models import Task
from instead.office.treatment.models import Hold, Service
from instead.office.treatment.queries import Places, places_of

#: Answers older than this are not shown; they are on record all the same.
LATELY = dt.timedelta(days=7)
_ANSWERED = ("full", "not_suitable", "unanswered", "expired", "withdrawn", "taken_back")


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral: who, to which service, until when, and what can be done. Nothing of a case, a charge or a note."""

    referral: Referral
    person: Person
    places: Places
    due_on: dt.date | None

    @property
    def held_until(self) -> dt.datetime | None:
        """Until when the place is held, while it is."""
        hold = self.referral.hold
        return hold.expires_at if hold is not None and hold.state == Hold.State.HELD else None

    @property
    def words(self) -> str:
        return REFERRAL.state(self.referral.state).title

    @property
    def can_undo(self) -> bool:
        return REFERRAL.can(self.referral.state, "undo_answer")

    @property
    def can_say_yes_late(self) -> bool:
        return REFERRAL.can(self.referral.state, "answer_late")

    @property
    def can_arrive(self) -> bool:
        return any(REFERRAL.can(self.referral.state, way) for way in ("arrive", "arrive_late"))


@dataclass(frozen=True, slots=True)
class Inbox:
    """The three parts of the page, and until when a place would be held by one tap."""

    asked: list[ReferralLine]
    held: list[ReferralLine]
    answered: list[ReferralLine]
    hold_until: dt.datetime


def inbox(user: User, at: dt.datetime) -> Inbox:
    """Every referral that a provider has to do with, the oldest question first."""
    own = own_referrals(user)
    stale = hours_of("fresh_hours", at)
    since = at - LATELY
    recent = own.filter(Q(state__in=_ANSWERED) & (Q(answered_at__gte=since) | Q(made_at__gte=since)))
    lines = _lines([*own.filter(state__in=("made", "accepted")), *recent.order_by("-made_at")[:100]], at, stale)
    of = {state: [one for one in lines if one.referral.state == state] for state in ("made", "accepted")}
    answered = [one for one in lines if one.referral.state in _ANSWERED]
    return Inbox(of["made"], of["accepted"], answered, at + hours_of("hold_hours", at))


def own_referrals(user: User) -> QuerySet[Referral]:
    """The referrals that ask the person's own provider, with what a line needs."""
    found = Referral.objects.filter(service__provider__organization=user.organization_id)
    of = ("enrolment__person", "service__provider", "service__capacity", "hold", "better__provider")
    return found.select_related(*of).order_by("made_at", "pk")


def better_places() -> QuerySet[Service]:
    """What may be named as a better place: every service there is, one's own too."""
    return Service.objects.select_related("provider").order_by("provider__name", "title", "pk")


def _lines(referrals: Iterable[Referral], at: dt.datetime, stale: dt.timedelta) -> list[ReferralLine]:
    found = list(referrals)
    due = dict(
        Task.objects.filter(machine="referral", subject__in=[one.pk for one in found], done_at=None).values_list(
            "subject", "due_on"
        )
    )
    return [
        ReferralLine(one, one.enrolment.person, places_of(one.service, at=at, stale_after=stale), due.get(one.pk))
        for one in found
    ]
