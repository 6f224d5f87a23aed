"""One person as the clinic sees them: never a weight, a charge or a record."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from instead.office.accounts.models import User
from instead.office.consents.models import Consent
from instead.office.consents.wall import FourFacts
from instead.office.enrolments.at_desk import RECIPIENTS, consents_here
from instead.office.enrolments.facts import four_facts
from instead.office.enrolments.models import Appointment, Contact, Enrolment, Outreach, Referral
from instead.office.enrolments.permissions import may_mark
from instead.office.machines import CASE, ENROLMENT, Transition
from instead.office.machines.machine import State
from instead.office.my_page.permissions import may_make_way
from instead.office.tasks.models import Task
from instead.office.treatment.models import Service
from instead.office.treatment.queries import own_services


@dataclass(frozen=True, slots=True)
class CarePage:
    """Everything the clinic's page of one person shows, and what its reader can do."""

    enrolment: Enrolment
    state: State
    due_on: dt.date | None
    appointments: list[Appointment]
    contacts: list[Contact]
    referral: Referral | None
    consents: list[Consent]
    may_ask: list[Consent.Recipient]
    ways: dict[str, Transition]
    services: list[Service]
    tries: list[Outreach]
    facts: FourFacts
    can_file: bool
    marks: bool
    makes_way: bool

    @property
    def booked(self) -> Appointment | None:
        return next((one for one in self.appointments if one.state == Appointment.State.BOOKED), None)

    @property
    def office_may_know(self) -> bool:
        """Whether the office may be told the four facts."""
        return any(one.recipient == Consent.Recipient.OFFICE for one in self.consents)


def care_page(enrolment_id: uuid.UUID, user: User, at: dt.datetime) -> CarePage:
    """The page of one person for a reader of the clinic. Appointments elsewhere are the other clinic's."""
    enrolment = get_enrolment(enrolment_id)
    own = {"service__provider__organization": user.organization_id}
    consents = consents_here(enrolment, at)
    signed = {one.recipient for one in consents}
    open_ones = enrolment.referrals.filter(state__in=("made", "accepted"), **own).select_related("service__provider")
    task = Task.objects.filter(machine="enrolment", subject=enrolment.pk, done_at=None).first()
    return CarePage(
        enrolment=enrolment,
        state=ENROLMENT.state(enrolment.state),
        due_on=task.due_on if task else None,
        appointments=list(enrolment.appointments.filter(**own).select_related("service__provider").order_by("-at")),
        contacts=list(enrolment.contacts.filter(**own).order_by("-on", "pk")),
        referral=open_ones.first(),
        consents=consents,
        may_ask=[one for one in RECIPIENTS if one not in signed],
        ways={way.name: way for way in ENROLMENT.allowed(enrolment.state, user.role)},
        services=list(own_services(organization=user.organization_id)),
        tries=list(enrolment.outreach.select_related("by")[:5]),
        facts=four_facts(enrolment),
        can_file=enrolment.case is not None and CASE.can(enrolment.case.state, "file_proof"),
        marks=may_mark.test(user, enrolment),
        makes_way=may_make_way.test(user, enrolment.person),
    )


def get_enrolment(enrolment_id: uuid.UUID) -> Enrolment:
    """An enrolment with what its page needs; raises ``Enrolment.DoesNotExist``."""
    return Enrolment.objects.select_related("person", "case", "service__provider").get(pk=enrolment_id)
