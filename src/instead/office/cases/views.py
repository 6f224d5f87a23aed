"""The charging prosecutor's pages. Every page works without JavaScript; every change is a form that is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases import actions
from instead.office.cases.case_file import case_file
from instead.office.cases.forms import typed_value
from instead.office.cases.models import Case, Confirmation, Decision
from instead.office.cases.permissions import may_see_queue, may_work_on_case, require
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.web import attempt


def _prosecutor(request: HttpRequest) -> User:
    """The signed-in prosecutor; anybody else is told that the page is not theirs."""
    user = request.user
    if not isinstance(user, User) or not may_see_queue.test(user):
        raise PermissionDenied("this page is for charging prosecutors")
    return user


@login_required
@require_GET
def case_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case: the next step, then its parts, the most urgent first."""
    user = _prosecutor(request)
    try:
        file = case_file(case_id, policy_in_force(), clock.now())
    except Case.DoesNotExist:
        raise Http404("no such case") from None
    require(user, may_work_on_case, file.case)
    return render(request, "cases/case.html", {"file": file, "page": file.page, "policy": policy_in_force()})


def _done(request: HttpRequest, case_id: uuid.UUID, act: Callable[[], object], said: str) -> HttpResponse:
    """Do something and return to the case."""
    return attempt(request, act, said, reverse("case", args=[case_id]))


@login_required
@require_POST
def answer_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Answer one fact."""
    user, policy = _prosecutor(request), policy_in_force()
    get_object_or_404(Case, pk=case_id)
    name = request.POST.get("fact", "")
    typed = request.POST.get("value", "")
    value = typed_value(policy.vocabulary[name], typed) if name in policy.vocabulary else typed
    answer = partial(actions.answer_fact, case_id, name, value, policy, actor=user, at=clock.now())
    return _done(request, case_id, answer, "Answered, and the case was screened again.")


@login_required
@require_POST
def confirm_view(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Confirm the decision that was on the page."""
    user = _prosecutor(request)
    decision = get_object_or_404(Decision, pk=decision_id)
    return _done(
        request,
        decision.case_id,
        lambda: actions.confirm(decision_id, actor=user, at=clock.now()),
        "Confirmed. It can be undone until the offer is out.",
    )


@login_required
@require_POST
def override_view(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Choose another outcome, with a reason."""
    user = _prosecutor(request)
    decision = get_object_or_404(Decision, pk=decision_id)
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
    return _done(
        request,
        decision.case_id,
        lambda: actions.override(decision_id, outcome, reason, actor=user, at=clock.now()),
        "Overridden, with your reason on record.",
    )


@login_required
@require_POST
def undo_view(request: HttpRequest, confirmation_id: int) -> HttpResponse:
    """Undo a confirmation."""
    user = _prosecutor(request)
    taken = get_object_or_404(Confirmation.objects.select_related("decision"), pk=confirmation_id)
    undo = partial(actions.undo, confirmation_id, actor=user, at=clock.now())
    return _done(request, taken.decision.case_id, undo, "Undone.")
