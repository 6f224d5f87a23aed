"""Which page is open in a browser: by a cookie of its own, apart from the sign-in of the staff.

The cookie goes to the person's pages alone, no script can read it, and it holds a random key and nothing else.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from instead.office.my_page.actions import Opened, end_of, open_page
from instead.office.my_page.models import OpenPage
from instead.office.my_page.secrets import matching, new_secret
from instead.office.people.models import Person

#: Where the person's pages are; the cookies go nowhere else.
PATH: Final = "/my/"
PAGE: Final = "page"
MARK: Final = "mark"
LANGUAGE: Final = "language"
#: A page is written down as touched at most this often.
_TOUCH: Final = dt.timedelta(minutes=1)


def page_in(request: HttpRequest, at: dt.datetime) -> OpenPage | None:
    """The page that is open in this browser, and touched by this."""
    key = request.COOKIES.get(PAGE, "")
    if not key:
        return None
    found = OpenPage.objects.filter(matches=matching("page", key), closed_at__isnull=True, ends_at__gt=at)
    page = found.select_related("person").first()
    if page is not None and end_of(page.own_phone, at) - page.ends_at >= _TOUCH:
        page.ends_at = end_of(page.own_phone, at)
        OpenPage.objects.filter(pk=page.pk, closed_at__isnull=True).update(ends_at=page.ends_at)
    return page


def keep(response: HttpResponse, opened: Opened) -> HttpResponse:
    """Let the browser keep the key of a page: for days on one's own phone, else until the browser closes."""
    lasts = opened.page.ends_at - opened.page.opened_at if opened.page.own_phone else None
    _set(response, PAGE, opened.key, lasts)
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the key."""
    response.delete_cookie(PAGE, path=PATH, samesite="Lax")
    return response


def open_for(response: HttpResponse, person: Person, *, at: dt.datetime) -> HttpResponse:
    """Open the page of a person in this browser without link or card: for a demonstration."""
    return keep(response, open_page(person, OpenPage.By.CARD, own_phone=False, at=at))


def marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a browser a random mark that says nothing about it, so that a link pressed twice is one use."""
    if not request.COOKIES.get(MARK):
        _set(response, MARK, new_secret(), None)
    return response


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """Let the browser keep the language of the page."""
    _set(response, LANGUAGE, language, dt.timedelta(days=365))
    return response


def _set(response: HttpResponse, name: str, value: str, lasts: dt.timedelta | None) -> None:
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(name, value, max_age=lasts, path=PATH, secure=secure, httponly=True, samesite="Lax")
