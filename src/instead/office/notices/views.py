"""The page about reminders that did not arrive."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.permissions import is_administrator
from instead.office.cases.permissions import require
from instead.office.notices.actions import see_to
from instead.office.notices.models import Reminder
from instead.office.notices.permissions import may_see_reminders
from instead.office.notices.queries import troubles
from instead.office.web import attempt, signed_in


@login_required
@require_GET
def reminders_view(request: HttpRequest) -> HttpResponse:
    """What failed and what nobody knows of; for an administrator without names and dates."""
    user = require(signed_in(request), may_see_reminders)
    shown = {"troubles": troubles(user, clock.now()), "only_what_broke": is_administrator.test(user)}
    return render(request, "notices/reminders.html", shown)


@login_required
@require_POST
def see_to_view(request: HttpRequest, reminder_id: uuid.UUID) -> HttpResponse:
    """Somebody has seen to one."""
    user = require(signed_in(request), may_see_reminders)
    if not Reminder.objects.filter(pk=reminder_id).exists():
        raise Http404("no such reminder")
    act = partial(see_to, reminder_id, actor=user, at=clock.now())
    return attempt(request, act, "Seen to. It was not sent again.", reverse("reminders"))
