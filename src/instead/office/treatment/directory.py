"""The directory as a list to look through: clinics and their services, with what is not known said as not known.

Whoever coordinates sees doors, hours, languages and places. Level of care and medication stay with clinic and person,
so they are neither shown nor searched for them, and a service has no name that would tell.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from instead.office.treatment.levels import LEVELS, MEDICATIONS
from instead.office.treatment.models import Service
from instead.office.treatment.queries import LANGUAGE_NAMES, Places, places_of, program_names

PAGE = 25


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. Empty: everything."""

    words: str = ""
    language: str = ""
    walk_in: bool = False
    open_now: bool = False
    free: bool = False
    here: bool = False
    medication: str = ""
    level: str = ""

    @staticmethod
    def of(form: Mapping[str, str]) -> Search:
        """From a form; what is no choice is not looked for."""
        return Search(
            words=form.get("words", "").strip()[:100],
            language=form.get("language", "") if form.get("language", "") in LANGUAGE_NAMES else "",
            walk_in=bool(form.get("walk_in")),
            open_now=bool(form.get("open_now")),
            free=bool(form.get("free")),
            here=bool(form.get("here")),
            medication=form.get("medication", "") if form.get("medication", "") in MEDICATIONS else "",
            level=form.get("level", "") if form.get("level", "") in LEVELS else "",
        )


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One service at one door, in words. ``offered`` is empty for eyes that may not see it."""

    service: Service
    name: str
    places: Places
    languages: str
    hours: str
    walk_in: str
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """A page of the directory, and how many there are in all and found."""

    entries: list[DirectoryEntry]
    found: int
    known: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // PAGE))


def directory(
    search: Search, *, sees_offered: bool, at: dt.datetime, stale_after: dt.timedelta, page: int = 1
) -> DirectoryPage:
    """The services that are looked for, by the name of their clinic."""
    services = list(Service.objects.select_related("provider__organization", "capacity"))
    names = _full_names(services) if sees_offered else program_names(services)
    found = [one for one in services if _wanted(one, search, names[one.pk], sees_offered, at)]
    found.sort(key=lambda one: (names[one.pk].casefold(), str(one.pk)))
    shown = found[(page - 1) * PAGE : page * PAGE]
    entries = [
        _entry(one, names[one.pk], places_of(one, at=at, stale_after=stale_after), sees_offered) for one in shown
    ]
    return DirectoryPage(entries, len(found), len(services), page)


def _full_names(services: list[Service]) -> dict[uuid.UUID, str]:
    return {one.pk: f"{one.provider}: {one.title}" for one in services}


def _wanted(service: Service, search: Search, name: str, sees_offered: bool, at: dt.datetime) -> bool:
    """Whether something is looked for. What is not known is not found under "yes"."""
    provider = service.provider
    text = f"{name} {provider.address} {provider.zip_code}".casefold()
    hours = service.open_hours
    asked = (
        (search.words, all(word in text for word in search.words.casefold().split())),
        (search.language, search.language in service.languages),
        (search.walk_in, service.walk_in is True),
        (search.open_now, hours is not None and hours.open_at(timezone.localtime(at))),
        (search.free, getattr(getattr(service, "capacity", None), "free", 0) > 0),
        (search.here, provider.organization_id is not None),
        (search.medication if sees_offered else "", getattr(service, search.medication or "methadone") is True),
        (search.level if sees_offered else "", service.level == search.level),
    )
    return all(holds for wanted, holds in asked if wanted)


def _entry(service: Service, name: str, places: Places, sees_offered: bool) -> DirectoryEntry:
    return DirectoryEntry(
        service,
        name,
        places,
        languages=_spoken([LANGUAGE_NAMES.get(code, code) for code in service.languages], service.languages_complete),
        hours=_hours(str(service.open_hours or ""), service.hours_text),
        walk_in=_walk_in(service),
        offered=_offered(service) if sees_offered else (),
    )


def _spoken(names: list[str], complete: bool) -> str:
    """Languages in words: what is not said is not known."""
    if complete:
        return ", ".join(names) or "English alone"
    return ", ".join([*names, "others not known"]) if names else "not known"


def _hours(read: str, text: str) -> str:
    return read or (f"as the list says: {text}" if text else "not known")


def _walk_in(service: Service) -> str:
    if service.walk_in is not True:
        return "not known" if service.walk_in is None else "no; an appointment is needed"
    return _hours(str(service.walk_in_open_hours or ""), service.walk_in_text).replace(
        "not known", "yes; hours not known"
    )


def _offered(service: Service) -> tuple[str, ...]:
    level = f"Level {service.level} (edition {service.level_edition})" if service.level else "Level of care not known"
    words = {True: "offered", False: "not offered", None: "not known"}
    return level, *(f"{name.capitalize()}: {words[getattr(service, name)]}" for name in MEDICATIONS)
