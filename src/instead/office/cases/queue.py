"""The charging prosecutor's queue: who waits, the nearest first listing first, what is asked, and how to answer.

A page follows an index from one case on, so that it costs the same however many cases are stored, and a case that
leaves the queue meanwhile makes no other one be skipped.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from instead.facts.vocabulary import Fact
from instead.office.accounts.models import Organization
from instead.office.cases.actions import MANY_AT_ONCE
from instead.office.cases.late_words import LateLine, late_line
from instead.office.cases.models import SAID_BY_PEOPLE, Case, Decision, FactValue, LateEvent
from instead.office.tasks.models import Task
from instead.policy.model import NEEDS_FACTS, OUTCOMES, Policy, Rule
from instead.policy.sentences import OUTCOME_WORDS

PAGE: Final = 25
#: What the queue can be narrowed to.
FILTERS: Final = (NEEDS_FACTS, *OUTCOMES)
_UNKNOWN: Final = "unknown"
_AT_ONCE: Final = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer: what is sent, the words on the button, and the key, "" for none."""

    value: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A missing fact. ``nobody_knows``: that was the answer when it was asked. ``first``: the keys answer it."""

    fact: Fact
    nobody_knows: bool
    first: bool

    @property
    def typed(self) -> bool:
        """Whether the answer is typed, and not chosen."""
        return self.fact.kind not in ("yes_no", "one_of")

    @property
    def ways(self) -> list[Way]:
        """The answers to choose from, each with its key."""
        given = ("yes", "no") if self.fact.kind == "yes_no" else self.fact.members
        keys = ("y", "n") if self.fact.kind == "yes_no" else tuple("123456789")
        keyed = [*keys, *[""] * len(given)]
        ways = [Way(value, value.replace("_", " ").capitalize(), key) for value, key in zip(given, keyed, strict=False)]
        every = [*ways, *([] if self.nobody_knows else [Way(_UNKNOWN, "Nobody knows", "u")])]
        return every if self.first else [Way(way.value, way.words, "") for way in every]


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One case of the queue: how long until the first listing, what the policy says and why, and what is asked.

    ``clock_ends`` is the day on which a person decides without what is missing. ``later`` came in after the report.
    ``previous`` and ``next`` are the cases beside it on the page.
    """

    case: Case
    decision: Decision
    hours_left: int | None
    words: str
    reason: str
    asked: list[Asked]
    clock_ends: dt.date | None
    later: list[LateLine]
    previous: uuid.UUID | None
    next: uuid.UUID | None

    @property
    def asked_first(self) -> list[Asked]:
        """What is shown at once; the rest is one more click away."""
        return self.asked[:_AT_ONCE]

    @property
    def asked_later(self) -> list[Asked]:
        return self.asked[_AT_ONCE:]

    @property
    def many_at_once(self) -> bool:
        """Whether it may be ticked and confirmed with others."""
        return self.decision.outcome in MANY_AT_ONCE and not self.left_to_a_person

    @property
    def needs_facts(self) -> bool:
        return self.decision.outcome == NEEDS_FACTS

    @property
    def left_to_a_person(self) -> bool:
        """Whether a person has to decide, with a reason, on the page of the case."""
        return self.case.state == "review"

    @property
    def nobody_knows(self) -> bool:
        """Whether everything that is missing was asked, and nobody knows."""
        return self.needs_facts and all(asked.nobody_knows for asked in self.asked)


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, how many wait in all and by outcome, and the nearest day in court that is still to come."""

    lines: list[QueueLine]
    counts: Mapping[str, int]
    outcome: str
    nearest: dt.datetime | None
    nearest_hours: int | None
    follows: Case | None
    more: bool

    @property
    def waiting(self) -> int:
        return sum(self.counts.values())

    @property
    def some_can_be_ticked(self) -> bool:
        return any(line.many_at_once for line in self.lines)

    @property
    def last(self) -> uuid.UUID | None:
        """The case that the page ends with."""
        return self.lines[-1].case.pk if self.lines else None


def waiting_cases(office: Organization) -> QuerySet[Case]:
    """Cases of an office whose decision nobody has taken, or which the policy leaves to a person."""
    return Case.objects.filter(office=office, waiting=True)


def queue(
    policy: Policy, office: Organization, at: dt.datetime, *, outcome: str = "", after: uuid.UUID | None = None
) -> Queue:
    """The cases that wait for a prosecutor, nearest first listing first, those without one last.

    ``after`` is the case that the page before ended with. It need not wait any longer; an id that is none begins anew.
    """
    waiting = waiting_cases(office)
    chosen = waiting.filter(outcome=outcome) if outcome else waiting
    last = Case.objects.filter(pk=after, office=office).first() if after else None
    cases = _following(chosen, last)
    counts = dict(waiting.order_by().values_list("outcome").annotate(Count("pk")))
    to_come = waiting.filter(first_listing__gte=at).order_by("first_listing").values_list("first_listing", flat=True)
    nearest = to_come.first()
    return Queue(
        lines=_lines(cases[:PAGE], policy, at),
        counts=counts,
        outcome=outcome,
        nearest=nearest,
        nearest_hours=_hours(nearest, at),
        follows=last,
        more=len(cases) > PAGE,
    )


def _following(waiting: QuerySet[Case], last: Case | None) -> list[Case]:
    """A page and one more, after a case: first along the listings, then those that have none."""
    listed = waiting.filter(first_listing__isnull=False).order_by("first_listing", "received_at", "pk")
    unlisted = waiting.filter(first_listing__isnull=True).order_by("received_at", "pk")
    if last is not None:
        later = Q(received_at__gt=last.received_at) | Q(received_at=last.received_at, pk__gt=last.pk)
        if last.first_listing is None:
            listed, unlisted = listed.none(), unlisted.filter(later, received_at__gte=last.received_at)
        else:
            beyond = Q(first_listing__gt=last.first_listing) | later
            listed = listed.filter(beyond, first_listing__gte=last.first_listing)
    found = list(listed.select_related("person")[: PAGE + 1])
    rest = PAGE + 1 - len(found)
    return [*found, *(unlisted.select_related("person")[:rest] if rest else ())]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is looked up for all cases of a page at once: the days on which a person decides, what nobody knows."""

    policy: Policy
    rules: Mapping[str, Rule]
    ends: Mapping[uuid.UUID, dt.date | None]
    in_vain: Mapping[uuid.UUID, set[str]]
    at: dt.datetime


