"""The front door: where one lands, and what this is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from instead.office.accounts.home import home_of
from instead.office.accounts.models import User
from instead.office.demonstration.mode import is_demonstration
from instead.office.languages import in_chosen_language


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of who is signed in; a demonstration's first minute; everybody else signs in."""
    user = request.user
    if is_demonstration():
        return redirect("first-page")
    return redirect(home_of(user) if isinstance(user, User) else "login")


@require_safe
@in_chosen_language
def about(request: HttpRequest) -> HttpResponse:
    """What this is, for anybody, in English or Spanish."""
    return render(request, "about.html")


@login_required
@require_safe
def nothing_here(request: HttpRequest) -> HttpResponse:
    """For a role that has no page in this version."""
    return render(request, "nothing_here.html")
