"""What the first page of a person shows: each of their matters with its step, its dates, and whom to call."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from instead.office.cases.models import Case
from instead.office.closing.models import SecondLook, ServiceHours
from instead.office.closing.proof import newest_proof
from instead.office.closing.second_look import open_look
from instead.office.closing.service import hours_done
from instead.office.consents.actions import standing
from instead.office.consents.models import Consent
from instead.office.court.models import Listing
from instead.office.enrolments.models import Appointment, Contact, Enrolment, Referral
from instead.office.enrolments.own_word import unconfirmed
from instead.office.machines import CASE
from instead.office.my_page.steps import Situation, Step, step_of
from instead.office.offers.actions import current_offer
from instead.office.offers.models import Offer
from instead.office.offers.terms import asks_service, asks_treatment
from instead.office.people.models import Person
from instead.office.tasks.clocks import PERSONS_CLOCKS, office_day
from instead.office.tasks.models import Task
from instead.office.treatment.models import Hold, Service

#: Ends after which there is nothing to show: the matter is shown elsewhere, or nobody looks.
_UNSEEN = ("merged", "died")


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call: who it is, a name, and a number, which may be missing."""

    who: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One case with its way into treatment, or a way without a case."""

    case: Case | None
    offer: Offer | None
    way: Enrolment | None
    step: Step
    due: dt.date | None
    booked: Appointment | None
    missed: Appointment | None
    asked: Referral | None
    own_words: list[Contact]
    listings: list[Listing]
    closes: str
    calls: list[Call]

    @property
    def open(self) -> bool:
        """Whether the case still goes on; a way without a case is always shown as open."""
        return self.case is None or self.case.ended_at is None

    @property
    def has_letter(self) -> bool:
        """Whether the letter of a closed case can be had: the charges are withdrawn on the court's record."""
        return self.case is not None and self.case.state.startswith("withdrawn_") and not self.open

    @property
    def asked_until(self) -> dt.datetime | None:
        """Until when a provider holds a place, where it does."""
        hold = self.asked.hold if self.asked else None
        return hold.expires_at if hold is not None and hold.state == Hold.State.HELD else None


def matters_of(person: Person, at: dt.datetime) -> list[Matter]:
    """The person's matters: what is open first, the newest first."""
    cases = Case.objects.filter(person=person).exclude(state__in=_UNSEEN)
    cases = cases.select_related("counsel__organization", "health", "office").order_by("-received_at", "pk")
    ways = Enrolment.objects.filter(person=person).select_related("service__provider", "organization")
    found = [_of_case(case, at) for case in cases]
    loose = ways.filter(case=None).exclude(state="died").order_by("-began_at", "pk")
    found += [_matter(None, None, way, at) for way in loose]
    return sorted(found, key=lambda matter: not matter.open)


def way_of(person: Person, case_id: uuid.UUID | None = None) -> Enrolment | None:
    """The way into treatment that the person is on: of one case where it is named, else the newest open one."""
    ways = Enrolment.objects.filter(person=person).select_related("service__provider", "case")
    chosen = ways.filter(case=case_id) if case_id else ways
    newest = list(chosen.order_by("-began_at", "-pk"))
    return next((way for way in newest if way.MACHINE.state(way.state).open), newest[0] if newest else None)


def _of_case(case: Case, at: dt.datetime) -> Matter:
    ways = Enrolment.objects.filter(case=case).select_related("service__provider", "organization")
    return _matter(case, current_offer(case), ways.order_by("-began_at", "-pk").first(), at)


def _matter(case: Case | None, offer: Offer | None, way: Enrolment | None, at: dt.datetime) -> Matter:
    booked = _booked(way) if way else None
    step = step_of(_situation(case, offer, way, booked, at))
    return Matter(
        case=case,
        offer=offer,
        way=way,
        step=step,
        due=_due(case, way) if step.asked else None,
        booked=booked,
        missed=_missed(way) if way and way.state == "missed" else None,
        asked=_asked(way) if way else None,
        own_words=unconfirmed(way) if way else [],
        listings=_listings(case, at) if case else [],
        closes=_closes(offer) if case and case.ended_at is None else "",
        calls=_calls(case, booked.service if booked else way.service if way else None),
    )


