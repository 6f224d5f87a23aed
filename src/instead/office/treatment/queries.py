"""Open places with their freshness, and proposals with reasons. A person chooses: nothing here holds or hides a place.

What somebody needs is passed in and stored nowhere. A coordinator passes no medication: that stays with clinic and
person.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from django.db.models import F, QuerySet
from django.utils import timezone

from instead.office.treatment.addresses import Place
from instead.office.treatment.hours import Hours
from instead.office.treatment.levels import MEDICATIONS
from instead.office.treatment.models import Capacity, Hold, Service

LANGUAGE_NAMES: Final = {
    "en": "English", "es": "Spanish", "km": "Khmer", "ko": "Korean", "pt": "Portuguese", "ru": "Russian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class Freshness(StrEnum):
    """How much a number of places is worth. A stale number is shown, and counts as not known now."""

    FRESH = "fresh"
    STALE = "stale"
    UNKNOWN = "unknown"


class Fit(IntEnum):
    """Whether a service meets every need; the order is that of proposals."""

    YES = 0
    UNKNOWN = 1
    NO = 2


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said about a service: a name for programs and other languages, a sentence for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a service at one moment. ``free`` is ``None`` where nobody has said a number."""

    free: int | None
    over_by: int
    freshness: Freshness
    reported_at: dt.datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A service with at least one free place as last said."""

    service: Service
    places: Places


@dataclass(frozen=True, slots=True)
class Need:
    """What must be so for a person, and where the person is. Empty: nothing is asked."""

    languages: tuple[str, ...] = ()
    medication: str = ""
    walk_in_now: bool = False
    open_at: dt.datetime | None = None
    near: Place | None = None

    def __post_init__(self) -> None:
        if self.medication and self.medication not in MEDICATIONS:
            raise ValueError(f"no medication we know: {self.medication!r}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place to choose or not: why, why not, what is not known and would have to be asked, and how far."""

    service: Service
    fit: Fit
    reasons: tuple[Point, ...]
    against: tuple[Point, ...]
    not_known: tuple[Point, ...]
    places: Places
    miles: float | None


def places_of(service: Service, *, at: dt.datetime, stale_after: dt.timedelta) -> Places:
    """The places of one service, with the sentence to show. ``stale_after`` is the office's parameter."""
    capacity = getattr(service, "capacity", None)
    if not isinstance(capacity, Capacity):
        return Places(None, 0, Freshness.UNKNOWN, None, "Nobody has said how many places there are.")
    age = max(at - capacity.reported_at, dt.timedelta())
    freshness = Freshness.STALE if age > stale_after else Freshness.FRESH
    text = f"{_count(capacity)}, said {_ago(age)}{'; call to be sure' if freshness is Freshness.STALE else ''}."
    return Places(capacity.free, capacity.over_by, freshness, capacity.reported_at, text)


def open_places(*, at: dt.datetime, stale_after: dt.timedelta) -> list[OpenPlace]:
    """Services with a free place as last said, the freshest first; none for which nobody has said a number."""
    services = _services().filter(capacity__taken__lt=F("capacity__places"))
    found = [OpenPlace(one, places_of(one, at=at, stale_after=stale_after)) for one in services]
    return sorted(found, key=lambda one: (one.places.freshness, -_seconds(one.places), str(one.service)))


def propose(need: Need, *, at: dt.datetime, stale_after: dt.timedelta) -> list[Proposal]:
    """Every service, those that meet the needs first, then those of which something is not known, then the others.

    Within each: a free and fresh place, then a stale or unknown number, then full; then by distance.
    """
    found = [_proposal(one, need, at, stale_after) for one in _services()]
    return sorted(found, key=_order)


def open_holds(*, organization: uuid.UUID) -> QuerySet[Hold]:
    """The open holds that one health-side body made, the next to run out first."""
    mine = Hold.objects.filter(organization=organization, state__in=Hold.OPEN)
    return mine.select_related("service__provider").order_by("expires_at", "pk")


def own_services(*, organization: uuid.UUID) -> QuerySet[Service]:
    """The services of one provider's organization, each with its capacity."""
    return _services().filter(provider__organization=organization).order_by("provider__name", "title", "pk")


def middle_of(zip_code: str) -> Place | None:
    """About where a ZIP code is: in the middle of the doors of the directory that are in it. None: not known."""
    if not (len(zip_code) == 5 and zip_code.isascii() and zip_code.isdigit()):
        return None
    points = [one.place for one in Service.objects.filter(provider__zip_code__startswith=zip_code)]
    found = [point for point in points if point is not None]
    if not found:
        return None
    middle = (sum(getattr(one, side) for one in found) / len(found) for side in ("latitude", "longitude"))
    return Place(*middle)


