"""Which reminders there are to be: from booked appointments and days in court, by the ways that the person chose.

Safe to repeat and to run twice at once: each reminder exists once for its date, its way and how long before it is.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from instead.office.accounts.models import Organization
from instead.office.court.models import Listing
from instead.office.enrolments.models import Appointment
from instead.office.notices.models import Channel, Reminder, Wish
from instead.office.people.models import Person
from instead.office.tasks.clocks import number_of, office_parameters

#: How many days before, by the names of the office's numbers.
LEADS: Final = ("reminder_days_early", "reminder_days_late")
LETTER_LEAD: Final = "reminder_days_letter"
_FROM, _UNTIL = "reminders_from_hour", "reminders_until_hour"


@dataclass(frozen=True, slots=True)
class Date:
    """Something to be reminded of, and when it became known."""

    about: Reminder.About
    subject: uuid.UUID
    moment: dt.datetime
    person: Person
    organization: Organization | None


def plan(at: dt.datetime) -> int:
    """Plan every reminder for dates that are known and still to come; gives how many are new."""
    dates = list(_dates(at))
    wishes = {wish.person_id: wish for wish in Wish.objects.filter(person__in={date.person for date in dates})}
    dates = [date for date in dates if date.person.pk in wishes]
    known = set(
        Reminder.objects.filter(subject__in=[date.subject for date in dates]).values_list(
            "subject", "moment", "lead_days", "channel"
        )
    )
    new = [
        reminder
        for date in dates
        for reminder in _reminders(date, wishes[date.person.pk], at)
        if (reminder.subject, reminder.moment, reminder.lead_days, reminder.channel) not in known
    ]
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def may_send_at(at: dt.datetime) -> bool:
    """Whether this is an hour of the day in which something may be sent."""
    local = at.astimezone(_zone())
    return number_of(_FROM, at) <= local.hour < number_of(_UNTIL, at)


def by_day(moment: dt.datetime) -> dt.datetime:
    """The moment itself where something may be sent then, else the next one at which it may."""
    local = moment.astimezone(_zone())
    first = number_of(_FROM, moment)
    if local.hour >= number_of(_UNTIL, moment):
        local += dt.timedelta(days=1)
    elif local.hour >= first:
        return moment
    return local.replace(hour=first, minute=0, second=0, microsecond=0)


def leads_of(channel: Channel, at: dt.datetime) -> list[int]:
    """How many days before a date a reminder goes out this way, the earliest first. Mail takes its days."""
    names = (LETTER_LEAD,) if channel == Channel.LETTER else LEADS
    return sorted({number_of(name, at) for name in names}, reverse=True)


def _reminders(date: Date, wish: Wish, at: dt.datetime) -> Iterator[Reminder]:
    for channel in wish.channels:
        leads = leads_of(channel, at)
        for lead in leads:
            due = by_day(_days_before(date.moment, lead))
            if due < at:  # the date became known too late for this one
                if channel == Channel.LETTER or lead != leads[-1]:
                    continue
                due = by_day(at)
            if due < date.moment:
                yield Reminder(
                    person=date.person,
                    organization=date.organization,
                    channel=channel,
                    about=date.about,
                    subject=date.subject,
                    moment=date.moment,
                    lead_days=lead,
                    due_at=due,
                    planned_at=at,
                )


def _dates(at: dt.datetime) -> Iterator[Date]:
    """Booked appointments and days in court that are near enough to think of."""
    soon = at + dt.timedelta(days=1 + max(number_of(name, at) for name in (*LEADS, LETTER_LEAD)))
    booked = Appointment.objects.filter(state=Appointment.State.BOOKED, at__gt=at, at__lte=soon)
    for one in booked.select_related("enrolment__person", "enrolment__organization"):
        enrolment = one.enrolment
        yield Date(Reminder.About.APPOINTMENT, one.pk, one.at, enrolment.person, enrolment.organization)
    listed = Listing.objects.filter(state=Listing.State.SCHEDULED, at__gt=at, at__lte=soon)
    for day in listed.select_related("docket__case__person", "docket__case__health"):
        case = day.docket.case
        yield Date(Reminder.About.LISTING, day.pk, day.at, case.person, case.health)


def _days_before(moment: dt.datetime, days: int) -> dt.datetime:
    """The same hour of the office's clock, days before; when the clocks change the hour stays."""
    return (moment.astimezone(_zone()).replace(tzinfo=None) - dt.timedelta(days=days)).replace(tzinfo=_zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(office_parameters().timezone)
