"""Opening a case for somebody: who is signed in, the case, and whether it is theirs."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rules.predicates import Predicate

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_work_on_case, require
from instead.office.web import signed_in


def opened(request: HttpRequest, case_id: uuid.UUID, may: Predicate = may_work_on_case) -> tuple[User, Case]:
    """Who is signed in and the case; not found where there is none, ``PermissionDenied`` where it is not theirs."""
    user = signed_in(request)
    case = get_object_or_404(Case.objects.select_related("person", "counsel"), pk=case_id)
    return require(user, may, case), case
