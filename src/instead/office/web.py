"""What the views of every room share: who is there, doing something and saying how it went, reading what was typed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from instead.office.accounts.models import User
from instead.office.errors import Refused


def signed_in(request: HttpRequest) -> User:
    """Who is signed in. Behind ``login_required`` there always is somebody; else the page is not theirs."""
    if not isinstance(request.user, User):
        raise PermissionDenied("sign in first")
    return request.user


def attempt(request: HttpRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    """Do something and go ``back`` to an address, with what was done or why it could not be."""
    try:
        act()
    except Refused as refused:
        messages.error(request, f"Not done: {refused}.")
    else:
        messages.success(request, said)
    return redirect(back)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page of this office that a form says it was on, else ``otherwise``; never another site."""
    asked = request.POST.get("back", "")
    return asked if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else otherwise


def typed_date(text: str, what: str) -> dt.date:
    """A date as a form sends it; raises :class:`Refused` where it is none."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(f"{what}: {text[:20]!r} is no date; expected year-month-day, such as 2026-03-31") from None


def maybe_date(text: str, what: str) -> dt.date | None:
    """A date as a form sends it, or None where the field was left empty."""
    return typed_date(text, what) if text.strip() else None


def typed_moment(text: str, what: str) -> dt.datetime:
    """A day and an hour as a form sends them, where the office is; raises :class:`Refused` where it is none."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(f"{what}: {text[:30]!r} is no day and hour; expected such as 2026-03-31T09:30") from None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def typed_id(text: str) -> uuid.UUID | None:
    """An id as a form sends it, or None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
