"""The pages of a demonstration: the first minute, the bar that switches roles and moves the clock, the tour."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Final

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.home import home_of
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.demonstration.actions import move_clock
from instead.office.demonstration.cast import CAST
from instead.office.demonstration.first_page import VOICES, last_night, same_arrest
from instead.office.demonstration.guide import THE_PERSON, Step, a_case, next_step
from instead.office.demonstration.mode import is_demonstration
from instead.office.demonstration.pages import page_of
from instead.office.errors import Refused
from instead.office.my_page import sessions
from instead.office.web import typed_id

_BACKEND: Final = "instead.office.accounts.sign_in.OfficeBackend"
TOUR: Final = "tour"
View = Callable[[HttpRequest], HttpResponse]


def only_in_a_demonstration(view: View) -> View:
    """In an office these addresses are not there."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not is_demonstration():
            raise Http404
        return view(request)

    return guarded


@require_GET
@only_in_a_demonstration
def first_page(request: HttpRequest) -> HttpResponse:
    """The first minute."""
    voice = request.GET.get("policy", "")
    voice = voice if voice in VOICES else next(iter(VOICES))
    night = last_night(voice)
    chosen = typed_id(request.GET.get("case", ""))
    dots = [dot for _, _, found in night.rows for dot in found]
    context = {
        "sides": same_arrest(),
        "voices": VOICES,
        "voice": voice,
        "night": night,
        "chosen": next((dot for dot in dots if dot.case.pk == chosen), None),
    }
    return render(request, "demonstration/first_page.html", context)


@require_POST
@only_in_a_demonstration
def role_view(request: HttpRequest) -> HttpResponse:
    """Take the place of somebody of the cast."""
    username = request.POST.get("username", "")
    if username not in {part.username for part in CAST}:
        raise Http404("nobody of that name is in the demonstration")
    user = _be(request, username)
    return redirect(home_of(user))


@require_POST
@only_in_a_demonstration
def clock_view(request: HttpRequest) -> HttpResponse:
    """Move the clock on."""
    try:
        now = move_clock(request.POST.get("step", ""))
    except Refused as refused:
        messages.error(request, f"Not done: {refused}.")
    else:
        messages.success(request, f"It is {now:%A, %B} {now.day} now. What was due meanwhile has happened.")
    return redirect(_back(request))


@require_POST
@only_in_a_demonstration
def tour_view(request: HttpRequest) -> HttpResponse:
    """Begin the tour with a case that waits, or end it."""
    if "end" in request.POST:
        request.session.pop(TOUR, None)
        return redirect("first-page")
    case = _case(request.POST.get("case", "")) or a_case()
    if case is None:
        messages.error(request, "No case waits for an offer now. Move the clock, or make the demonstration anew.")
        return redirect("first-page")
    return _go(request, case)


@require_POST
@only_in_a_demonstration
def tour_next_view(request: HttpRequest) -> HttpResponse:
    """Do the step that the page showed, unless the visitor has done it on the page already; then go to the next one."""
    case = _case(request.session.get(TOUR, ""))
    if case is None:
        return redirect("first-page")
    step = next_step(case)
    if step.act is not None and step.stage == request.POST.get("stage"):
        try:
            for _ in range(step.days_first):
                move_clock("day")
            now = clock.now()
            step.act(now)
        except Refused as refused:
            messages.error(request, f"Not done: {refused}.")
        case = Case.objects.get(pk=case.pk)
    return _go(request, case)


def _go(request: HttpRequest, case: Case) -> HttpResponse:
    """To the page where the next step is taken, as the person who takes it."""
    step = next_step(case)
    if step.who == THE_PERSON:
        logout(request)
        request.session[TOUR] = str(case.pk)
        return sessions.open_for(redirect(page_of(step, case)), case.person, at=clock.now())
    if not isinstance(request.user, User) or request.user.username != step.who:
        _be(request, step.who)
    request.session[TOUR] = str(case.pk)
    return redirect(page_of(step, case))


def _be(request: HttpRequest, username: str) -> User:
    """Sign in as somebody of the cast; the tour goes on in the new session."""
    tour = request.session.get(TOUR)
    user = User.objects.get(username=username)
    login(request, user, backend=_BACKEND)
    if tour:
        request.session[TOUR] = tour
    return user


def _case(typed: str) -> Case | None:
    found: uuid.UUID | None = typed_id(typed)
    return Case.objects.filter(pk=found).first() if found else None


def _back(request: HttpRequest) -> str:
    """The page that a form was on, when it is one of ours."""
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if ours else "first-page"


def tour_step(request: HttpRequest) -> tuple[Case, Step] | None:
    """The case and the step of the tour that this visitor is on."""
    case = _case(request.session.get(TOUR, "")) if hasattr(request, "session") else None
    return (case, next_step(case)) if case else None
