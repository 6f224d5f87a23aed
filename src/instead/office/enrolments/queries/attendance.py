"""Today's list of one provider: everybody expected or in care on a day, each line to be marked by one tap."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from instead.office.accounts.models import User
from instead.office.enrolments.attendance import AFTER_ASSESSMENT, BEFORE_ASSESSMENT
from instead.office.enrolments.models import Appointment, Contact, Enrolment, Referral
from instead.office.enrolments.unmarking import can_be_taken_back
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Move
from instead.office.treatment.models import Service

#: How far back a day can still be marked here.
DAYS_BACK = 14
_IN_CARE = ("walked_in", "assessed", "waiting", "engaged", "attending")
_SHOWN = (Appointment.State.BOOKED, Appointment.State.KEPT, Appointment.State.MISSED, Appointment.State.EXCUSED)
_WHY = {
    "walked_in": "Walked in",
    "assessed": "First contact expected",
    "waiting": "Waits for a place",
    "engaged": "In care",
    "attending": "In care",
}


@dataclass(slots=True)
class AttendanceLine:
    """One person on one day. ``appointment`` is there where somebody is expected at an hour."""

    enrolment: Enrolment
    service: Service | None
    day: dt.date
    appointment: Appointment | None = None
    held: Referral | None = None
    kinds: set[str] = field(default_factory=set)
    can_undo: bool = False

    @property
    def person(self) -> Person:
        return self.enrolment.person

    @property
    def id(self) -> str:
        """The line as a file names it: day, and appointment or enrolment."""
        thing, kind = (self.appointment.pk, "a") if self.appointment else (self.enrolment.pk, "e")
        return f"{self.on:%Y%m%d}-{kind}-{thing}"

    @property
    def on(self) -> dt.date:
        """The day that a mark is about: that of an overdue appointment, else the day of the list."""
        return office_day(self.appointment.at) if self.appointment is not None else self.day

    @property
    def why(self) -> str:
        """Why somebody is on the list, without a word about care."""
        if self.appointment is not None and self.enrolment.state != "walked_in":
            return "Appointment"
        if self.held is not None:
            return "A place is held"
        return _WHY.get(self.enrolment.state, "In care")

    @property
    def overdue(self) -> bool:
        """An appointment of an earlier day of which nobody has said what became of it."""
        return self.appointment is not None and office_day(self.appointment.at) < self.day

    @property
    def missed(self) -> bool:
        return self.appointment is not None and self.appointment.state == Appointment.State.MISSED

    @property
    def excused(self) -> bool:
        return self.appointment is not None and self.appointment.state == Appointment.State.EXCUSED

    @property
    def marked(self) -> bool:
        """Whether the provider has said for this day that the person came."""
        return bool(self.kinds & {Contact.Kind.ASSESSMENT, Contact.Kind.CONTACT})

    @property
    def can_come(self) -> bool:
        """Whether "came" is the answer that this line waits for."""
        state = self.enrolment.state
        if state == "walked_in" or self.missed or self.excused:
            return False
        return not self.marked and state in BEFORE_ASSESSMENT + AFTER_ASSESSMENT

    @property
    def can_miss(self) -> bool:
        return self.appointment is not None and self.appointment.state == Appointment.State.BOOKED

    @property
    def first_contact_too(self) -> bool:
        """Assessed on this day and not seen further: the first contact may have been on the same day."""
        assessed_alone = self.kinds - {Contact.Kind.ARRIVAL} == {Contact.Kind.ASSESSMENT}
        return assessed_alone and self.enrolment.state == "assessed"

    @property
    def was_there_after_all(self) -> bool:
        """Marked as missed, and nothing has followed from it yet."""
        return self.missed and self.enrolment.state == "missed"

    @property
    def in_file(self) -> bool:
        """Whether a file can mark it; somebody who walked in is seen to on the page."""
        return self.enrolment.state != "walked_in"


@dataclass(frozen=True, slots=True)
class DayList:
    """The list of one day, and what people have said of themselves and nobody has answered."""

    day: dt.date
    today: dt.date
    lines: list[AttendanceLine]
    said: list[Contact]

    @property
    def open(self) -> int:
        """How many lines wait for a mark of somebody who was expected."""
        return sum(1 for one in self.lines if one.can_miss)

    @property
    def before(self) -> dt.date | None:
        earlier = self.day - dt.timedelta(days=1)
        return earlier if (self.today - earlier).days <= DAYS_BACK else None

    @property
    def after(self) -> dt.date | None:
        return self.day + dt.timedelta(days=1) if self.day < self.today else None


def day_list(user: User, day: dt.date, at: dt.datetime) -> DayList:
    """Everybody expected or in care at a provider on a day; the order does not change when a line is marked."""
    today = office_day(at)
    own = Q(service__provider__organization=user.organization_id)
    lines = _lines(own, day, today)
    _put_contacts(lines, day)
    _put_marks(lines, user, at)
    return DayList(day, today, sorted(lines.values(), key=_order), _own_words(own))


def _lines(own: Q, day: dt.date, today: dt.date) -> dict[uuid.UUID, AttendanceLine]:
    """One line for each person: the appointment of the day, else the held place, else care."""
    lines: dict[uuid.UUID, AttendanceLine] = {}
    for appointment in _appointments(own, day, today):
        line = AttendanceLine(appointment.enrolment, appointment.service, day, appointment)
        lines.setdefault(appointment.enrolment_id, line)
    held = Referral.objects.filter(own, state="accepted").select_related("enrolment__person", "service__provider")
    for referral in held.order_by("made_at"):
        new = AttendanceLine(referral.enrolment, referral.service, day, held=referral)
        lines.setdefault(referral.enrolment_id, new).held = referral
    in_care = Enrolment.objects.filter(own, state__in=_IN_CARE).select_related("person", "service__provider")
    for enrolment in in_care:
        lines.setdefault(enrolment.pk, AttendanceLine(enrolment, enrolment.service, day))
    return lines


def _put_marks(lines: dict[uuid.UUID, AttendanceLine], user: User, at: dt.datetime) -> None:
    """On which lines the newest step is a mark of today that can be taken back."""
    since = timezone.make_aware(dt.datetime.combine(office_day(at), dt.time()))
    moves = Move.objects.filter(machine="enrolment", subject__in=list(lines), at__gte=since).select_related("by")
    newest = {one.subject: one for one in moves.order_by("pk")}
    for enrolment_id, one in newest.items():
        lines[enrolment_id].can_undo = can_be_taken_back(one, user.organization_id, at)


def _own_words(own: Q) -> list[Contact]:
    """What people have said of themselves and the provider has neither answered nor marked by itself."""
    marked = Contact.objects.filter(enrolment=OuterRef("enrolment"), on=OuterRef("on"), said_by_person=False)
    said = Contact.objects.filter(~Exists(marked), own, said_by_person=True, answered_at__isnull=True)
    return list(said.select_related("enrolment__person").order_by("on", "pk"))


def _appointments(own: Q, day: dt.date, today: dt.date) -> Iterable[Appointment]:
    begins = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    ends = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    on_the_day = Q(at__gte=begins, at__lt=ends, state__in=_SHOWN)
    overdue = Q(at__lt=begins, state=Appointment.State.BOOKED) if day == today else Q(pk__in=[])
    found = Appointment.objects.filter(own & (on_the_day | overdue))
    return found.select_related("enrolment__person", "service__provider").order_by("-at", "pk")


def _put_contacts(lines: dict[uuid.UUID, AttendanceLine], day: dt.date) -> None:
    marked: dict[uuid.UUID, set[str]] = defaultdict(set)
    contacts = Contact.objects.filter(enrolment__in=list(lines), on=day, said_by_person=False)
    for enrolment_id, kind in contacts.values_list("enrolment_id", "kind"):
        marked[enrolment_id].add(kind)
    for enrolment_id, line in lines.items():
        line.kinds = marked[enrolment_id]


def _order(line: AttendanceLine) -> tuple[int, float, str, str]:
    hour = line.appointment.at.timestamp() if line.appointment else 0.0
    group = 0 if line.appointment else 1 if line.held else 2
    return group, hour, str(line.person).casefold(), str(line.enrolment.pk)
