"""Who works for a person, who may see what became of reminders, and who may say that it is seen to."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.predicates import predicate

from instead.office.accounts.models import User
from instead.office.accounts.permissions import (
    is_administrator,
    is_coordinator,
    is_defense_counsel,
    is_peer,
    is_provider_staff,
    same_organization,
)
from instead.office.cases.models import Case
from instead.office.enrolments.models import Enrolment
from instead.office.people.models import Person
from instead.office.treatment.permissions import on_the_health_side


@predicate
def coordinates_person(user: User | AnonymousUser, person: object) -> bool:
    """The person's own health-side body coordinates a case or a way into treatment of this person."""
    if not isinstance(user, User) or not isinstance(person, Person):
        return False
    cases = Case.objects.filter(person=person, health=user.organization_id)
    return cases.exists() or Enrolment.objects.filter(person=person, organization=user.organization_id).exists()


@predicate
def defends_person(user: User | AnonymousUser, person: object) -> bool:
    """Somebody of the person's own defender is counsel in a case of this person."""
    if not isinstance(user, User) or not isinstance(person, Person):
        return False
    return Case.objects.filter(person=person, counsel__organization=user.organization_id).exists()


@predicate
def cares_for_person(user: User | AnonymousUser, person: object) -> bool:
    """The person is in care or expected at the own provider, or was there last."""
    if not isinstance(user, User) or not isinstance(person, Person):
        return False
    newest = Enrolment.objects.filter(person=person).select_related("service__provider").order_by("-began_at", "-pk")
    for number, enrolment in enumerate(newest):
        if number and not enrolment.MACHINE.state(enrolment.state).open:
            continue
        if enrolment.service is not None and enrolment.service.organization_id == user.organization_id:
            return True
        asked = enrolment.referrals.filter(state__in=("made", "accepted"))
        if asked.filter(service__provider__organization=user.organization_id).exists():
            return True
    return False


@predicate
def prosecutes_person(user: User | AnonymousUser, person: object) -> bool:
    """The person's own office has a case of this person."""
    if not isinstance(user, User) or not isinstance(person, Person):
        return False
    return Case.objects.filter(person=person, office=user.organization_id).exists()


#: The health side and the defense, each for their own.
works_for = (
    (is_coordinator & on_the_health_side & coordinates_person)
    | (is_defense_counsel & defends_person)
    | ((is_provider_staff | is_peer) & cares_for_person)
)
may_choose_ways = works_for
may_see_reminders = (is_coordinator & on_the_health_side) | is_administrator
may_see_to_reminder = is_coordinator & on_the_health_side & same_organization
