"""Opening, closing and dating tasks. These are parts of actions: they run inside an action's transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q

from instead.office.accounts.doers import Doer
from instead.office.cases.models import Case
from instead.office.deadlines import clocks
from instead.office.deadlines.clocks import Clock
from instead.office.tasks.clocks import NOTHING, PERSONS_CLOCKS, clock_of, office_day, office_parameters
from instead.office.tasks.kinds import BESIDE, END_WITH_THE_CASE, kind_of
from instead.office.tasks.models import Pause, Task


def open_task(
    kind: str,
    *,
    machine: str,
    subject: uuid.UUID,
    case: Case | None,
    organization_id: uuid.UUID | None,
    at: dt.datetime,
    starts_on: dt.date | None = None,
    about: str = "",
) -> Task:
    """Open a task with its clock running from ``starts_on`` (the day of ``at`` where it is not given)."""
    pauses = _pauses(case) if kind_of(machine, kind).clock in PERSONS_CLOCKS else []
    task = new_task(
        kind,
        machine=machine,
        subject=subject,
        case=case,
        organization_id=organization_id,
        at=at,
        starts_on=starts_on,
        about=about,
        pauses=pauses,
    )
    task.save(force_insert=True)
    return task


def new_task(
    kind: str,
    *,
    machine: str,
    subject: uuid.UUID,
    case: Case | None,
    organization_id: uuid.UUID | None,
    at: dt.datetime,
    starts_on: dt.date | None = None,
    about: str = "",
    pauses: list[clocks.Pause],
) -> Task:
    """A task with its due date, not yet stored."""
    of = kind_of(machine, kind)
    clock, before = clock_of(of.clock, at, case.clocks if case else NOTHING)
    task = Task(
        machine=machine,
        subject=subject,
        kind=kind,
        about=about,
        case=case,
        role=of.role,
        organization_id=organization_id,
        clock=of.clock,
        days=clock.days,
        business=clock.business,
        before=before,
        starts_on=starts_on or office_day(at),
        opened_at=at,
    )
    task.due_on = _due(task, pauses, at)
    return task


def open_beside(
    kind: str, subject: uuid.UUID, case: Case, *, at: dt.datetime, about: str = "", organization_id: uuid.UUID | None
) -> Task | None:
    """Open a task beside the states, unless the same one is open already."""
    if Task.objects.filter(machine=BESIDE, subject=subject, kind=kind, about=about, done_at=None).exists():
        return None
    return open_task(
        kind, machine=BESIDE, subject=subject, case=case, organization_id=organization_id, at=at, about=about
    )


def close_tasks(machine: str, subject: uuid.UUID, *, doer: Doer, at: dt.datetime, kind: str = "") -> int:
    """Close the open tasks of a thing (of one kind where it is named); gives how many."""
    tasks = Task.objects.filter(machine=machine, subject=subject, done_at=None)
    return (tasks.filter(kind=kind) if kind else tasks).update(done_at=at, done_by=doer.user)


def close_with_case(case: Case, *, at: dt.datetime) -> int:
    """Close what nobody has to do any more now that the case has ended; gives how many."""
    mine = Task.objects.filter(machine=BESIDE, case=case, kind__in=END_WITH_THE_CASE, done_at=None)
    return mine.update(done_at=at)


def redate(case: Case, at: dt.datetime) -> None:
    """Write the due dates of a case's open tasks anew, after a pause or a listing changed."""
    pauses = _pauses(case)
    tasks = list(Task.objects.filter(case=case, done_at=None))
    for task in tasks:
        task.due_on = _due(task, pauses, at)
    Task.objects.bulk_update(tasks, ["due_on"])


def more_time(case: Case, until: dt.date, at: dt.datetime) -> None:
    """Give the person until a date: every clock of the person's that runs in the case is due then."""
    today = office_day(at)
    mine = Task.objects.filter(case=case, done_at=None, clock__in=PERSONS_CLOCKS)
    mine.update(starts_on=today, days=(until - today).days, business=False)
    redate(case, at)


def pause(case: Case | None, machine: str, subject: uuid.UUID, *, at: dt.datetime) -> None:
    """Let the person's clocks of a case stand still from today on, because of this thing."""
    if case is None:
        return
    Pause.objects.get_or_create(
        machine=machine, subject=subject, end=None, defaults={"case": case, "start": office_day(at)}
    )
    redate(case, at)


def resume(case: Case | None, machine: str, subject: uuid.UUID, *, at: dt.datetime) -> None:
    """Let the person's clocks run again; today is the last day that does not count."""
    if case is None:
        return
    if Pause.objects.filter(machine=machine, subject=subject, end=None).update(end=office_day(at)):
        redate(case, at)


def days_unused(task: Task, at: dt.datetime) -> int:
    """How many days are left on a clock that stands still."""
    pauses = _pauses(task.case) if task.clock in PERSONS_CLOCKS else []
    clock = Clock(task.clock, task.days, task.business)
    return clocks.days_unused(office_day(at), task.starts_on, clock, pauses, office_parameters().calendar)


def next_listing_on(case: Case, at: dt.datetime) -> dt.date | None:
    """The day of the case's next listing that stands, else of its first listing if that is still to come."""
    from instead.office.court.models import Listing  # court stands beside tasks, and both look at each other's rows

    today = office_day(at)
    standing = Listing.objects.filter(docket__case=case, state=Listing.State.SCHEDULED, at__gte=at)
    moments = list(standing.order_by("at").values_list("at", flat=True)[:1])
    if not moments and case.first_listing and office_day(case.first_listing) >= today:
        moments = [case.first_listing]
    return office_day(moments[0]) if moments else None


def _pauses(case: Case | None) -> list[clocks.Pause]:
    if case is None:
        return []
    rows: Iterable[Pause] = Pause.objects.filter(Q(case=case))
    return [clocks.Pause(row.start, row.end, row.machine) for row in rows]


def _due(task: Task, pauses: list[clocks.Pause], at: dt.datetime) -> dt.date | None:
    clock = Clock(task.clock, task.days, task.business)
    mine = pauses if task.clock in PERSONS_CLOCKS else []
    last = clocks.due(task.starts_on, clock, mine, office_parameters().calendar)
    return clocks.due_by(last, _listing(task, at)) if last is not None else None


def _listing(task: Task, at: dt.datetime) -> dt.date | None:
    """The listing that a task must not outlast."""
    case = task.case
    if case is None or not task.before:
        return None
    if task.before == "first_listing":
        return office_day(case.first_listing) if case.first_listing else None
    return next_listing_on(case, at)
