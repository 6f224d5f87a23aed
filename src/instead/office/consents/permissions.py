"""Who may take a consent or tell something because of one. Never the prosecution side."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import Doer
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_coordinate, may_defend
from instead.office.people.models import Person

#: The person, counsel, and the health side; a desk of any provider can take a consent or have it taken back.
TAKERS: Final = frozenset({"person", "defense_counsel", "coordinator", "provider_staff", "peer"})
TELLERS: Final = frozenset({"person", "defense_counsel", "coordinator", "provider_staff", "program"})


def may_take_consent(doer: Doer, person: Person, case: Case | None) -> None:
    """Raises ``PermissionDenied`` unless this is the person, their counsel, or somebody of the health side."""
    if doer.role == "person" and doer.person is not None and doer.person.pk == person.pk:
        return
    _require(doer, TAKERS - {"person"}, case)


def may_tell(doer: Doer, case: Case) -> None:
    """Raises ``PermissionDenied`` unless this doer may pass something on about the case."""
    if doer.role == "person" and doer.person is not None and doer.person.pk == case.person_id:
        return
    if doer.role == "program":
        return
    _require(doer, TELLERS - {"person", "program"}, case)


def _require(doer: Doer, roles: frozenset[str], case: Case | None) -> None:
    user = doer.user
    allowed = user is not None and user.is_active and user.role == doer.role and doer.role in roles
    if allowed and doer.role == "defense_counsel":
        allowed = case is not None and may_defend.test(user, case)
    if allowed and doer.role == "coordinator" and case is not None:
        allowed = may_coordinate.test(user, case)
    if not allowed:
        raise PermissionDenied("This is not yours to do.")
