"""The links at the top of every staff page. Each room adds its own here, with who may follow them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from rules.predicates import Predicate

from instead.office.accounts.models import User
from instead.office.accounts.permissions import is_administrator, is_defense_counsel
from instead.office.cases.permissions import may_bring_cases, may_see_queue
from instead.office.court.permissions import may_see_calendar
from instead.office.enrolments.permissions import clinic, clinic_staff, coordination
from instead.office.notices.permissions import may_see_reminders
from instead.office.numbers.permissions import may_see_numbers
from instead.office.tasks.permissions import may_see_today
from instead.office.treatment.permissions import may_see_directory, may_see_places


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of a room: the name of its address, the words on the link, and who may open it."""

    url_name: str
    words: str
    permission: Predicate


ENTRIES: tuple[Entry, ...] = (
    Entry("queue", "Queue", may_see_queue),
    Entry("imports", "Bring in cases", may_bring_cases),
    Entry("counsel-cases", "My cases", is_defense_counsel),
    Entry("today", "Today", may_see_today),
    Entry("not-on-record", "Withdrawals", may_see_queue),
    Entry("court-calendar", "Court", may_see_calendar),
    Entry("numbers", "Numbers", may_see_numbers),
    Entry("people", "People", is_administrator),
    Entry("reminders", "Reminders", may_see_reminders),
    Entry("coordination", "My people", coordination),
    Entry("health-numbers", "Numbers", coordination),
    Entry("referrals", "Referrals", clinic_staff),
    Entry("attendance", "Today’s list", clinic_staff),
    Entry("outreach", "Outreach", clinic),
    Entry("walk-in", "Walk-in", clinic),
    Entry("places", "Places", may_see_places),
    Entry("directory", "Directory", may_see_directory),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one page shows it; ``current`` is the value of ``aria-current``, or nothing."""

    address: str
    words: str
    current: str


def links_for(user: User | AnonymousUser, path: str) -> list[Link]:
    """The links that ``user`` may follow, in order, on the page at ``path``."""
    allowed = [(reverse(entry.url_name), entry.words) for entry in ENTRIES if entry.permission.test(user)]
    return [Link(address, words, _current(address, path)) for address, words in allowed]


def _current(address: str, path: str) -> str:
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``navigation`` for templates. Nothing is looked up on a page that does not show it."""
    return {"navigation": partial(_links_on, request)}


def _links_on(request: HttpRequest) -> list[Link]:
    user = request.user
    return links_for(user, request.path) if isinstance(user, User | AnonymousUser) else []
