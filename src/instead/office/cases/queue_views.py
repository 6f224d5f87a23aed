"""The queue's page and its forms: each answers in place, at the case it was about or the next one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases import actions
from instead.office.cases.forms import typed_value
from instead.office.cases.models import Decision
from instead.office.cases.permissions import may_bring_cases, may_see_queue, require
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.queue import FILTERS, queue
from instead.office.errors import Refused
from instead.office.web import signed_in, typed_id
from instead.policy.sentences import OUTCOME_WORDS


def _prosecutor(request: HttpRequest) -> User:
    return require(signed_in(request), may_see_queue)


@login_required
@require_GET
def queue_view(request: HttpRequest) -> HttpResponse:
    """The queue, the case nearest to its first listing first."""
    user, policy = _prosecutor(request), policy_in_force()
    outcome, after = _place(request.GET)
    shown = queue(policy, user.organization, clock.now(), outcome=outcome, after=typed_id(after))
    filters = [(name, OUTCOME_WORDS[name].split(":")[0], shown.counts.get(name, 0)) for name in FILTERS]
    given = {
        "queue": shown,
        "policy": policy,
        "filters": filters,
        "here": after,
        "may_bring": may_bring_cases.test(user),
    }
    return render(request, "cases/queue.html", given)


@login_required
@require_POST
def answer_asked_view(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Answer a fact beside the narrative, and stay at the case."""
    user, policy = _prosecutor(request), policy_in_force()
    decision = get_object_or_404(Decision, pk=decision_id)
    name, typed = request.POST.get("fact", ""), request.POST.get("value", "")

    def answer() -> None:
        if not typed.strip():
            raise Refused("the answer is empty; where nobody knows, say so")
        value = typed_value(policy.vocabulary[name], typed) if name in policy.vocabulary else typed
        after = actions.answer_asked(decision_id, name, value, policy, actor=user, at=clock.now())
        messages.success(request, f"Answered. The policy now says: {OUTCOME_WORDS[after.outcome]}.")

    return _done(request, answer, decision.case_id)


@login_required
@require_POST
def confirm_here_view(request: HttpRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Confirm a decision in the queue, and go on to the next case."""
    user = _prosecutor(request)
    decision = get_object_or_404(Decision, pk=decision_id)
    case = reverse("case", args=[decision.case_id])

    def confirm() -> None:
        actions.confirm(decision_id, actor=user, at=clock.now())
        said = 'Confirmed. It can be undone until the offer is out: <a href="{}">open the case</a>.'
        messages.success(request, format_html(said, case))

    return _done(request, confirm, typed_id(request.POST.get("next", "")))


@login_required
@require_POST
def confirm_many_view(request: HttpRequest) -> HttpResponse:
    """Confirm the ticked decisions of the queue."""
    user = _prosecutor(request)
    ticked = {found for text in request.POST.getlist("decision") if (found := typed_id(text)) is not None}
    refused = actions.confirm_many(sorted(ticked), actor=user, at=clock.now())
    if not ticked:
        messages.error(request, "No case was ticked.")
    else:
        messages.success(request, f"Confirmed: {len(ticked) - len(refused)} of {len(ticked)} ticked.")
    for reason in dict.fromkeys(reason for _, reason in refused):
        count = sum(1 for _, other in refused if other == reason)
        messages.error(request, f"Not done for {count}: {reason}.")
    return redirect(_address(request.POST, None))


def _done(request: HttpRequest, act: Callable[[], None], at_case: uuid.UUID | None) -> HttpResponse:
    """Do something that says itself what it did, and go back to where the queue was, at a case."""
    try:
        act()
    except Refused as refused:
        messages.error(request, f"Not done: {refused}.")
    return redirect(_address(request.POST, at_case))


def _place(sent: QueryDict) -> tuple[str, str]:
    """The filter and the case that the page follows, as far as they can be ones."""
    outcome, after = sent.get("outcome", ""), sent.get("after", "")
    found = typed_id(after)
    return outcome if outcome in FILTERS else "", str(found) if found else ""


def _address(sent: QueryDict, at_case: uuid.UUID | None) -> str:
    outcome, after = _place(sent)
    asked = urlencode({name: value for name, value in (("outcome", outcome), ("after", after)) if value})
    return reverse("queue") + (f"?{asked}" if asked else "") + (f"#case-{at_case}" if at_case else "")
