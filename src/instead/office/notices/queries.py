"""Reminders that did not arrive, or of which nobody knows, for whom to call instead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from instead.office.accounts.models import User
from instead.office.accounts.permissions import is_administrator
from instead.office.cases.models import Case
from instead.office.consents.actions import standing
from instead.office.consents.models import Consent
from instead.office.notices.models import Reminder
from instead.office.notices.phone_numbers import shown_number


@dataclass(frozen=True, slots=True)
class Trouble:
    """One line. For an administrator there is no person and no date in it: only what did not work."""

    reminder: Reminder
    what: str
    name: str
    phone: str
    date: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Troubles:
    """What needs somebody, the next date first, and how many were sent in the last week beside them."""

    lines: list[Trouble]
    sent: int
    failed: int
    unknown: int

    @property
    def total(self) -> int:
        """The denominator of the three."""
        return self.sent + self.failed + self.unknown


def troubles(user: User, at: dt.datetime) -> Troubles:
    """The reminders that failed or whose fate is unknown and that nobody has seen to, as this role may see them."""
    everybody = bool(is_administrator.test(user))
    mine = Reminder.objects.all() if everybody else Reminder.objects.filter(organization=user.organization_id)
    open_ones = mine.filter(state__in=("failed", "unknown"), seen_at__isnull=True).order_by("moment", "pk")
    lines = [_line(one, everybody, at) for one in open_ones.select_related("person")[:200]]
    week = mine.filter(settled_at__gt=at - dt.timedelta(days=7))
    counts = [week.filter(state=state).count() for state in ("sent", "failed", "unknown")]
    return Troubles(lines, *counts)


def _line(reminder: Reminder, only_what_broke: bool, at: dt.datetime) -> Trouble:
    what = reminder.get_reason_display() if reminder.reason else reminder.get_state_display()
    if only_what_broke:
        return Trouble(reminder, what, "", "", None)
    shown = reminder.moment if _may_see_date(reminder, at) else None
    return Trouble(reminder, what, str(reminder.person), shown_number(reminder.person.phone), shown)


def _may_see_date(reminder: Reminder, at: dt.datetime) -> bool:
    """A coordinator sees an appointment by consent alone; a day in court is about days, not about treatment."""
    if reminder.about == Reminder.About.LISTING:
        return True
    cases = Case.objects.filter(person=reminder.person_id, health=reminder.organization_id)
    return any(standing(case, Consent.Recipient.COORDINATOR, at) is not None for case in cases)
