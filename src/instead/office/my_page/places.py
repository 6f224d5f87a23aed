"""Where to go: now, if somebody is sick; and to choose from, with reasons. The person chooses; nothing is kept here.

The words are the page's own, in its language: what a service says about itself stands as it was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Avg
from django.utils.dateformat import time_format
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from instead.office.notices.day_words import office_time
from instead.office.tasks.clocks import hours_of
from instead.office.treatment.addresses import Place
from instead.office.treatment.hours import DAY, Hours
from instead.office.treatment.levels import MEDICATIONS
from instead.office.treatment.models import Service
from instead.office.treatment.queries import Fit, Freshness, Need, Places, Proposal, propose

#: How many are shown at once: a page has to be light.
AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is looking for. It comes with one request and goes with its answer."""

    zip_code: str = ""
    language: str = ""
    medication: str = ""
    now: bool = False

    def need(self, at: dt.datetime) -> Need:
        """As the room of places understands it."""
        return Need(
            languages=(self.language,) if self.language else (),
            medication=self.medication if self.medication in MEDICATIONS else "",
            open_at=at if self.now else None,
            near=point_of(self.zip_code),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to choose, with what speaks for it, against it, and what would have to be asked."""

    service: Service
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    not_known: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.against


@dataclass(frozen=True, slots=True)
class Open:
    """A place that is open now, and until when or always."""

    service: Service
    words: str


def open_now(at: dt.datetime, most: int = 1) -> list[Open]:
    """Where somebody can walk in at this moment: who speaks the page's language first, then who never closes."""
    language = (get_language() or "en")[:2]
    found = propose(Need(walk_in_now=True), at=at, stale_after=hours_of("fresh_hours", at))
    open_ones = [one.service for one in found if one.fit is not Fit.NO and _walks_in(one.service, at)]
    ranked = sorted(open_ones, key=lambda one: _rank(one, language))
    doors = {one.provider_id: one for one in reversed(ranked)}  # one door is one place, whatever it offers
    return [Open(one, _until(one, at)) for one in ranked if doors[one.provider_id] is one][:most]


def walk_in_places() -> list[Service]:
    """Where anybody can walk in, at hours that are known."""
    known = Service.objects.filter(walk_in=True, only_for="").select_related("provider")
    return [one for one in known if one.walk_in_open_hours is not None]


def choices(wanted: Wanted, at: dt.datetime) -> list[Choice]:
    """Every place for what somebody is looking for: what fits first. None is hidden."""
    found = propose(wanted.need(at), at=at, stale_after=hours_of("fresh_hours", at))
    return [_choice(one, wanted, at) for one in found]


def point_of(zip_code: str) -> Place | None:
    """Where a ZIP code is, from the places that we know in it; nothing where we know none."""
    if not (zip_code.isascii() and zip_code.isdigit() and len(zip_code) == 5):
        return None
    known = Service.objects.filter(provider__zip_code__startswith=zip_code, latitude__isnull=False)
    middle = known.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if middle["latitude"] is None:
        return None
    return Place(middle["latitude"], middle["longitude"])


def hours_in_words(hours: Hours | None) -> str:
    """“Monday to Friday 8 a.m. to 5 p.m.”; days with the same hours that follow each other are one."""
    if hours is None:
        return ""
    if hours.around_the_clock:
        return _("day and night")
    days = [tuple((i.opens, i.closes) for i in hours.intervals if i.weekday == day) for day in range(7)]
    parts, start = [], 0
    for day in range(1, 8):
        if day == 7 or days[day] != days[start]:
            if days[start]:
                parts.append(f"{_days(start, day - 1)} {_spans(days[start])}")
            start = day
    return "; ".join(parts)


def language_names() -> dict[str, str]:
    """The languages one can ask for, in the page's own."""
    return {
        "en": _("English"),
        "es": _("Spanish"),
        "km": _("Khmer"),
        "ko": _("Korean"),
        "pt": _("Portuguese"),
        "ru": _("Russian"),
        "vi": _("Vietnamese"),
        "zh": _("Chinese"),
    }


def _walks_in(service: Service, at: dt.datetime) -> bool:
    hours = service.walk_in_open_hours
    return service.walk_in is True and hours is not None and hours.open_at(office_time(at)) and not service.only_for


def _rank(service: Service, language: str) -> tuple[bool, bool, str]:
    hours = service.walk_in_open_hours
    always = hours is not None and hours.around_the_clock
    return language not in service.languages, not always, str(service)


def _until(service: Service, at: dt.datetime) -> str:
    hours = service.walk_in_open_hours
    if hours is None or hours.around_the_clock:
        return _("open day and night")
    local = office_time(at)
    minute = local.hour * 60 + local.minute
    closes = next(i.closes for i in hours.intervals if i.weekday == local.weekday() and i.opens <= minute < i.closes)
    return _("open until %(hour)s") % {"hour": _clock(closes)}


def _choice(one: Proposal, wanted: Wanted, at: dt.datetime) -> Choice:
    service = one.service
    said: dict[Fit, list[str]] = {fit: [] for fit in Fit}
    for fit, words in _points(service, wanted, at):
        said[fit].append(words)
    if one.miles is not None:
        said[Fit.YES].append(_("%(miles)s miles away") % {"miles": f"{one.miles:.1f}"})
    said[Fit.YES if one.places.free else Fit.UNKNOWN].append(_free(one.places))
    if one.places.free == 0 and one.places.freshness is Freshness.FRESH:
        said[Fit.NO].append(said[Fit.UNKNOWN].pop())
    return Choice(service, tuple(said[Fit.YES]), tuple(said[Fit.NO]), tuple(said[Fit.UNKNOWN]))


def _points(service: Service, wanted: Wanted, at: dt.datetime) -> Iterable[tuple[Fit, str]]:
    hours = service.open_hours
    if hours is None:
        yield Fit.UNKNOWN, _("Hours not known: call first")
    elif wanted.now and not hours.open_at(office_time(at)):
        yield Fit.NO, _("Closed now. Open %(hours)s") % {"hours": hours_in_words(hours)}
    else:
        yield Fit.YES, _("Open %(hours)s") % {"hours": hours_in_words(hours)}
    if service.walk_in:
        yield Fit.YES, _("You can come without an appointment")
    names = language_names()
    spoken = [names[code] for code in service.languages if code in names]
    if spoken:
        yield Fit.YES, _("Speaks %(languages)s") % {"languages": ", ".join(spoken)}
    if wanted.language and wanted.language not in service.languages:
        name = names.get(wanted.language, wanted.language)
        if service.languages_complete:
            yield Fit.NO, _("%(language)s is not spoken") % {"language": name}
        else:
            yield Fit.UNKNOWN, _("Ask whether they speak %(language)s") % {"language": name}
    if wanted.medication in MEDICATIONS:
        yield _medicine(getattr(service, wanted.medication), wanted.medication)
    if service.only_for:
        yield Fit.UNKNOWN, _("Only for some people (%(whom)s): ask first") % {"whom": service.only_for}


def _medicine(has: bool | None, name: str) -> tuple[Fit, str]:
    words = {"name": medication_names()[name]}
    if has is None:
        return Fit.UNKNOWN, _("Ask whether they have %(name)s") % words
    return (Fit.YES, _("Has %(name)s") % words) if has else (Fit.NO, _("Does not have %(name)s") % words)


def medication_names() -> dict[str, str]:
    """The medicines one can ask for, as people call them."""
    return {
        "buprenorphine": _("buprenorphine (Suboxone)"),
        "methadone": _("methadone"),
        "naltrexone": _("naltrexone (Vivitrol)"),
    }


def _free(places: Places) -> str:
    if places.free is None:
        return _("Nobody has said how many places are free: call first")
    if not places.free:
        return (
            _("Full, when they last said so: call, it changes")
            if places.freshness is Freshness.STALE
            else _("Full now")
        )
    free = ngettext("%(count)s place is free", "%(count)s places are free", places.free) % {"count": places.free}
    return (
        free
        if places.freshness is Freshness.FRESH
        else _("%(free)s, when they last said so: call first") % {"free": free}
    )


def _days(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def _spans(spans: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(_("%(first)s to %(last)s") % {"first": _clock(a), "last": _clock(b)} for a, b in spans)


def _clock(minute: int) -> str:
    return time_format(dt.time(*divmod(minute % DAY, 60)), "P")
