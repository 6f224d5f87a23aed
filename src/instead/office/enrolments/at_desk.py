"""Consent at a provider's desk, in the person's language: asked when the person is well enough, taken back at once."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.accounts.models import Organization
from instead.office.accounts.organizations import the_health_body, the_office
from instead.office.accounts.permissions import is_peer, is_provider_staff
from instead.office.consents import actions as consents
from instead.office.consents.actions import Signed, recipient_of
from instead.office.consents.models import Consent
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.models import Enrolment
from instead.office.enrolments.permissions import allow
from instead.office.enrolments.walk_ins import count_arrival
from instead.office.errors import Refused
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day

#: What is asked at a desk. Counsel asks for counsel.
RECIPIENTS = (Consent.Recipient.OFFICE, Consent.Recipient.COORDINATOR)
#: How a signature on paper is kept: the name, and that the paper is where the desk keeps its papers.
ON_PAPER = "on paper: "


def sign_at_desk(enrolment_id: uuid.UUID, signed: Signed, *, doer: Doer, at: dt.datetime) -> Consent:
    """Take one signed form. The arrival of somebody who walked in counts as the first contact from then on."""
    if signed.recipient not in RECIPIENTS:
        raise Refused(f"consent for the {signed.recipient.label} is asked by them, not at this desk")
    if not signed.signature.removeprefix(ON_PAPER).strip():
        raise Refused("a consent needs a signature: the name as the person writes it")
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        allow(doer, enrolment)
        if standing_here(enrolment, signed.recipient, at) is not None:
            raise Refused(f"there is a consent for the {signed.recipient.label} already")
        organization = recipient_here(enrolment, signed.recipient)
        consent = consents.sign(enrolment.person, enrolment.case, signed, organization=organization, doer=doer, at=at)
        if enrolment.state == "walked_in" and doer.role in ("provider_staff", "peer"):
            count_arrival(enrolment.pk, doer=doer, at=at)
    return consent


def recipient_here(enrolment: Enrolment, recipient: Consent.Recipient) -> Organization:
    """Whom the form names: of the case where there is one, else the only office or health-side body there is."""
    if enrolment.case is not None:
        return recipient_of(enrolment.case, recipient)
    return the_office() if recipient == Consent.Recipient.OFFICE else the_health_body()


def standing_here(enrolment: Enrolment, recipient: Consent.Recipient, at: dt.datetime) -> Consent | None:
    """The consent for a recipient that stands in this way into treatment, with a case or still without."""
    return next((one for one in consents_here(enrolment, at) if one.recipient == recipient), None)


def consents_here(enrolment: Enrolment, at: dt.datetime) -> list[Consent]:
    """Every consent that stands: of the case, or of somebody whose case is not known."""
    open_ones = Consent.objects.filter(
        person=enrolment.person_id, case=enrolment.case_id, revoked_at__isnull=True, ended_at__isnull=True
    )
    today = office_day(at)
    return [one for one in open_ones.select_related("recipient_organization") if one.stands(at, today)]


def take_back_here(enrolment_id: uuid.UUID, consent_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Consent:
    """Take a consent back for somebody who is cared for or coordinated here. At once, and never a failure."""
    enrolment = Enrolment.objects.select_related("service__provider", "person").get(pk=enrolment_id)
    allow(doer, enrolment)
    return _take_back(consent_id, enrolment.person, doer, at)


def take_back_by_card(person: Person, consent_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Consent:
    """Take a consent back for whoever shows a card, at any provider's desk."""
    if doer.user is None or not (is_provider_staff | is_peer).test(doer.user):
        raise PermissionDenied("This is not yours to do.")
    return _take_back(consent_id, person, doer, at)


def _take_back(consent_id: uuid.UUID, person: Person, doer: Doer, at: dt.datetime) -> Consent:
    if not Consent.objects.filter(pk=consent_id, person=person).exists():
        raise Refused("this person has signed no such consent")
    return consents.take_back(consent_id, doer=doer, at=at)
