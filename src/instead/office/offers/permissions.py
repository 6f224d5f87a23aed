"""Who may send, answer and meet about an offer."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import Doer
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_defend, require


def may_answer(doer: Doer, case: Case) -> None:
    """The person whose case it is, or counsel; raises ``PermissionDenied`` for everybody else."""
    if doer.person is not None and doer.person.pk == case.person_id:
        return
    if doer.user is None:
        raise PermissionDenied("This is not yours to do.")
    require(doer.user, may_defend, case)
