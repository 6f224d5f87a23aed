"""Who may do what with places, as sentences.

Provider staff say how many places their own organization has. A coordinator of a health-side body holds places, and
takes or releases what that body holds; the provider's own staff may take and release too, for it is their door.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from rules.predicates import Predicate, predicate

from instead.office.accounts.models import Organization, User
from instead.office.accounts.permissions import (
    is_administrator,
    is_coordinator,
    is_peer,
    is_provider_staff,
    same_organization,
)
from instead.office.treatment.models import Hold


@predicate
def on_the_health_side(user: User | AnonymousUser) -> bool:
    """Belongs to the health-side body, not to the prosecution."""
    return isinstance(user, User) and user.organization.kind == Organization.Kind.HEALTH


@predicate
def at_a_provider(user: User | AnonymousUser) -> bool:
    """Belongs to a treatment provider."""
    return isinstance(user, User) and user.organization.kind == Organization.Kind.PROVIDER


@predicate
def own_door(user: User | AnonymousUser, hold: object) -> bool:
    """The place held is at the person's own organization."""
    return isinstance(hold, Hold) and bool(same_organization(user, hold.service))


_health_coordinator = is_coordinator & on_the_health_side
_own_staff = is_provider_staff & at_a_provider

may_report_capacity = _own_staff & same_organization
may_hold_place = _health_coordinator
may_change_hold = (_health_coordinator & same_organization) | (_own_staff & own_door)
may_import_directory = _health_coordinator | is_administrator
may_see_places = _own_staff
#: The directory is no secret. What is offered behind a door is shown to who works there and to the administrator.
may_see_directory = _health_coordinator | is_administrator | ((is_provider_staff | is_peer) & at_a_provider)
may_see_what_is_offered = is_administrator | ((is_provider_staff | is_peer) & at_a_provider)
may_entrust = is_administrator


def require(user: User | AnonymousUser, may: Predicate, thing: object = None) -> User:
    """The person, when they may; else ``PermissionDenied``."""
    if not isinstance(user, User) or not may.test(user, thing):
        raise PermissionDenied("This is not yours to do.")
    return user
