"""What became known after the report, in words: charges, facts, warrants, new arrests, reports that differ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from instead.office.cases.known import shown
from instead.office.cases.models import Case, LateEvent
from instead.office.court.models import Warrant
from instead.policy.model import Policy

_Kind = LateEvent.Kind


@dataclass(frozen=True, slots=True)
class LateLine:
    """One late event. ``kept`` says why the case goes on with what it had, where it does; ``other`` is another case."""

    event: LateEvent
    words: str
    kept: str
    other: str

    @property
    def new_arrest(self) -> bool:
        return self.event.kind == _Kind.NEW_ARREST


def late_lines(case: Case, policy: Policy) -> list[LateLine]:
    """The late events of a case, the newest first."""
    return [late_line(event, policy) for event in case.late_events.order_by("-at", "-pk")]


def late_line(event: LateEvent, policy: Policy) -> LateLine:
    """One late event in words."""
    details = event.details
    kept = str(details.get("because") or "nobody has said which is right") if details.get("kept") else ""
    other = str(details.get("case", "")) if event.kind == _Kind.NEW_ARREST else ""
    return LateLine(event, _words(event, policy), kept, other)


def _words(event: LateEvent, policy: Policy) -> str:
    details, label = event.details, event.get_kind_display().capitalize()
    match event.kind:
        case _Kind.CHARGE:
            grade = f" ({details['grade']})" if details.get("grade") else ""
            return f"{label}: {details.get('citation') or event.about}{grade}"
        case _Kind.FACT:
            fact = policy.vocabulary.facts.get(str(details.get("fact")))
            return f"A later report says: {fact.question} {shown(fact, details.get('code'))}" if fact else event.about
        case _Kind.WARRANT:
            kind, _, issued = event.about.partition(" ")
            return (
                f"{Warrant.Kind(kind).label.capitalize()} of {issued}" if kind in Warrant.Kind.values else event.about
            )
        case _Kind.NEW_ARREST:
            return f"{label}, on record as {event.about}"
    if listing := details.get("listing"):
        return f"The first day in court is said to be {_moment(str(listing))}"
    said = (f"{name.replace('_', ' ')} {value}" for name, value in details.items() if name != "kept")
    return f"A later report differs: {'; '.join(said) or event.about}"


def _moment(text: str) -> str:
    moment = timezone.localtime(dt.datetime.fromisoformat(text))
    return f"{moment:%B} {moment.day}, {moment.year}, {moment:%H:%M}"
