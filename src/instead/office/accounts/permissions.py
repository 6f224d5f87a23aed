"""Who may do what, as predicates that read like sentences."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.predicates import Predicate, predicate

from instead.office.accounts.models import User


def has_role(*roles: User.Role) -> Predicate:
    """An active person with one of these roles."""

    def check(user: User | AnonymousUser) -> bool:
        return isinstance(user, User) and user.is_active and user.role in roles

    return Predicate(check, f"has_role:{'|'.join(roles)}")


is_prosecutor = has_role(User.Role.PROSECUTOR)
is_coordinator = has_role(User.Role.COORDINATOR)
is_provider_staff = has_role(User.Role.PROVIDER_STAFF)
is_peer = has_role(User.Role.PEER)
is_defense_counsel = has_role(User.Role.DEFENSE_COUNSEL)
is_analyst = has_role(User.Role.ANALYST)
is_administrator = has_role(User.Role.ADMINISTRATOR)


@predicate
def same_organization(user: User | AnonymousUser, thing: object) -> bool:
    """The thing belongs to the person's own organization."""
    organization = getattr(thing, "organization_id", None)
    return isinstance(user, User) and organization is not None and organization == user.organization_id
