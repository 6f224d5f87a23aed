"""Counsel's pages: my cases, one case with its explanation, and contesting a fact. All work without JavaScript."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from instead.facts.vocabulary import Fact
from instead.office import clock
from instead.office.cases import contests
from instead.office.cases.forms import typed_value
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.errors import Refused
from instead.office.offers.counsel_list import clients
from instead.office.offers.counsel_queries import counsel_page
from instead.office.offers.counsel_web import form_page, form_view, own_case, the_counsel, typed_page


@login_required
@require_GET
def cases_view(request: HttpRequest) -> HttpResponse:
    """The clients of counsel's own organization, the nearest date first."""
    user = the_counsel(request)
    closed, mine = request.GET.get("show") == "closed", "mine" in request.GET
    found = clients(user, clock.now(), closed=closed, mine=mine, page=typed_page(request))
    return render(request, "counsel/cases.html", {"clients": found})


@login_required
@require_GET
def case_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case: where it stands, the report, the decision and every rule, and what can be contested."""
    _, case = own_case(request, case_id)
    page = counsel_page(case, policy_in_force(), clock.now())
    return render(request, "counsel/case.html", {"page": page, "head": page.head, "here": "case"})


@login_required
@form_view
def contest_view(request: HttpRequest, case_id: uuid.UUID, fact_name: str) -> HttpResponse:
    """Say that a fact is otherwise, and why. It keeps its value until a prosecutor has answered."""
    user, case = own_case(request, case_id)
    policy, at = policy_in_force(), clock.now()
    fact = policy.vocabulary.facts.get(fact_name)
    if fact is None:
        raise Http404("no such fact")

    def contest() -> None:
        value, reason = _claimed(fact, request.POST.get("value", "")), request.POST.get("reason", "")
        contests.contest(case.pk, fact.name, value, reason, policy, actor=user, at=at)

    def context() -> dict[str, object]:
        page = counsel_page(case, policy, at)
        line = page.facts[fact.name]
        earlier = [one for one in page.contests if one.contest.fact == fact.name]
        return {"page": page, "head": page.head, "here": "case", "fact": fact, "line": line, "earlier": earlier}

    said = "Contested. The office answers with a reason; the fact keeps its value until then."
    return form_page(request, "counsel/contest.html", context, contest, said, reverse("counsel-case", args=[case.pk]))


def _claimed(fact: Fact, typed: str) -> object:
    """What counsel says the fact is; leaving it empty is a slip and not "unknown"."""
    if not typed.strip():
        raise Refused("say what it is, in your words; choose “not known” if that is what you say")
    return typed_value(fact, typed)
