"""Who may see the office's own numbers, and who may publish."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.predicates import predicate

from instead.office.accounts.models import Organization, User
from instead.office.accounts.permissions import is_administrator, is_analyst, is_prosecutor


@predicate
def at_the_office(user: User | AnonymousUser) -> bool:
    """Somebody of a prosecutor's office."""
    return isinstance(user, User) and user.organization.kind == Organization.Kind.PROSECUTION


may_see_numbers = (is_prosecutor | is_analyst | is_administrator) & at_the_office
may_publish = (is_analyst | is_administrator) & at_the_office
