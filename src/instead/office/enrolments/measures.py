"""How the ways into treatment go, counted: for the health side, and as totals for what is published.

No prosecution page looks here. The one module that puts totals from here beside the office's own numbers is
``numbers/both_sides.py``, and what it makes is seen only after small counts are hidden.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from instead.office.accounts.models import Organization
from instead.office.enrolments.models import Appointment, Enrolment, Referral
from instead.office.machines import ENROLMENT, REFERRAL
from instead.office.numbers.blocks import Block, Section, counted, lines, of
from instead.office.numbers.cohort import office_zone, start_of
from instead.office.numbers.expressions import whole_days
from instead.office.numbers.spans import Span, span, span_values
from instead.office.treatment.models import Capacity, Service

BEGUN: Final = "treatment begun (one attended contact)"
ON_THE_WAY: Final = "on the way, not begun yet"
NOT_NEEDED: Final = "no treatment needed"
NEVER_BEGAN: Final = "ended before treatment began"
WAYS: Final = (BEGUN, ON_THE_WAY, NOT_NEEDED, NEVER_BEGAN)
TAKEN, FREE = "taken", "free"


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways into treatment that began between two days; ``organization`` is the body that coordinates. None: all."""

    organization: Organization | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def within(self, to_enrolment: str = "") -> Q:
        """Which rows belong to such a way; ``to_enrolment`` leads from a row to it."""
        wanted: dict[str, object] = {}
        if self.organization is not None:
            wanted["organization"] = self.organization
        if self.first is not None:
            wanted["began_at__gte"] = start_of(self.first)
        if self.last is not None:
            wanted["began_at__lt"] = start_of(self.last + dt.timedelta(days=1))
        return Q(**{f"{to_enrolment}{name}": value for name, value in wanted.items()})


def count_ways(ways: Ways) -> Mapping[str, int]:
    """Ways into treatment by how far they came; each is one of :data:`WAYS`."""
    begun = Count("pk", filter=Q(engaged_on__isnull=False))
    rows = (
        Enrolment.objects.filter(ways.within()).order_by().values_list("state").annotate(_begun=begun, _all=Count("pk"))
    )
    both = (pair for state, some, whole in rows for pair in ((BEGUN, some), (_not_begun(state), whole - some)))
    return counted(both)


def _not_begun(state: str) -> str:
    if state == "not_needed":
        return NOT_NEEDED
    return ON_THE_WAY if ENROLMENT.state(state).open else NEVER_BEGAN


def count_referrals(ways: Ways) -> Mapping[str, int]:
    """Referrals by the words of their state."""
    rows = Referral.objects.filter(ways.within("enrolment__")).order_by().values_list("state")
    return counted((REFERRAL.state(state).title, count) for state, count in rows.annotate(_count=Count("pk")))


def count_appointments(ways: Ways) -> Mapping[str, int]:
    """Appointments by the words of their state."""
    rows = Appointment.objects.filter(ways.within("enrolment__")).order_by().values_list("state")
    return counted((Appointment.State(state).label, count) for state, count in rows.annotate(_count=Count("pk")))


def count_places() -> Mapping[str, int]:
    """Places in this programme, as last reported: taken and free."""
    found = Capacity.objects.aggregate(places=Sum("places"), taken=Sum("taken"), over=Sum("over_by"))
    taken, places = found["taken"] or 0, found["places"] or 0
    return {TAKEN: taken, FREE: places - (taken - (found["over"] or 0))}


def time_to_treatment(ways: Ways) -> Span:
    """Days from the beginning of a way into treatment to the first attended contact."""
    return span(_ways(ways), whole_days("_began", "engaged_on"))


def _ways(ways: Ways) -> QuerySet[Any]:
    """Ways into treatment, each with the day on which it ``_began`` where the office is."""
    return Enrolment.objects.filter(ways.within()).annotate(_began=TruncDate("began_at", tzinfo=office_zone()))


def spans(ways: Ways) -> Iterator[tuple[str, Span, int]]:
    """Each wait in words, its span, and how many wait still."""
    rows = _ways(ways)
    open_states = [state.name for state in ENROLMENT.open_states]
    waiting = rows.filter(state__in=open_states)
    assessed = span(rows, whole_days("_began", "assessed_on"))
    yield "the way began → assessed", assessed, waiting.filter(assessed_on__isnull=True).count()
    yield "the way began → treatment begun", time_to_treatment(ways), waiting.filter(engaged_on__isnull=True).count()
    after = waiting.filter(assessed_on__isnull=False, engaged_on__isnull=True)
    yield "assessed → treatment begun", span(rows, whole_days("assessed_on", "engaged_on")), after.count()
    in_care = waiting.filter(engaged_on__isnull=False)
    yield "treatment begun → completed", span(rows, whole_days("engaged_on", "completed_on")), in_care.count()
    referrals = Referral.objects.filter(ways.within("enrolment__"))
    answered = span(referrals, whole_days("made_at", "answered_at"))
    yield "a provider was asked → answered", answered, referrals.filter(state="made").count()


