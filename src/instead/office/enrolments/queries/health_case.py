"""One person as the coordinator sees them: what needs no consent, and, by consent, how treatment stands."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.closing.models import Document, Proof, SecondLook, ServiceHours
from instead.office.closing.proof import newest_proof
from instead.office.closing.second_look import open_look
from instead.office.closing.service import hours_done
from instead.office.consents.actions import standing
from instead.office.consents.models import Consent
from instead.office.consents.queries import consents_of
from instead.office.consents.wall import FourFacts
from instead.office.court.actions import open_custody, open_warrants
from instead.office.court.models import Custody, Listing, Warrant
from instead.office.enrolments.facts import four_facts
from instead.office.enrolments.models import Appointment, Enrolment, Outreach, Referral
from instead.office.enrolments.queries.coordination import OF_THE_CASE
from instead.office.enrolments.telling import newest_enrolment
from instead.office.machines import CASE, ENROLMENT, Transition
from instead.office.machines.machine import State
from instead.office.offers.actions import current_offer
from instead.office.offers.interpreting import INTERPRETER
from instead.office.offers.models import Offer
from instead.office.offers.terms import asks_service, asks_treatment
from instead.office.tasks.clocks import office_day
from instead.office.tasks.kinds import Kind, kind_of
from instead.office.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Way:
    """The way into treatment as the coordinator sees it by consent: place, appointment, the four facts, no more."""

    enrolment: Enrolment
    state: State
    facts: FourFacts
    appointments: list[Appointment]
    referrals: list[Referral]
    ways: dict[str, Transition]
    tries: list[Outreach]

    @property
    def booked(self) -> Appointment | None:
        return next((one for one in self.appointments if one.state == Appointment.State.BOOKED), None)

    @property
    def last_missed(self) -> Appointment | None:
        return next((one for one in self.appointments if one.state == Appointment.State.MISSED), None)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task with its words and whose it is."""

    task: Task
    kind: Kind
    late: bool

    @property
    def whose(self) -> str:
        return User.Role(self.task.role).label


@dataclass(frozen=True, slots=True)
class HealthCase:
    """Everything that the coordinator's page of one person shows."""

    case: Case
    state: State
    today: dt.date
    tasks: list[OpenTask]
    offer: Offer | None
    consents: list[Consent]
    sees: bool
    way: Way | None
    office_may_know: bool
    ask_at: uuid.UUID | None
    listings: list[Listing]
    warrants: list[Warrant]
    custody: Custody | None
    papers: list[Document]
    proof: Proof | None
    hours: list[ServiceHours]
    hours_done: int
    look: SecondLook | None
    can: dict[str, bool]

    @property
    def asks_treatment(self) -> bool:
        return self.offer is not None and asks_treatment(self.offer.terms)

    @property
    def asks_service(self) -> bool:
        return self.offer is not None and asks_service(self.offer.terms)

    @property
    def interpreter_sought(self) -> bool:
        """Whether somebody still looks for an interpreter."""
        return any(one.task.kind == INTERPRETER for one in self.tasks)


def health_case(case_id: uuid.UUID, at: dt.datetime) -> HealthCase:
    """The page of one case for the coordinator; raises ``Case.DoesNotExist``."""
    case = Case.objects.select_related("person", "health", "office", "counsel__organization").get(pk=case_id)
    sees = standing(case, Consent.Recipient.COORDINATOR, at) is not None
    today = office_day(at)
    enrolment = newest_enrolment(case.pk)
    office_may_know = standing(case, Consent.Recipient.OFFICE, at) is not None
    way = _way(enrolment) if enrolment is not None and sees else None
    return HealthCase(
        case=case,
        state=CASE.state(case.state),
        today=today,
        tasks=_tasks(case, sees, today),
        offer=current_offer(case),
        consents=consents_of(case),
        sees=sees,
        way=way,
        office_may_know=office_may_know,
        ask_at=enrolment.pk if enrolment is not None and not (sees and office_may_know) else None,
        listings=list(Listing.objects.filter(docket__case=case).select_related("docket").order_by("at")),
        warrants=open_warrants(case),
        custody=open_custody(case.pk),
        papers=list(case.documents.all()),
        proof=newest_proof(case),
        hours=list(case.service_hours.all()),
        hours_done=hours_done(case),
        look=open_look(case),
        can=_can(case, way),
    )


def _tasks(case: Case, sees: bool, today: dt.date) -> list[OpenTask]:
    found = Task.objects.filter(case=case, done_at=None)
    open_ones = found if sees else found.filter(machine__in=OF_THE_CASE)
    by_date = sorted(open_ones, key=lambda one: (one.due_on or dt.date.max, one.opened_at, str(one.pk)))
    return [OpenTask(one, kind_of(one.machine, one.kind), (one.due_on or today) < today) for one in by_date]


def _way(enrolment: Enrolment) -> Way:
    appointments = enrolment.appointments.select_related("service__provider").order_by("-at")
    referrals = enrolment.referrals.select_related("service__provider", "better__provider", "hold").order_by("-made_at")
    return Way(
        enrolment,
        ENROLMENT.state(enrolment.state),
        four_facts(enrolment),
        list(appointments),
        list(referrals),
        {way.name: way for way in ENROLMENT.allowed(enrolment.state, "coordinator")},
        list(enrolment.outreach.filter(by__organization=enrolment.organization_id).select_related("by")[:5]),
    )


def _can(case: Case, way: Way | None) -> dict[str, bool]:
    """What this page offers to do with the case itself."""
    names = ("file_proof", "start_service", "back_to_treatment", "file_service", "open_second_look")
    can = {name: CASE.can(case.state, name) for name in names}
    not_needed = way is not None and way.enrolment.state == "not_needed"
    can["other_condition"] = not_needed and CASE.can(case.state, "ask_other_condition")
    can["file_proof"] = can["file_proof"] and way is not None
    return can