def _situation(
    case: Case | None, offer: Offer | None, way: Enrolment | None, booked: Appointment | None, at: dt.datetime
) -> Situation:
    may_see = case is not None and standing(case, Consent.Recipient.OFFICE, at) is not None
    engaged = way is not None and way.engaged_on is not None
    return Situation(
        case_state=case.state if case else "",
        way_state=way.state if way else "",
        today=office_day(at),
        hour_passed=booked is not None and booked.at <= at,
        engaged_on=way.engaged_on if way else None,
        office_may_see=may_see,
        may_send=case is not None and engaged and may_see and CASE.can(case.state, "file_proof"),
        one_more=_one_more(case) if case else "",
        hours_asked=int(offer.terms.get("hours") or 0) if offer else 0,
        hours_done=hours_done(case) if case and case.state == "service" else 0,
        because=_because(case) if case and case.state == "second_look" else "",
    )


def _booked(way: Enrolment) -> Appointment | None:
    booked = way.appointments.filter(state=Appointment.State.BOOKED)
    return booked.select_related("service__provider").first()


def _missed(way: Enrolment) -> Appointment | None:
    return way.appointments.filter(state=Appointment.State.MISSED).last()


def _asked(way: Enrolment) -> Referral | None:
    asked = way.referrals.filter(state__in=("made", "accepted")).select_related("service__provider", "hold")
    return asked.order_by("-made_at").first()


def _listings(case: Case, at: dt.datetime) -> list[Listing]:
    days = Listing.objects.filter(docket__case=case, state=Listing.State.SCHEDULED, at__gte=at)
    return list(days.select_related("docket").order_by("at")[:5])


def _due(case: Case | None, way: Enrolment | None) -> dt.date | None:
    """The last day of the step, where it is the person's own clock and not somebody else's promise."""
    open_ones = Task.objects.filter(done_at=None, clock__in=(*PERSONS_CLOCKS, "second_look_days"))
    of_way = Q(machine="enrolment", subject=way.pk, kind=way.state) if way else Q(pk=None)
    of_case = Q(machine="case", subject=case.pk, kind=case.state) if case else Q(pk=None)
    chosen = of_way if case is None or case.state == "accepted" else of_case
    return open_ones.filter(chosen).values_list("due_on", flat=True).first()


def _one_more(case: Case) -> str:
    if case.state == "proof_incomplete":
        proof = newest_proof(case)
        return proof.one_more if proof else ""
    if case.state == "service":
        newest = ServiceHours.objects.filter(case=case).last()
        return newest.one_more if newest else ""
    return ""


def _because(case: Case) -> str:
    look = open_look(case)
    words = {
        SecondLook.Because.MISSED_CLOCK: _("A date has passed."),
        SecondLook.Because.MISSED_APPOINTMENTS: _("Appointments were missed."),
        SecondLook.Because.NEW_ARREST: _("There was a new arrest."),
        SecondLook.Because.CHANGED_OUTCOME: _("Something new was learned about the case."),
        SecondLook.Because.REOPENED: _("The case had been closed by mistake."),
    }
    return words.get(SecondLook.Because(look.because), "") if look else ""


def _closes(offer: Offer | None) -> str:
    if offer is None or offer.answer == Offer.Answer.NO:
        return ""
    treatment, service = asks_treatment(offer.terms), asks_service(offer.terms)
    if treatment and service:
        return _(
            "Proof of your first visit for treatment. Or, if you do not need treatment, proof of your hours of service."
        )
    if treatment:
        return _("Proof of your first visit for treatment.")
    return _("Proof of your hours of community service.") if service else _("Nothing: the office closes it.")


def _calls(case: Case | None, place: Service | None) -> list[Call]:
    calls = []
    if case is not None and case.counsel is not None:
        name = case.counsel.get_full_name() or case.counsel.organization.name
        calls.append(Call(_("Your lawyer"), name, case.counsel.reached_at))
    if case is not None and case.health is not None:
        calls.append(
            Call(
                _("Coordinator: appointments, rides, anything that is in the way"), case.health.name, case.health.phone
            )
        )
    if place is not None:
        calls.append(Call(_("Your place"), place.provider.name, place.provider.phone))
    return calls
