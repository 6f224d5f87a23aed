"""Whom the peers of one provider reach for: who missed, walked in or waits; how, and how the last tries went."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from instead.office.accounts.models import User
from instead.office.enrolments.models import Appointment, Enrolment, Outreach
from instead.office.machines import ENROLMENT
from instead.office.notices.models import Wish
from instead.office.tasks.models import Task

#: Who is on the list, in this order.
REACHED_FOR = ("missed", "walked_in", "waiting")


@dataclass(frozen=True, slots=True)
class OutreachLine:
    """One person to reach. ``best`` is the way by which somebody last reached them, if anybody has."""

    enrolment: Enrolment
    due_on: dt.date | None
    missed: Appointment | None
    tries: list[Outreach]

    @property
    def words(self) -> str:
        return ENROLMENT.state(self.enrolment.state).title

    @property
    def next_step(self) -> str:
        return ENROLMENT.state(self.enrolment.state).next_step

    @property
    def best(self) -> Outreach | None:
        return next((one for one in self.tries if one.result == Outreach.Result.REACHED), None)

    @property
    def number_is_wrong(self) -> bool:
        """Whether the last thing said of the telephone is that it is not theirs any more."""
        phones = (one for one in self.tries if one.way in (Outreach.Way.PHONE, Outreach.Way.TEXT))
        last = next(phones, None)
        return last is not None and last.result == Outreach.Result.WRONG

    @property
    def chosen(self) -> str:
        """How the person wants to be reached, in their own choice; empty where they have made none."""
        wish = getattr(self.enrolment.person, "wish", None)
        return ", ".join(channel.label for channel in wish.channels) if isinstance(wish, Wish) else ""

    @property
    def can_excuse(self) -> bool:
        return ENROLMENT.can(self.enrolment.state, "excuse")

    @property
    def can_book(self) -> bool:
        return ENROLMENT.can(self.enrolment.state, "book")


def outreach_list(user: User) -> list[OutreachLine]:
    """The people of one's own provider to reach for, the next deadline first."""
    missed = Appointment.objects.filter(state=Appointment.State.MISSED).order_by("-at")
    found = Enrolment.objects.filter(
        service__provider__organization=user.organization_id, state__in=REACHED_FOR
    ).select_related("person__wish", "service__provider")
    people = list(found.prefetch_related(Prefetch("appointments", queryset=missed), "outreach"))
    due = dict(
        Task.objects.filter(machine="enrolment", subject__in=[one.pk for one in people], done_at=None).values_list(
            "subject", "due_on"
        )
    )
    lines = [_line(one, due.get(one.pk)) for one in people]
    return sorted(lines, key=_order)


def _line(enrolment: Enrolment, due_on: dt.date | None) -> OutreachLine:
    missed = list(enrolment.appointments.all())
    return OutreachLine(enrolment, due_on, missed[0] if missed else None, list(enrolment.outreach.all()))


def _order(line: OutreachLine) -> tuple[int, dt.date, str]:
    return REACHED_FOR.index(line.enrolment.state), line.due_on or dt.date.max, str(line.enrolment.pk)
