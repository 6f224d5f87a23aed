"""Everything that was told about a person, in plain words: to whom, when, what, by whom, because of which consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from instead.office.closing.models import Document
from instead.office.consents.models import Consent, Disclosure
from instead.office.consents.wall import FourFacts, for_office
from instead.office.enrolments.models import Appointment, Referral
from instead.office.notices.day_words import day_in_words, hour_in_words, office_time
from instead.office.people.models import Person

#: How many a page shows; older ones are on the next.
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody learned."""

    at: dt.datetime
    whom: str
    what: tuple[str, ...]
    by: str


def told_about(person: Person, page: int = 1) -> tuple[list[Told], bool]:
    """What was told because of consents, the newest first, and whether there is more on the next page."""
    found = Disclosure.objects.filter(case__person=person).select_related("consent__recipient_organization")
    first = (page - 1) * AT_ONCE
    some = list(found.order_by("-at", "-pk")[first : first + AT_ONCE + 1])
    return [_told(one) for one in some[:AT_ONCE]], len(some) > AT_ONCE


def places_that_know(person: Person) -> list[str]:
    """The places that know the person's name because a visit was booked there or they were asked for a place."""
    booked = Appointment.objects.filter(enrolment__person=person).values_list("service__provider__name", flat=True)
    asked = Referral.objects.filter(enrolment__person=person).values_list("service__provider__name", flat=True)
    return sorted({*booked, *asked})


def papers_of(person: Person, today: dt.date) -> list[str]:
    """What became of each paper that was sent in."""
    papers = Document.objects.filter(case__person=person).order_by("-uploaded_at")
    return [_paper(one, today) for one in papers[:AT_ONCE]]


def recipient_words(recipient: str) -> str:
    """Who learns something, in the words of the page."""
    return {
        Consent.Recipient.OFFICE.value: _("the prosecutor’s office"),
        Consent.Recipient.COORDINATOR.value: _("the coordinator, who helps with places and visits"),
        Consent.Recipient.COUNSEL.value: _("your lawyer"),
    }[recipient]


def _told(one: Disclosure) -> Told:
    whom = f"{recipient_words(one.consent.recipient)}: {one.consent.recipient_organization.name}"
    return Told(one.at, whom, tuple(_what(one.kind, one.told)), _by(one.as_role))


def _what(kind: str, told: Mapping[str, object]) -> list[str]:
    if kind == Disclosure.Kind.PROGRESS:
        return _progress(told)
    facts = for_office(kind, told)
    if not isinstance(facts, FourFacts):
        return [_("Something else takes the place of treatment. Not why.")]
    attendance = {
        "not_yet": _("Visits: not yet"),
        "attending": _("Visits: you come"),
        "not_attending": _("Visits: you do not come now"),
    }
    return [
        _("First appointment: %(day)s") % {"day": day_in_words(facts.assessed_on)}
        if facts.assessed_on
        else _("First appointment: no date"),
        _yes_no(
            facts.engaged,
            _("Started treatment: yes"),
            _("Started treatment: not yet"),
            _("Started treatment: not known"),
        ),
        attendance[facts.attendance.value] if facts.attendance else _("Visits: not known"),
        _yes_no(facts.completed, _("Finished: yes"), _("Finished: not yet"), _("Finished: not known")),
    ]


def _progress(told: Mapping[str, object]) -> list[str]:
    said = []
    if told.get("appointment"):
        moment = dt.datetime.fromisoformat(str(told["appointment"]))
        day = day_in_words(office_time(moment).date())
        said.append(_("Your visit: %(day)s, %(hour)s") % {"day": day, "hour": hour_in_words(moment)})
    if told.get("place"):
        said.append(_("The place: %(place)s") % {"place": told["place"]})
    if told.get("waits_for_place"):
        said.append(_("That you are waiting for a place"))
    return said or [_("That no visit is booked")]


def _yes_no(value: bool | None, yes: str, no: str, unknown: str) -> str:
    return unknown if value is None else yes if value else no


def _by(role: str) -> str:
    return {
        "person": _("by you"),
        "defense_counsel": _("by your lawyer"),
        "provider_staff": _("by your place"),
        "coordinator": _("by the coordinator"),
    }.get(role, _("by this program, on its own, because you agreed to it"))


def _paper(one: Document, today: dt.date) -> str:
    words = {"day": day_in_words(office_time(one.uploaded_at).date(), today)}
    if one.destroyed_at is not None:
        return _("Paper of %(day)s: read by the coordinator, then destroyed") % words
    if one.opened_at is not None:
        return (
            _("Paper of %(day)s: opened by the coordinator; it is destroyed once the facts are taken from it") % words
        )
    return _("Paper of %(day)s: nobody has opened it yet") % words
