"""What would go out if the offer were sent now: to whom, in which language, asking what. Nothing is stored here."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from instead.office.accounts.models import User
from instead.office.cases.models import Case, Decision
from instead.office.cases.screening import newest_decision
from instead.office.errors import Refused
from instead.office.offers.queries import in_words
from instead.office.offers.terms import settled_track, terms_of
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day
from instead.office.web import typed_id
from instead.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen on the form, as typed; empty where nothing is chosen yet."""

    counsel: str
    language: str
    interpreter: str
    track: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What goes out, by the choices that were made. ``decision`` is the one it rests on."""

    decision: Decision
    counsel: User
    language: str
    interpreter: str
    track: str
    terms: Mapping[str, Any]
    asks: list[str]

    @property
    def language_name(self) -> str:
        return Person.Language(self.language).label


def chosen(typed: Mapping[str, str], case: Case, only: User | None = None) -> Chosen:
    """The choices on a form; what is not there yet is as the case has it. ``only`` is counsel where there is one."""
    before = str(case.counsel_id or (only.pk if only else ""))
    return Chosen(
        counsel=typed.get("counsel", before),
        language=typed.get("language", case.person.language),
        interpreter=typed.get("interpreter", case.person.interpreter).strip()[:60],
        track=typed.get("track", ""),
    )


def preview(case: Case, choice: Chosen, policy: Policy, at: dt.datetime) -> Preview:
    """What goes out by these choices; raises :class:`Refused` where something has still to be chosen."""
    if choice.language not in Person.Language.values:
        raise Refused("choose the language of the letter: English or Spanish")
    decision = newest_decision(case)
    track = settled_track(case, decision, policy, choice.track)
    terms = terms_of(track, office_day(at))
    counsel = counsel_named(choice.counsel)
    return Preview(decision, counsel, choice.language, choice.interpreter, track.id, terms, in_words(terms))


def counsel_named(typed: str) -> User:
    """Somebody who defends and still works there, by the id that a form sent; raises :class:`Refused` for others."""
    found: uuid.UUID | None = typed_id(typed)
    people = User.objects.filter(role=User.Role.DEFENSE_COUNSEL, is_active=True).select_related("organization")
    counsel = people.filter(pk=found).first() if found else None
    if counsel is None:
        raise Refused("choose counsel: an offer goes out with somebody who defends")
    return counsel
