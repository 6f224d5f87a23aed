"""The coordinator's people: where each stands, the next step, the nearest deadline first.

Without the person's consent a coordinator sees the case, its court days and papers, and nothing of treatment: neither
its tasks nor its dates.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case as When_
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from instead.office.accounts.models import Organization, User
from instead.office.cases.models import Case
from instead.office.consents.models import Consent
from instead.office.enrolments.models import Enrolment
from instead.office.machines import CASE, ENROLMENT
from instead.office.tasks.clocks import office_day
from instead.office.tasks.kinds import BESIDE, Kind, kind_of
from instead.office.tasks.models import Task

PAGE = 50
#: Tasks that a coordinator sees with or without consent: about the case, its days in court, its papers.
OF_THE_CASE = ("case", BESIDE)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the coordinator's: ``task`` is the open work with the nearest date that may be seen."""

    case: Case
    sees: bool
    enrolment: Enrolment | None
    task: Task | None
    kind: Kind | None

    @property
    def where(self) -> str:
        """Where the case stands."""
        return CASE.state(self.case.state).title

    @property
    def way(self) -> str:
        """Where the way into treatment stands, when it may be seen."""
        return ENROLMENT.state(self.enrolment.state).title if self.enrolment else ""

    @property
    def whose(self) -> str:
        """Whose turn the next step is, in words."""
        return User.Role(self.task.role).label if self.task else ""


@dataclass(frozen=True, slots=True)
class People:
    """A page of the list, and how many there are."""

    lines: list[PersonLine]
    found: int
    page: int
    today: dt.date

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // PAGE))


def coordinated(organization: Organization, at: dt.datetime, *, page: int = 1, name: str = "") -> People:
    """Everybody with an open case whom this body coordinates, the nearest deadline first."""
    mine = Case.objects.filter(health=organization, ended_at=None)
    if name.strip():
        mine = mine.filter(person__name__icontains=name.strip()[:100])
    cases = _ordered(mine, at)[(page - 1) * PAGE : page * PAGE]
    lines = [_line(one, bool(getattr(one, "sees", False))) for one in cases]
    return People(lines, mine.count(), page, office_day(at))


def consent_stands(at: dt.datetime, case: str = "pk") -> Exists:
    """Whether the coordinator may see, as a part of a query on cases (or on what has a ``case``)."""
    today = office_day(at)
    standing = Consent.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today),
        case=OuterRef(case),
        recipient=Consent.Recipient.COORDINATOR,
        revoked_at__isnull=True,
        ended_at__isnull=True,
        signed_at__lte=at,
    )
    return Exists(standing)


def may_see_of(cases: Iterable[uuid.UUID], at: dt.datetime) -> frozenset[uuid.UUID]:
    """Those of the cases whose coordinator may see how treatment stands."""
    found = Case.objects.filter(consent_stands(at), pk__in=list(cases))
    return frozenset(found.values_list("pk", flat=True))


def _ordered(mine: QuerySet[Case], at: dt.datetime) -> QuerySet[Case]:
    nearest = Task.objects.filter(case=OuterRef("pk"), done_at=None).order_by(F("due_on").asc(nulls_last=True))
    anything = Subquery(nearest.values("due_on")[:1])
    of_the_case = Subquery(nearest.filter(machine__in=OF_THE_CASE).values("due_on")[:1])
    due = When_(When(sees=True, then=anything), default=of_the_case)
    open_tasks = Task.objects.filter(done_at=None).order_by(F("due_on").asc(nulls_last=True), "opened_at", "pk")
    return (
        mine.annotate(sees=consent_stands(at))
        .annotate(nearest_due=due)
        .order_by(F("nearest_due").asc(nulls_last=True), "received_at", "pk")
        .select_related("person")
        .prefetch_related(
            Prefetch("tasks", queryset=open_tasks),
            Prefetch("enrolments", queryset=Enrolment.objects.order_by("-began_at", "-pk")),
        )
    )


def _line(case: Case, sees: bool) -> PersonLine:
    tasks = [one for one in case.tasks.all() if sees or one.machine in OF_THE_CASE]
    task = tasks[0] if tasks else None
    newest = next(iter(case.enrolments.all()), None) if sees else None
    return PersonLine(case, sees, newest, task, kind_of(task.machine, task.kind) if task else None)
