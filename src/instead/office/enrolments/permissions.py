"""Who may do what with an enrolment or a referral: the health side and the person, never the prosecution."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from rules.predicates import predicate

from instead.office.accounts.doers import Doer
from instead.office.accounts.models import Organization, User
from instead.office.accounts.permissions import is_coordinator, is_peer, is_provider_staff
from instead.office.enrolments.models import Appointment, Enrolment, Referral
from instead.office.treatment.models import Service
from instead.office.treatment.permissions import at_a_provider, on_the_health_side


@predicate
def coordinates(user: User | AnonymousUser, enrolment: object) -> bool:
    """The person's own health-side body coordinates this enrolment."""
    return (
        isinstance(user, User)
        and isinstance(enrolment, Enrolment)
        and user.organization.kind == Organization.Kind.HEALTH
        and enrolment.organization_id == user.organization_id
    )


@predicate
def cares_for(user: User | AnonymousUser, enrolment: object) -> bool:
    """The enrolment is at the person's own provider, is booked there, or the provider was asked and has not said no."""
    if not isinstance(user, User) or not isinstance(enrolment, Enrolment):
        return False
    if enrolment.service is not None and enrolment.service.organization_id == user.organization_id:
        return True
    own = {"service__provider__organization": user.organization_id}
    booked = enrolment.appointments.filter(state=Appointment.State.BOOKED, **own)
    return bool(booked.exists() or enrolment.referrals.filter(state__in=("made", "accepted"), **own).exists())


@predicate
def own_referral(user: User | AnonymousUser, referral: object) -> bool:
    """The referral asks the person's own provider."""
    return (
        isinstance(user, User)
        and isinstance(referral, Referral)
        and referral.service.organization_id == user.organization_id
    )


@predicate
def own_service(user: User | AnonymousUser, service: object) -> bool:
    """The service is one of the person's own provider."""
    return isinstance(user, User) and isinstance(service, Service) and service.organization_id == user.organization_id


#: Whose pages the health side's are. A role opens them only within an organization of the right side.
clinic_staff = is_provider_staff & at_a_provider
clinic = (is_provider_staff | is_peer) & at_a_provider
coordination = is_coordinator & on_the_health_side
health_side = clinic | coordination
may_care = (is_provider_staff | is_peer) & cares_for
may_mark = is_provider_staff & cares_for
may_lead = is_coordinator & coordinates
may_see_enrolment = may_care | may_lead
may_answer_referral = is_provider_staff & own_referral
may_receive = (is_provider_staff | is_peer) & own_referral
may_welcome = (is_provider_staff | is_peer) & own_service


def allow(doer: Doer, enrolment: Enrolment) -> None:
    """The person, or whoever cares for them or coordinates; raises ``PermissionDenied`` for everybody else."""
    if doer.person is not None and doer.person.pk == enrolment.person_id:
        return
    if doer.user is None or not may_see_enrolment.test(doer.user, enrolment):
        raise PermissionDenied("This is not yours to do.")
