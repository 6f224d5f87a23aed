"""Today, per role; handing work on; seeing somebody off."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases.permissions import require
from instead.office.errors import Refused
from instead.office.tasks import actions
from instead.office.tasks.links import address_of
from instead.office.tasks.models import Task
from instead.office.tasks.permissions import may_see_off, may_see_today
from instead.office.tasks.queries import When, today
from instead.office.web import attempt, signed_in, typed_id

#: The heading over each kind of urgency, the most urgent first.
HEADINGS = {
    When.OVERDUE: "Overdue",
    When.TODAY: "Due today",
    When.AT_RISK: "At risk: due within two business days",
    When.LATER: "Later",
    When.STANDS_STILL: "The clock stands still",
}


@login_required
@require_GET
def today_view(request: HttpRequest) -> HttpResponse:
    """The open work of one's role, next deadline first."""
    user = require(request.user, may_see_today)
    typed = request.GET.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 else 1
    work = today(user, clock.now(), page=max(1, page), mine="mine" in request.GET)
    groups = [
        (words, [(line, address_of(line.task)) for line in work.lines if line.when is when], work.counts[when])
        for when, words in HEADINGS.items()
    ]
    colleagues = User.objects.filter(role=user.role, organization=user.organization_id, is_active=True)
    context = {"today": work, "groups": groups, "colleagues": colleagues.order_by("username")}
    return render(request, "tasks/today.html", context)


@login_required
@require_POST
def assign_view(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    """Hand a task to a colleague, or back to all."""
    user = signed_in(request)
    get_object_or_404(Task, pk=task_id)

    def hand_on() -> None:
        actions.assign(task_id, _colleague(request.POST.get("to", "")), actor=user, at=clock.now())

    return attempt(request, hand_on, "Handed on.", reverse("today"))


def _colleague(typed: str) -> User | None:
    if not typed:
        return None
    known = typed_id(typed)
    found = User.objects.filter(pk=known).first() if known else None
    if found is None:
        raise Refused("there is no such colleague")
    return found


@login_required
@require_GET
def people_view(request: HttpRequest) -> HttpResponse:
    """Who works in the administrator's own organization, and how much is assigned to each."""
    user = signed_in(request)
    require(user, may_see_off, user)
    people = User.objects.filter(organization=user.organization_id).order_by("-is_active", "role", "username")
    loads = {person.pk: Task.objects.filter(assigned_to=person, done_at=None).count() for person in people}
    rows = [(person, loads[person.pk], [c for c in people if _can_inherit(c, person)]) for person in people]
    return render(request, "tasks/people.html", {"rows": rows})


def _can_inherit(heir: User, leaver: User) -> bool:
    return heir.is_active and heir.pk != leaver.pk and heir.role == leaver.role


@login_required
@require_POST
def see_off_view(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Close an account and hand its work on."""
    user = signed_in(request)
    leaver = User.objects.filter(pk=user_id).first()
    if leaver is None:
        raise Http404("no such person")

    def leave() -> None:
        actions.see_off(leaver, _colleague(request.POST.get("to", "")), actor=user, at=clock.now())

    return attempt(request, leave, f"{leaver.get_username()} has left; the open work is handed on.", reverse("people"))
