"""Places for one person, proposed with reasons: the coordinator and the person choose, nothing is hidden.

What is offered there, medication and level of care, is not shown here: that stays with clinic and person.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from instead.errors import InsteadError
from instead.office.cases.models import Case
from instead.office.consents.actions import standing
from instead.office.consents.models import Consent
from instead.office.enrolments.models import Enrolment
from instead.office.enrolments.telling import newest_enrolment
from instead.office.machines import ENROLMENT
from instead.office.people.models import Person
from instead.office.tasks.clocks import hours_of
from instead.office.treatment.models import Service
from instead.office.treatment.queries import LANGUAGE_NAMES, Fit, Need, Proposal, middle_of, program_names, propose
from instead.office.web import typed_moment

#: How many proposals a page shows at once; the others are one link away.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked of the places, as the form holds it."""

    language: str = ""
    walk_in: bool = False
    open_at: str = ""
    zip_code: str = ""
    name: str = ""
    everything: bool = False

    @staticmethod
    def of(form: Mapping[str, str], person: Person) -> Wish:
        """From the form; before anything is asked, the person's own language."""
        if not form:
            return Wish(language=_language_of(person), zip_code=_zip_of(person.address))
        return Wish(
            language=form.get("language", "") if form.get("language", "") in LANGUAGE_NAMES else "",
            walk_in=bool(form.get("walk_in")),
            open_at=form.get("open_at", "")[:16],
            zip_code=form.get("zip", "").strip()[:5],
            name=form.get("name", "").strip()[:100],
            everything=bool(form.get("all")),
        )

    def need(self) -> tuple[Need, str]:
        """What must be so, and what of the wish could not be read."""
        problem, open_at = "", None
        if self.open_at:
            try:
                open_at = typed_moment(self.open_at, "open at")
            except InsteadError as error:
                problem = str(error)
        near = middle_of(self.zip_code) if self.zip_code else None
        if self.zip_code and near is None:
            problem = problem or f"where ZIP {self.zip_code} is, the directory does not say; distance is not shown"
        languages = (self.language,) if self.language else ()
        return Need(languages=languages, walk_in_now=self.walk_in, open_at=open_at, near=near), problem


def _language_of(person: Person) -> str:
    """The language that somebody needs, where it is one of the directory's; English is spoken anyway."""
    wanted = person.interpreter.strip().casefold()
    found = next((code for code, name in LANGUAGE_NAMES.items() if name.casefold() == wanted), person.language)
    return "" if found == "en" else found


def _zip_of(address: str) -> str:
    last = address.strip().split(" ")[-1][:5]
    return last if len(last) == 5 and last.isascii() and last.isdigit() else ""


@dataclass(frozen=True, slots=True)
class ProposedPlace:
    """One proposal with the name it has for a coordinator, and what can be done."""

    proposal: Proposal
    name: str
    asked: bool

    @property
    def service(self) -> Service:
        return self.proposal.service

    @property
    def fits(self) -> str:
        """Whether it meets the wishes, in words."""
        words = {Fit.YES: "Fits", Fit.UNKNOWN: "Ask first", Fit.NO: "Does not fit"}
        return words[self.proposal.fit]

    @property
    def answers_here(self) -> bool:
        """Whether the provider answers referrals here; else it is called."""
        return self.service.organization_id is not None


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """The places for one person. Without consent, or with no way into treatment open, nothing can be asked."""

    case: Case
    wish: Wish
    sees: bool
    problem: str
    places: list[ProposedPlace]
    found: int
    can_book: bool
    enrolment: Enrolment | None
    languages: Mapping[str, str]


def places_page(case: Case, wish: Wish, at: dt.datetime) -> PlacesPage:
    """Every place in the order of its fit; the first ones, or all of them."""
    sees = standing(case, Consent.Recipient.COORDINATOR, at) is not None
    enrolment = newest_enrolment(case.pk) if sees else None
    need, problem = wish.need()
    proposals = propose(need, at=at, stale_after=hours_of("fresh_hours", at))
    names = program_names(one.service for one in proposals)
    if wish.name:
        proposals = [one for one in proposals if wish.name.casefold() in names[one.service.pk].casefold()]
    asked = _asked(enrolment)
    shown = proposals if wish.everything else proposals[:SHOWN]
    places = [ProposedPlace(one, names[one.service.pk], one.service.pk in asked) for one in shown]
    can_book = enrolment is not None and any(ENROLMENT.can(enrolment.state, way) for way in ("book", "rebook"))
    return PlacesPage(case, wish, sees, problem, places, len(proposals), can_book, enrolment, LANGUAGE_NAMES)


def _asked(enrolment: Enrolment | None) -> frozenset[uuid.UUID]:
    """The places that have been asked and have not said no."""
    if enrolment is None:
        return frozenset()
    open_ones = enrolment.referrals.filter(state__in=("made", "accepted"))
    return frozenset(open_ones.values_list("service_id", flat=True))