def care(ways: Ways) -> list[Section]:
    """Every measure of the health side, in the order of its page."""
    return [
        Section("success", "Success", (_events(ways), _ends(ways))),
        Section("provision", "Provision", (_by_answer(ways), _places())),
        Section("compliance", "Compliance", (_by_coming(ways),)),
        Section("time", "Time", (_times(ways),)),
    ]


def _events(ways: Ways) -> Block:
    found = Enrolment.objects.filter(ways.within()).aggregate(
        all=Count("pk"),
        assessed=Count("pk", filter=Q(assessed_on__isnull=False)),
        begun=Count("pk", filter=Q(engaged_on__isnull=False)),
        completed=Count("pk", filter=Q(completed_on__isnull=False)),
        waiting=Count("pk", filter=Q(state="waiting")),
    )
    whole = found["all"]
    return Block(
        "events",
        "How far people came",
        "Ways into treatment that began in this time; somebody who comes back begins no new one.",
        "event",
        ("ways",),
        lines(
            (
                ("Assessed", (of(found["assessed"], whole, "ways into treatment"),)),
                ("Treatment begun (one attended contact)", (of(found["begun"], whole, "ways into treatment"),)),
                ("Treatment completed", (of(found["completed"], found["begun"], "treatments begun"),)),
                ("Waiting for a place now", (of(found["waiting"], whole, "ways into treatment"),)),
            )
        ),
        "What happens after a case is over: care may go on, and nobody has to tell.",
    )


def _ends(ways: Ways) -> Block:
    rows = Enrolment.objects.filter(ways.within()).order_by().values_list("state")
    by_state = counted(rows.annotate(_count=Count("pk")))
    whole = sum(by_state.values())
    states = (*ENROLMENT.ends, *ENROLMENT.open_states)
    return Block(
        "ways",
        "Where the ways into treatment stand",
        "The ends first, then those that are open.",
        "state",
        ("ways",),
        lines((state.title, (of(by_state[state.name], whole, "ways into treatment"),)) for state in states),
        "Why somebody left.",
    )


def _by_answer(ways: Ways) -> Block:
    found = count_referrals(ways)
    whole = sum(found.values())
    return Block(
        "referrals",
        "Referrals by answer",
        "Each question to a provider whether there is a place, by the answer that stands.",
        "answer",
        ("referrals",),
        lines((s.title, (of(found.get(s.title, 0), whole, "referrals"),)) for s in REFERRAL.states),
        "How often somebody called and was told so by phone.",
    )


def _places() -> Block:
    found, silent = count_places(), Service.objects.filter(capacity__isnull=True).count()
    whole = sum(found.values())
    return Block(
        "places",
        "Places in this programme",
        f"As each service last said. {silent:,} services have not said how many places they have: that is not known.",
        "places",
        ("places",),
        lines((words, (of(found[words], whole, "places reported"),)) for words in (TAKEN, FREE)),
        "Places that a service keeps for others.",
    )


def _by_coming(ways: Ways) -> Block:
    found = count_appointments(ways)
    held = (Appointment.State.KEPT, Appointment.State.MISSED, Appointment.State.EXCUSED)
    whole = sum(found.get(state.label, 0) for state in held)
    others = [state for state in Appointment.State if state not in held]
    return Block(
        "appointments",
        "Appointments",
        "Kept, missed, and missed with a good reason, of those whose hour has passed.",
        "what came of it",
        ("appointments",),
        lines(
            [
                *((s.label, (of(found.get(s.label, 0), whole, "appointments that were due"),)) for s in held),
                *((state.label, (found.get(state.label, 0),)) for state in others),
            ]
        ),
        "Contacts without an appointment.",
    )


def _times(ways: Ways) -> Block:
    return Block(
        "care-times",
        "How long it takes",
        "Spans that are over. Half of them took at most the median.",
        "from … to …",
        ("unit", "spans", "first quartile", "median", "third quartile", "still waiting"),
        lines((words, span_values(found, waiting)) for words, found, waiting in spans(ways)),
        "How long those wait in the end who still wait.",
    )
