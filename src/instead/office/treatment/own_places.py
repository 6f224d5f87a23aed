"""A clinic's own places: how many are free, how new the number is, and who has one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from instead.office.accounts.models import User
from instead.office.enrolments.models import Enrolment
from instead.office.treatment.models import Capacity, Hold, Service
from instead.office.treatment.queries import Places, own_services, places_of


@dataclass(frozen=True, slots=True)
class PlaceTaken:
    """One place that is held or taken, and by whom."""

    hold: Hold
    who: str
    enrolment: Enrolment | None

    @property
    def held(self) -> bool:
        return self.hold.state == Hold.State.HELD


@dataclass(frozen=True, slots=True)
class OwnService:
    """One service of a clinic with its places."""

    service: Service
    places: Places
    said: int | None
    taken: list[PlaceTaken]


def own_places(user: User, at: dt.datetime, stale_after: dt.timedelta) -> list[OwnService]:
    """Every service of one's own clinic; the place that runs out next stands first."""
    services = list(own_services(organization=user.organization_id))
    holds = Hold.objects.filter(service__in=services, state__in=Hold.OPEN).order_by("state", "expires_at", "pk")
    people = Enrolment.objects.select_related("person").in_bulk({one.for_enrolment for one in holds})
    return [
        OwnService(
            one,
            places_of(one, at=at, stale_after=stale_after),
            _said(one),
            [_taken(hold, people.get(hold.for_enrolment)) for hold in holds if hold.service_id == one.pk],
        )
        for one in services
    ]


def _said(service: Service) -> int | None:
    capacity = getattr(service, "capacity", None)
    return capacity.places if isinstance(capacity, Capacity) else None


def _taken(hold: Hold, enrolment: Enrolment | None) -> PlaceTaken:
    return PlaceTaken(hold, str(enrolment.person) if enrolment else "somebody not known here", enrolment)
