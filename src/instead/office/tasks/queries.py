"""Today: the open work of one role in one organization, next deadline first."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet

from instead.office.accounts.models import User
from instead.office.deadlines.calendar import CourtCalendar
from instead.office.tasks.clocks import office_day, office_parameters
from instead.office.tasks.kinds import Kind, kind_of
from instead.office.tasks.models import Task
from instead.office.tasks.opening import days_unused

PAGE = 50
#: What a coordinator learns by the person's consent alone. Without it the work is there, and what it is, is not said.
OF_TREATMENT = ("enrolment", "referral")
NOT_TOLD = Kind(
    "On the way into treatment",
    "The person has not agreed that you see how it stands. Ask whether they want your help; care goes on without it.",
    "coordinator",
    "",
)
#: Due within so many business days: at risk.
_AT_RISK = 2


class When(StrEnum):
    """How a task stands to its date."""

    OVERDUE = "overdue"
    TODAY = "today"
    AT_RISK = "at_risk"
    LATER = "later"
    STANDS_STILL = "stands_still"


@dataclass(frozen=True, slots=True)
class Line:
    """One task: what it is, whose person, by when, and how many days are left."""

    task: Task
    kind: Kind
    who: str
    when: When
    days: int | None

    @property
    def unused(self) -> str:
        """What is left on a clock that stands still, in words."""
        return f"{self.days} days left on the clock, which stands still" if self.when is When.STANDS_STILL else ""


@dataclass(frozen=True, slots=True)
class Today:
    """A page of open work, and how much there is of each kind of urgency."""

    lines: list[Line]
    counts: Mapping[When, int]
    page: int
    mine: bool

    @property
    def open(self) -> int:
        return sum(self.counts.values())

    @property
    def more(self) -> bool:
        return self.page * PAGE < self.open


def open_work(user: User) -> QuerySet[Task]:
    """Everything open of a person's role in the person's organization."""
    return Task.objects.filter(role=user.role, organization=user.organization_id, done_at=None)


def today(user: User, at: dt.datetime, *, page: int = 1, mine: bool = False) -> Today:
    """The open work, overdue first; ``mine`` leaves out what is assigned to somebody else."""
    on = office_day(at)
    soon = _soon(on, office_parameters().calendar)
    work = open_work(user)
    if mine:
        work = work.filter(Q(assigned_to=user) | Q(assigned_to=None))
    ordered = work.order_by(F("due_on").asc(nulls_last=True), "opened_at", "pk")
    chosen = ordered.select_related("case__person", "assigned_to")[(page - 1) * PAGE : page * PAGE]
    names = _names([task for task in chosen if task.case is None])
    hidden = (
        _hidden([task for task in chosen if task.machine in OF_TREATMENT], at) if user.role == "coordinator" else set()
    )
    lines = [_line(task, on, soon, names, at, hidden=task.pk in hidden) for task in chosen]
    return Today(lines, _counts(work, on, soon), page, mine)


def _soon(on: dt.date, calendar: CourtCalendar) -> dt.date:
    """The last day that is at risk."""
    day, left = on, _AT_RISK
    while left:
        day += dt.timedelta(days=1)
        left -= calendar.is_business_day(day)
    return day


def when_due(due_on: dt.date | None, on: dt.date, soon: dt.date) -> When:
    """How a date stands to today."""
    if due_on is None:
        return When.STANDS_STILL
    if due_on < on:
        return When.OVERDUE
    return When.TODAY if due_on == on else When.AT_RISK if due_on <= soon else When.LATER


def _counts(work: QuerySet[Task], on: dt.date, soon: dt.date) -> dict[When, int]:
    of = work.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        today=Count("pk", filter=Q(due_on=on)),
        at_risk=Count("pk", filter=Q(due_on__gt=on, due_on__lte=soon)),
        later=Count("pk", filter=Q(due_on__gt=soon)),
        stands_still=Count("pk", filter=Q(due_on__isnull=True)),
    )
    return {When(name): count for name, count in of.items()}


def _line(
    task: Task, on: dt.date, soon: dt.date, names: Mapping[object, str], at: dt.datetime, *, hidden: bool
) -> Line:
    who = str(task.case.person) if task.case else names.get(task.subject, "somebody who walked in")
    days = days_unused(task, at) if task.due_on is None else (task.due_on - on).days
    kind = NOT_TOLD if hidden else kind_of(task.machine, task.kind)
    return Line(task, kind, who, when_due(task.due_on, on, soon), days)


def _hidden(tasks: list[Task], at: dt.datetime) -> set[uuid.UUID]:
    """Those tasks of treatment of which a coordinator may not learn what they are: no consent stands."""
    from instead.office.enrolments.queries.coordination import may_see_of  # a room above asks who may see

    may_see = may_see_of({task.case_id for task in tasks if task.case_id}, at) if tasks else frozenset()
    return {task.pk for task in tasks if task.case_id not in may_see}


def _names(tasks: list[Task]) -> dict[object, str]:
    """Who it is about, where there is no case: somebody who walked in."""
    from instead.office.enrolments.models import Enrolment  # rooms above; their tasks are shown to their own roles

    subjects = [task.subject for task in tasks]
    found = Enrolment.objects.filter(pk__in=subjects).select_related("person") if subjects else []
    return {one.pk: str(one.person) for one in found}