def _lines(cases: list[Case], policy: Policy, at: dt.datetime) -> list[QueueLine]:
    newest = Prefetch("decisions", queryset=Decision.objects.order_by("-number"))
    told = Prefetch("late_events", queryset=LateEvent.objects.exclude(kind=LateEvent.Kind.FACT))
    prefetch_related_objects(cases, newest, "charges", told)
    tasks = Task.objects.filter(machine="case", subject__in=[case.pk for case in cases], done_at=None)
    ends = dict(tasks.values_list("subject", "due_on"))
    looked = _Looked(policy, {rule.id: rule for rule in policy.rules}, ends, _asked_in_vain(cases), at)
    ids = [None, *(case.pk for case in cases), None]
    return [_line(case, looked, ids[place], ids[place + 2]) for place, case in enumerate(cases)]


def _asked_in_vain(cases: list[Case]) -> dict[uuid.UUID, set[str]]:
    """The facts of which a person said that nobody knows them."""
    found: dict[uuid.UUID, set[str]] = {}
    said = FactValue.objects.filter(case__in=cases, code__isnull=True, source__in=SAID_BY_PEOPLE)
    for case_id, fact in said.values_list("case", "fact"):
        found.setdefault(case_id, set()).add(fact)
    return found


def _line(case: Case, looked: _Looked, before: uuid.UUID | None, after: uuid.UUID | None) -> QueueLine:
    decision = case.decisions.all()[0]
    undecided = decision.outcome == NEEDS_FACTS
    rule = looked.rules.get(decision.decided_by)
    possible = " or ".join(decision.possible)
    asked = _asked(decision, looked.policy.vocabulary.facts, looked.in_vain.get(case.pk, set()))
    return QueueLine(
        case=case,
        decision=decision,
        hours_left=_hours(case.first_listing, looked.at),
        words=OUTCOME_WORDS[decision.outcome],
        reason=f"It could still be {possible}." if undecided else rule.because if rule else "",
        asked=asked if undecided else [],
        clock_ends=looked.ends.get(case.pk) if undecided and case.state == NEEDS_FACTS else None,
        later=[late_line(event, looked.policy) for event in case.late_events.all()],
        previous=before,
        next=after,
    )


def _asked(decision: Decision, facts: Mapping[str, Fact], in_vain: set[str]) -> list[Asked]:
    """What is missing, in the order in which it is asked; what nobody knows comes last."""
    missing = sorted((name for name in decision.missing if name in facts), key=lambda name: name in in_vain)
    return [
        Asked(facts[name], name in in_vain, place == 0 and name not in in_vain) for place, name in enumerate(missing)
    ]


def _hours(moment: dt.datetime | None, at: dt.datetime) -> int | None:
    return int((moment - at).total_seconds() // 3600) if moment is not None else None
