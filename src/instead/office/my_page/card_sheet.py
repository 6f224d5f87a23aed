"""The card as a sheet to print and cut: the code, where to go if sick, by when, what closes the case, whom to call."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.utils import translation

from instead.office.letterhead import desk
from instead.office.letters.on_the_way import Card, Closes, Step
from instead.office.letters.parts import CannotBeSaid, Contact, Place, Said
from instead.office.my_page.home import Matter, matters_of
from instead.office.my_page.places import hours_in_words, walk_in_places
from instead.office.notices.day_words import office_time
from instead.office.offers.terms import asks_service, asks_treatment
from instead.office.people.models import Person
from instead.office.treatment.models import Service

_OF_CASE: Final[dict[str, Step]] = {"answering": "answer", "proof_incomplete": "proof", "service": "service"}
_OF_WAY: Final[dict[str, Step]] = {
    "to_book": "appointment",
    "booked": "appointment",
    "missed": "appointment",
    "assessed": "first_visit",
    "waiting": "first_visit",
    "engaged": "proof",
    "attending": "proof",
    "completed": "proof",
}


def card_sheet(person: Person, code: str, page: str, at: dt.datetime) -> Card:
    """The sheet with this code. Raises :class:`CannotBeSaid` where something that it must say is not known."""
    matter = next((one for one in matters_of(person, at) if one.offer is not None and one.open), None)
    if matter is None:
        raise CannotBeSaid("no offer is open, so a card cannot say what closes the case; make one that shows its code")
    return Card(
        code=code,
        sick=_sick(),
        step=_step(matter),
        by=office_time(matter.booked.at).date() if matter.booked else matter.due,
        closes=_closes(matter),
        contact=_contact(matter),
        page=page,
        found=str(settings.INSTEAD_REMINDER_PHONE or settings.INSTEAD_PHONE),
    )


def _sick() -> Place:
    """A place for weeks, not for this hour: one that never closes, where there is one."""
    ranked = sorted(walk_in_places(), key=lambda one: (not _always(one), str(one)))
    if not ranked:
        raise CannotBeSaid("no place is known where anybody can walk in, and a card says where to go if sick")
    said = []
    for language in ("en", "es"):
        with translation.override(language):
            said.append(hours_in_words(ranked[0].walk_in_open_hours))
    provider = ranked[0].provider
    return Place(name=provider.name, address=provider.address, hours=Said(*said))


def _always(service: Service) -> bool:
    hours = service.walk_in_open_hours
    return hours is not None and hours.around_the_clock


def _step(matter: Matter) -> Step | None:
    state = matter.case.state if matter.case else ""
    if state == "accepted":
        return _OF_WAY.get(matter.way.state) if matter.way else None
    return _OF_CASE.get(state)


def _closes(matter: Matter) -> Closes:
    terms = matter.offer.terms if matter.offer else {"conditions": []}
    if asks_treatment(terms):
        return "treatment"
    return "service" if asks_service(terms) else "nothing"


def _contact(matter: Matter) -> Contact:
    health = matter.case.health if matter.case else None
    return Contact(name=Said(health.name), phone=health.phone) if health is not None and health.phone else desk()
