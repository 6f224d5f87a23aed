"""The ways in, the first page, and the way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instead.office import clock
from instead.office.my_page import sessions
from instead.office.my_page.actions import LinkOver, close_everywhere, close_page, open_with_code, open_with_link
from instead.office.my_page.codes import read_code
from instead.office.my_page.home import matters_of
from instead.office.my_page.links import Worth, link_of, worth_of
from instead.office.my_page.own import Visit, not_here, own, place_of, show, spoken
from instead.office.my_page.places import open_now
from instead.office.my_page.tries import Door, TooManyTries, guessing
from instead.office.tasks.clocks import number_of, office_day


@spoken
@require_safe
def link_view(request: HttpRequest, secret: str) -> HttpResponse:
    """A page with one button. Fetching it spends nothing: a phone looks at a link before anybody presses it."""
    at = clock.now()
    try:
        with guessing(Door.LINK, place_of(request), at) as guess:
            link = link_of(secret)
            guess.right = link is not None
    except TooManyTries as many:
        return _too_many(request, many)
    worth = worth_of(link, at)
    if worth is Worth.SPENT and sessions.page_in(request, at) is not None:
        return redirect("my-page")
    if worth is not Worth.GOOD:
        return _over(request, worth)
    return sessions.marked(request, render(request, "my_page/link.html", {"secret": secret}))


@spoken
@require_POST
def open_view(request: HttpRequest) -> HttpResponse:
    """Open the page: with the button under a link, or with a card's code."""
    secret = request.POST.get("link", "")
    try:
        return _with_link(request, secret) if secret else _with_code(request)
    except TooManyTries as many:
        return _too_many(request, many)


def _with_link(request: HttpRequest, secret: str) -> HttpResponse:
    at = clock.now()
    browser = request.COOKIES.get(sessions.MARK, "")
    try:
        opened = open_with_link(secret, browser=browser, place=place_of(request), at=at)
    except LinkOver as over:
        if over.worth is Worth.SPENT and sessions.page_in(request, at) is not None:
            return redirect("my-page")
        return _over(request, over.worth)
    return _opened(request, sessions.keep(redirect("my-page"), opened))


def _with_code(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("code", "")[:60]
    own_phone = request.POST.get("own_phone") == "yes"
    if read_code(typed) is None:
        return _door(
            request, typed, _("This code has a slip in it. It has 10 letters and numbers. Look at each one again.")
        )
    opened = open_with_code(typed, own_phone=own_phone, place=place_of(request), at=clock.now())
    if opened is None:
        return _door(request, typed, _("This code opens no page. If you have a newer card, use that one."))
    return _opened(request, sessions.keep(redirect("my-page"), opened))


def _opened(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page that was open in this browser before, perhaps somebody else's, is closed."""
    before = sessions.page_in(request, clock.now())
    if before is not None:
        close_page(before, at=clock.now())
    return response


@spoken
@require_safe
def my_page_view(request: HttpRequest) -> HttpResponse:
    """The first page of whoever has theirs open here; for everybody else, where the card's code is typed."""
    if sessions.page_in(request, clock.now()) is None:
        response = _door(request)
        return sessions.forget(response) if sessions.PAGE in request.COOKIES else response
    return _home(request)


@own
def _home(request: HttpRequest, visit: Visit) -> HttpResponse:
    today = office_day(visit.at)
    shown = {
        "matters": matters_of(visit.person, visit.at),
        "open_now": open_now(visit.at),
        "today": today,
        "now": visit.at,
    }
    return show(request, visit, "home", shown)


@own
@require_POST
def close_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Close my page: here, or wherever it is open."""
    if request.POST.get("everywhere") == "yes":
        close_everywhere(visit.person, doer=visit.doer, at=visit.at)
    else:
        close_page(visit.page, at=visit.at)
    return sessions.forget(render(request, "my_page/closed.html"))


@spoken
@require_http_methods(["GET", "HEAD", "POST"])
def nowhere_view(request: HttpRequest) -> HttpResponse:
    """Every other address below this one."""
    return not_here(request)


def _door(request: HttpRequest, typed: str = "", wrong: str = "") -> HttpResponse:
    at = clock.now()
    shown = {"typed": typed, "wrong": wrong, "open_now": open_now(at), "minutes": number_of("page_minutes", at)}
    return render(request, "my_page/door.html", shown, status=400 if wrong else 200)


def _over(request: HttpRequest, worth: Worth) -> HttpResponse:
    shown = {"worth": worth.value, "open_now": open_now(clock.now())}
    return render(request, "my_page/over.html", shown, status=404)


def _too_many(request: HttpRequest, many: TooManyTries) -> HttpResponse:
    response = render(request, "my_page/too_many.html", {"minutes": many.minutes}, status=429)
    response["Retry-After"] = str(many.minutes * 60)
    return response
