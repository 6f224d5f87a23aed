"""The offer as its office sees it: what can be sent, to whom, and what is out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.offers.models import Offer
from instead.office.offers.terms import asks_service, asks_treatment
from instead.policy.model import Policy


@dataclass(frozen=True, slots=True)
class OfferPart:
    """The offers of a case, the newest first, and what the newest asks, in words."""

    offers: list[Offer]
    asks: list[str]

    @property
    def newest(self) -> Offer | None:
        return self.offers[0] if self.offers else None


def offer_part(case: Case) -> OfferPart:
    """What is out, or was."""
    offers = list(case.offers.select_related("counsel__organization", "sent_by").order_by("-number"))
    return OfferPart(offers, in_words(offers[0].terms) if offers else [])


def in_words(terms: dict[str, Any]) -> list[str]:
    """What an offer asks, in plain sentences."""
    clocks = terms["clocks"]
    asked = []
    if asks_treatment(terms):
        asked.append("Engage in treatment. Medication counts.")
    if asks_service(terms):
        instead = "Where treatment is not needed, or another condition takes its place: " if asked else ""
        asked.append(f"{instead}{terms['hours']} hours of community service.")
    if not asked:
        asked.append("Nothing is asked.")
    said = {
        "answer_days": "{} days to answer, from the day counsel has met the person with the report in hand",
        "booking_days": "{} days from the yes to the first appointment",
        "engage_days": "{} days from the assessment to the first contact",
        "service_days": "{} days for the hours of service",
        "cure_days": "{} days for one more thing, if one is needed",
        "missed_appointments": "{} missed appointments lead to a second look, and to nothing else",
    }
    return asked + [f"{words.format(clocks[name])}." for name, words in said.items() if name in clocks]


@dataclass(frozen=True, slots=True)
class Defender:
    """An organization that defends, with its people."""

    name: str
    people: list[User]


def defenders() -> list[Defender]:
    """Everybody who can be named as counsel, by organization."""
    people = (
        User.objects.filter(role=User.Role.DEFENSE_COUNSEL, is_active=True)
        .select_related("organization")
        .order_by("organization__name", "organization_id", "last_name", "username")
    )
    return [
        Defender(mine[0].organization.name, mine)
        for mine in (list(group) for _, group in groupby(people, key=lambda one: one.organization_id))
    ]


def tracks_to_choose(track: str, policy: Policy) -> list[tuple[str, str]]:
    """The tracks among which the office has to choose, with their titles: none where the decision has settled it."""
    if track or len(policy.tracks) == 1:
        return []
    return [(one.id, one.title) for one in policy.tracks.values()]