def program_names(services: Iterable[Service]) -> dict[uuid.UUID, str]:
    """The name of each place for eyes that may not see what is offered there: the clinic, and which of its programs."""
    of: dict[uuid.UUID, list[Service]] = {}
    for one in sorted(services, key=lambda one: str(one.pk)):
        of.setdefault(one.provider_id, []).append(one)
    return {
        one.pk: str(one.provider) if len(some) == 1 else f"{one.provider}, program {number} of {len(some)}"
        for some in of.values()
        for number, one in enumerate(some, start=1)
    }


def _services() -> QuerySet[Service]:
    return Service.objects.select_related("provider", "capacity")


def _seconds(places: Places) -> float:
    return places.reported_at.timestamp() if places.reported_at else 0.0


def _count(capacity: Capacity) -> str:
    if capacity.over_by:
        return f"Full, over by {capacity.over_by}"
    if not capacity.free:
        return "Full"
    return f"{capacity.free} of {capacity.places} places free"


def _ago(age: dt.timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for unit, size in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    raise AssertionError("a minute is at least a minute")


def _proposal(service: Service, need: Need, at: dt.datetime, stale_after: dt.timedelta) -> Proposal:
    points = [*_languages(service, need), *_medication(service, need), *_walk_in(service, need, at)]
    points += [*_open(service, need), *_only_for(service)]
    places = places_of(service, at=at, stale_after=stale_after)
    miles = service.place.miles_to(need.near) if service.place and need.near else None
    of = {fit: tuple(point for said, point in points if said is fit) for fit in Fit}
    yes, unknown = of[Fit.YES] + _nearby(miles), of[Fit.UNKNOWN]
    if need.near and miles is None:
        unknown += (Point("distance", "How far it is, is not known."),)
    fit = max((said for said, _ in points), default=Fit.YES)
    return Proposal(service, fit, yes, of[Fit.NO], unknown, places, miles)


def _order(one: Proposal) -> tuple[Fit, int, float, str, str]:
    known = one.places.freshness is Freshness.FRESH
    places = 1 if not known else 0 if one.places.free else 2
    return one.fit, places, float("inf") if one.miles is None else one.miles, str(one.service), str(one.service.pk)


_Points = Iterable[tuple[Fit, Point]]


def _languages(service: Service, need: Need) -> _Points:
    for code in need.languages:
        name = LANGUAGE_NAMES.get(code, code)
        if code in service.languages:
            yield Fit.YES, Point("language", f"{name} is spoken.")
        elif service.languages_complete:
            yield Fit.NO, Point("language", f"{name} is not spoken.")
        else:
            yield Fit.UNKNOWN, Point("language", f"Whether {name} is spoken is not known.")


def _medication(service: Service, need: Need) -> _Points:
    if need.medication:
        name = need.medication.capitalize()
        yield _three(
            getattr(service, need.medication),
            "medication",
            (f"{name} is offered.", f"{name} is not offered.", f"Whether {need.medication} is offered is not known."),
        )


def _walk_in(service: Service, need: Need, at: dt.datetime) -> _Points:
    if not need.walk_in_now:
        return
    if service.walk_in is not True:
        said = ("", "An appointment is needed.", "Whether one may walk in is not known.")
        yield _three(service.walk_in, "walk_in", said)
        return
    hours, text = service.walk_in_open_hours, service.walk_in_text
    said = ("Open to walk in now.", "Closed to walk-ins now.", _unread("Walk-in hours are not known", text))
    yield _three(_whether(hours, at), "walk_in", _with_hours(said, hours))


def _open(service: Service, need: Need) -> _Points:
    if need.open_at is None:
        return
    hours = service.open_hours
    said = ("Open then.", "Closed then.", _unread("Hours are not known", service.hours_text))
    yield _three(_whether(hours, need.open_at), "hours", _with_hours(said, hours))


def _only_for(service: Service) -> _Points:
    if service.only_for:
        yield Fit.UNKNOWN, Point("only_for", f"Only for: {service.only_for}. Ask whether that is so here.")


def _nearby(miles: float | None) -> tuple[Point, ...]:
    return () if miles is None else (Point("distance", f"{miles:.1f} miles away as the crow flies."),)


def _three(value: bool | None, code: str, said: tuple[str, str, str]) -> tuple[Fit, Point]:
    """What is said when it is so, when it is not, and when that is not known."""
    fit = Fit.UNKNOWN if value is None else Fit.YES if value else Fit.NO
    return fit, Point(code, {Fit.YES: said[0], Fit.NO: said[1], Fit.UNKNOWN: said[2]}[fit])


def _whether(hours: Hours | None, at: dt.datetime) -> bool | None:
    return None if hours is None else hours.open_at(timezone.localtime(at))


def _with_hours(said: tuple[str, str, str], hours: Hours | None) -> tuple[str, str, str]:
    """The two known answers with the hours behind them."""
    if hours is None:
        return said
    yes, no = (f"{text.rstrip('.')}: {hours}." for text in said[:2])
    return yes, no, said[2]


def _unread(sentence: str, text: str) -> str:
    return f"{sentence}; the list says “{text}”." if text else f"{sentence}."
