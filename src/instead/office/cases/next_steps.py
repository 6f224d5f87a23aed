"""What is to be done in a case, by whom and by when: from its open tasks, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.tasks.clocks import office_day
from instead.office.tasks.kinds import BESIDE, Kind, kind_of
from instead.office.tasks.models import Task
from instead.office.tasks.opening import days_unused

#: The tasks beside the states that prosecution staff may see. Papers for the health side are not among them.
SEEN: Final = frozenset({"contest", "changed_outcome", "warrant", "listing"})


@dataclass(frozen=True, slots=True)
class Step:
    """One open task of a case. ``due`` is in words; ``mine`` says that it is the prosecutor's."""

    task: Task
    kind: Kind
    due: str
    late: bool
    mine: bool

    @property
    def beside(self) -> bool:
        """Whether it stands beside the state of the case, so that its title has to be said."""
        return self.task.machine == BESIDE

    @property
    def whose(self) -> str:
        """Who answers for it: somebody by name, else the role."""
        if self.task.assigned_to is not None:
            return self.task.assigned_to.get_full_name() or self.task.assigned_to.get_username()
        return User.Role(self.task.role).label


def steps_of(case: Case, at: dt.datetime) -> list[Step]:
    """The open tasks of a case that its prosecutor may see: their own first, then the one that is due first."""
    tasks = Task.objects.filter(case=case, done_at__isnull=True).select_related("assigned_to")
    steps = [_step(task, at) for task in tasks if task.machine == "case" or _beside(task)]
    return sorted(steps, key=lambda step: (not step.mine, step.task.due_on or dt.date.max, step.task.opened_at))


def _beside(task: Task) -> bool:
    return task.machine == BESIDE and task.kind in SEEN


def _step(task: Task, at: dt.datetime) -> Step:
    today = office_day(at)
    if task.due_on is None:
        left = days_unused(task, at)
        due = f"the clock stands still, with {left} day{'' if left == 1 else 's'} left"
    else:
        due = due_words(task.due_on, today)
    late = task.due_on is not None and task.due_on < today
    return Step(task, kind_of(task.machine, task.kind), due, late, task.role == User.Role.PROSECUTOR)


def due_words(due: dt.date, today: dt.date) -> str:
    """A due date as it is read in a hurry: “by tomorrow, Tuesday, May 7”, “3 days late, since Friday, May 3”."""
    days = (due - today).days
    day = f"{due:%A}, {due:%B} {due.day}" + ("" if due.year == today.year else f", {due.year}")
    if days < 0:
        return f"{-days} day{'' if days == -1 else 's'} late, was due {day}"
    near = {0: "by today, ", 1: "by tomorrow, "}.get(days, "by ")
    return f"{near}{day}" + (f" ({days} days)" if days > 1 else "")
