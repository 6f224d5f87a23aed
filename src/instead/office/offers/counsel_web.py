"""What counsel's views share: whose case it is, and a form that is shown again, as it was typed, with what is wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from instead.office.accounts.models import User
from instead.office.accounts.permissions import is_defense_counsel
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_defend, require
from instead.office.errors import Refused
from instead.office.offers.counsel_words import in_counsels_words
from instead.office.offers.models import Offer

#: What was sent can be read but not done.
UNPROCESSABLE = 422
#: A form that is read by GET and sent by POST.
form_view = require_http_methods(["GET", "HEAD", "POST"])


def the_counsel(request: HttpRequest) -> User:
    """The signed-in defense counsel; anybody else is told that the page is not theirs."""
    user = request.user
    if not isinstance(user, User) or not is_defense_counsel.test(user):
        raise PermissionDenied("this page is for defense counsel")
    return user


def own_case(request: HttpRequest, case_id: uuid.UUID) -> tuple[User, Case]:
    """Counsel, and a case that counsel or a colleague of the same defender defends."""
    user = the_counsel(request)
    case = Case.objects.select_related("person", "office", "health", "counsel__organization").filter(pk=case_id).first()
    if case is None:
        raise Http404("no such case")
    return require(user, may_defend, case), case


def own_offer(request: HttpRequest, offer_id: uuid.UUID) -> tuple[User, Case, Offer]:
    """Counsel, the case and the offer that the address names."""
    the_counsel(request)
    offer = Offer.objects.filter(pk=offer_id).first()
    if offer is None:
        raise Http404("no such offer")
    return *own_case(request, offer.case_id), offer


def form_page(
    request: HttpRequest,
    template: str,
    context: Callable[[], Mapping[str, object]],
    act: Callable[[], object],
    said: str,
    back: str,
) -> HttpResponse:
    """Show a form; do what it asks when it is sent; show it again with every word as typed when that cannot be."""
    error, typed, status = "", {}, 200
    if request.method == "POST":
        try:
            keepable(request)
            act()
        except Refused as refused:
            error, typed, status = in_counsels_words(str(refused)), request.POST.dict(), UNPROCESSABLE
        else:
            messages.success(request, said)
            return redirect(back)
    return render(request, template, {**context(), "error": error, "typed": typed}, status=status)


def keepable(request: HttpRequest) -> None:
    """Refuse text that no database can keep; raises :class:`Refused`."""
    if any("\0" in text for name in request.POST for text in request.POST.getlist(name)):
        raise Refused("the text holds a character that cannot be kept (NUL); take it out and send it again")


def attempt(request: HttpRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    """Do something and go ``back`` to an address, with what was done or, in counsel's words, why it could not be."""
    try:
        keepable(request)
        act()
    except Refused as refused:
        messages.error(request, f"Not done: {in_counsels_words(str(refused))}.")
    else:
        messages.success(request, said)
    return redirect(back)


def typed_page(request: HttpRequest) -> int:
    """The page of a list that an address asks for; the first one where it asks for none that can be."""
    typed = request.GET.get("page", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
