"""The staff's page about the ways to a person's own page: make a link or a card, shown once; close what is open."""

from __future__ import annotations

import uuid
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.cases.permissions import require
from instead.office.letterhead import pdf
from instead.office.letters.parts import CannotBeSaid
from instead.office.my_page.actions import close_everywhere, issue_card, issue_link
from instead.office.my_page.card_sheet import card_sheet
from instead.office.my_page.models import Card, Link, OpenPage
from instead.office.my_page.permissions import may_make_way, may_see_way
from instead.office.my_page.sending import send_link
from instead.office.notices.models import Channel
from instead.office.notices.senders import CannotSend
from instead.office.notices.sending import address_of
from instead.office.people.models import Person
from instead.office.web import attempt, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ways_in_view(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """How a person can get to their page. What is made is shown in this answer and never again."""
    person = get_object_or_404(Person, pk=person_id)
    user = require(signed_in(request), may_make_way, person)
    if request.method == "POST":
        return _do(request, user, person)
    return _page(request, user, person)


def _do(request: HttpRequest, user: User, person: Person) -> HttpResponse:
    make, at = request.POST.get("make", ""), clock.now()
    if make == "link":
        secret = issue_link(person, actor=user, at=at)
        return _page(request, user, person, link=_absolute(request, reverse("my-link", args=[secret])))
    if make == "card":
        code = issue_card(person, actor=user, at=at)
        return _page(request, user, person, code=code, door=_absolute(request, reverse("my-page")))
    if make == "sheet":
        return _sheet(request, user, person)
    if make == "close":
        act = partial(close_everywhere, person, doer=staff(user), at=at)
        return attempt(request, act, "Every open page and the link that was out are closed.", request.path)
    return _send(request, user, person, make)


def _sheet(request: HttpRequest, user: User, person: Person) -> HttpResponse:
    """A new card as a sheet to print. Where it cannot be written, no card is made and the one before stays good."""
    at, door = clock.now(), f"{request.get_host()}{reverse('my-page')}"
    try:
        with transaction.atomic():
            letter = card_sheet(person, issue_card(person, actor=user, at=at), door, at)
    except CannotBeSaid as problem:
        messages.error(request, f"Not done: {problem}.")
        return redirect(request.path)
    return pdf(letter, person.language)


def _send(request: HttpRequest, user: User, person: Person, make: str) -> HttpResponse:
    """Send a link to the number or address on record, shown to nobody here."""
    channel = {"text": Channel.TEXT, "email": Channel.EMAIL}.get(make)
    if channel is None or address_of(person, channel) is None:
        messages.error(request, "Not done: there is no number or address on record that can be right.")
        return redirect(request.path)
    secret = issue_link(person, actor=user, at=clock.now(), to_be_sent=True)
    address = _absolute(request, reverse("my-link", args=[secret]))
    try:
        send_link(person, channel, address)
    except CannotSend as error:
        messages.error(request, f"Not sent: {error}. The link that was made opens nothing you can see; make another.")
    else:
        messages.success(request, "Sent. If it does not arrive, make a new one: the one before then opens nothing.")
    return redirect(request.path)


def _absolute(request: HttpRequest, path: str) -> str:
    """An address for somebody who is elsewhere: over https where the office is reached so, whatever a proxy does."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else request.scheme
    return f"{scheme}://{request.get_host()}{path}"


def _page(request: HttpRequest, user: User, person: Person, **made: str) -> HttpResponse:
    at = clock.now()
    links = Link.objects.filter(person=person).order_by("-made_at", F("replaced_at").desc(nulls_first=True))
    context = {
        "person": person,
        "may_see": may_see_way.test(user, person),
        "link": links.first(),
        "card": Card.objects.filter(person=person, replaced_at=None).first(),
        "open_pages": OpenPage.objects.filter(person=person, closed_at=None, ends_at__gt=at).count(),
        "can_text": address_of(person, Channel.TEXT) is not None,
        "can_email": address_of(person, Channel.EMAIL) is not None,
        "made": made,
        "at": at,
    }
    return render(request, "my_page/ways_in.html", context)
