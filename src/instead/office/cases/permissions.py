"""Who may do what with cases."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from rules.predicates import Predicate, predicate

from instead.office.accounts.models import Organization, User
from instead.office.accounts.permissions import is_administrator, is_coordinator, is_defense_counsel, is_prosecutor
from instead.office.cases.models import Case, Import


@predicate
def own_office(user: User | AnonymousUser, case: object) -> bool:
    """The case is one of the person's own prosecutor's office."""
    return isinstance(user, User) and isinstance(case, Case) and case.office_id == user.organization_id


@predicate
def own_client(user: User | AnonymousUser, case: object) -> bool:
    """The person defends in this case, or somebody of the same defender does."""
    if not isinstance(user, User) or not isinstance(case, Case) or case.counsel is None:
        return False
    return case.counsel.organization_id == user.organization_id


@predicate
def own_coordination(user: User | AnonymousUser, case: object) -> bool:
    """The person's health-side body coordinates this case, as it does from the offer on."""
    return isinstance(user, User) and isinstance(case, Case) and case.health_id == user.organization_id


@predicate
def prosecution_side(user: User | AnonymousUser) -> bool:
    """The person works for a prosecutor's office."""
    return isinstance(user, User) and user.organization.kind == Organization.Kind.PROSECUTION


@predicate
def own_import(user: User | AnonymousUser, read: object) -> bool:
    """The cases came in for the person's own office."""
    return isinstance(user, User) and isinstance(read, Import) and read.office_id == user.organization_id


may_see_queue = is_prosecutor
may_bring_cases = (is_prosecutor | is_administrator) & prosecution_side
may_see_import = may_bring_cases & own_import
may_work_on_case = is_prosecutor & own_office
may_defend = is_defense_counsel & own_client
may_coordinate = is_coordinator & own_coordination
#: Whoever answers for the person's way to court, on either side of the wall: it is about days, not about treatment.
may_see_court_days = may_work_on_case | may_coordinate | may_defend


def require(user: User | AnonymousUser, may: Predicate, thing: object = None) -> User:
    """The person, when they may; else ``PermissionDenied``."""
    if not isinstance(user, User) or not may.test(user, thing):
        raise PermissionDenied("This is not yours to do.")
    return user
