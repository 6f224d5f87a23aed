"""Carrying a case step by step, as the people of an office do. Nobody here exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from instead.office.accounts.doers import Doer, staff, the_person
from instead.office.accounts.models import User
from instead.office.cases import actions as cases
from instead.office.cases.models import Case
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.screening import newest_decision
from instead.office.closing import proof, withdrawing
from instead.office.closing.models import Proof, Withdrawal
from instead.office.consents.actions import Signed
from instead.office.consents.models import Consent
from instead.office.court import actions as court
from instead.office.court.models import Docket
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import referring, telling
from instead.office.enrolments.models import Enrolment, Referral
from instead.office.offers import actions as offers
from instead.office.offers.models import Offer
from instead.office.tasks.clocks import office_day
from instead.office.treatment.models import Capacity, Provider, Service
from support.office import NOW, a_case, somebody

DAY = dt.timedelta(days=1)


@dataclass
class People:
    """One of each role, each in an organization of the right side."""

    prosecutor: User = field(default_factory=lambda: somebody(User.Role.PROSECUTOR))
    coordinator: User = field(default_factory=lambda: somebody(User.Role.COORDINATOR))
    provider: User = field(default_factory=lambda: somebody(User.Role.PROVIDER_STAFF))
    peer: User = field(default_factory=lambda: somebody(User.Role.PEER))
    counsel: User = field(default_factory=lambda: somebody(User.Role.DEFENSE_COUNSEL))


def a_service(people: People, places: int = 3, title: str = "Outpatient") -> Service:
    """A service of the provider's with so many places."""
    home = people.provider.organization
    provider, _ = Provider.objects.get_or_create(name="Larkmere Night Intake", organization=home, source="office")
    service = Service.objects.create(provider=provider, title=title)
    Capacity.objects.create(service=service, places=places, reported_at=NOW, reported_by=people.provider)
    return service


class Journey:
    """One case and its people; each verb does one step at ``at``, which moves on by a day with :meth:`later`."""

    def __init__(self, folder: Path, number: int = 1, people: People | None = None, **more: object) -> None:
        self.people = people or People()
        self.at = NOW
        self.case = a_case(folder, number, **more)

    def later(self, days: int = 1) -> Journey:
        self.at += days * DAY
        return self

    @property
    def today(self) -> dt.date:
        return office_day(self.at)

    @property
    def offer(self) -> Offer:
        return Offer.objects.filter(case=self.case).latest("number")

    @property
    def enrolment(self) -> Enrolment:
        return Enrolment.objects.filter(case=self.case).latest("began_at")

    @property
    def person(self) -> Doer:
        return the_person(self.case.person)

    def reload(self) -> Case:
        self.case = Case.objects.get(pk=self.case.pk)
        return self.case

    @property
    def state(self) -> str:
        return self.reload().state

    def confirm(self) -> Journey:
        cases.confirm(newest_decision(self.case).id, actor=self.people.prosecutor, at=self.at)
        return self

    def send(self, language: str = "en") -> Journey:
        counsel, actor = self.people.counsel, self.people.prosecutor
        offers.send_offer(self.case.id, policy_in_force(), counsel=counsel, language=language, actor=actor, at=self.at)
        return self

    def meet(self) -> Journey:
        offers.counsel_met(self.offer.id, report_in_hand=True, clear_headed=True, actor=self.people.counsel, at=self.at)
        return self

    def offered(self) -> Journey:
        return self.confirm().send()

    def answering(self) -> Journey:
        return self.offered().meet()

    def accept(self, *recipients: Consent.Recipient) -> Journey:
        forms = [Signed(one, "Jane Doe") for one in recipients or tuple(Consent.Recipient)]
        doer = staff(self.people.counsel)
        offers.accept(self.offer.id, forms, waiver_signed_on=self.today, doer=doer, at=self.at)
        return self

    def accepted(self) -> Journey:
        return self.answering().accept()

    def book(self, service: Service, days: int = 1) -> Journey:
        when = self.at + days * DAY
        enrolments.book(self.enrolment.id, service, when, doer=staff(self.people.coordinator), at=self.at)
        return self

    def assess(self) -> Journey:
        enrolments.assess(self.enrolment.id, self.today, doer=staff(self.people.provider), at=self.at)
        return self

    def refer(self, service: Service) -> Referral:
        return referring.refer(self.enrolment.id, service, doer=staff(self.people.coordinator), at=self.at)

    def engage(self) -> Journey:
        enrolments.engage(self.enrolment.id, self.today, doer=staff(self.people.provider), at=self.at)
        return self

    def engaged(self, service: Service | None = None) -> Journey:
        service = service or a_service(self.people)
        return self.accepted().book(service).later(2).assess().later().engage()

    def file(self) -> Journey:
        telling.file_proof(self.case.id, doer=staff(self.people.counsel), at=self.at)
        return self

    def verify(self) -> Journey:
        filed = Proof.objects.filter(case=self.case).latest("filed_at")
        proof.verify(filed.id, actor=self.people.prosecutor, at=self.at)
        return self

    def docket(self, number: str = "MC-51-CR-0000001-2019") -> Docket:
        doer = staff(self.people.prosecutor)
        return court.open_docket(self.case.id, number, counts_from=self.today, doer=doer, at=self.at)

    def ask_court(self, reason: Withdrawal.Reason = Withdrawal.Reason.ENGAGED) -> Journey:
        withdrawing.ask_court(self.case.id, reason, actor=self.people.prosecutor, at=self.at)
        return self

    def confirm_dockets(self) -> Journey:
        for docket in self.case.dockets.filter(withdrawn_on_record_at__isnull=True):
            withdrawing.confirm_docket(docket.id, doer=staff(self.people.prosecutor), at=self.at)
        return self

    def withdrawn(self) -> Journey:
        self.engaged().file().verify()
        self.docket()
        return self.ask_court().later().confirm_dockets()
