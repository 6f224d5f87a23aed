"""Which office and which health-side body a case belongs to, where nobody has said."""

from __future__ import annotations

from instead.office.accounts.models import Organization, User
from instead.office.errors import Refused


def the_office(user: User | None = None) -> Organization:
    """The prosecutor's office that cases come in for: the bringer's own, else the only one there is."""
    if user is not None and user.organization.kind == Organization.Kind.PROSECUTION:
        return user.organization
    return _the_only(Organization.Kind.PROSECUTION)


def the_health_body() -> Organization:
    """The health-side body that coordinates."""
    return _the_only(Organization.Kind.HEALTH)


def _the_only(kind: Organization.Kind) -> Organization:
    found = list(Organization.objects.filter(kind=kind).order_by("name")[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"there is more than one {kind.label}; say whose it is by signing in there")
    raise Refused(f"there is no {kind.label} yet; add it with: instead office add-person … --kind {kind.value}")
