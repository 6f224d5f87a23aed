"""Who may make a way to a person's page, and who may see it.

Whoever sees a link or a code could open the page, which shows place and appointment. So nobody on the prosecution side
sees one: an administrator there may have a link sent to the person, and no more.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.predicates import predicate

from instead.office.accounts.models import Organization, User
from instead.office.accounts.permissions import is_administrator
from instead.office.notices.permissions import (
    cares_for_person,
    coordinates_person,
    defends_person,
    prosecutes_person,
    works_for,
)


@predicate
def on_the_prosecution_side(user: User | AnonymousUser) -> bool:
    """Belongs to a prosecutor's office."""
    return isinstance(user, User) and user.organization.kind == Organization.Kind.PROSECUTION


_administers = is_administrator & (coordinates_person | defends_person | cares_for_person | prosecutes_person)

may_make_way = works_for | _administers
may_see_way = works_for | (_administers & ~on_the_prosecution_side)
