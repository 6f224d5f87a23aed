"""What every view of the person's own page shares: the open page, the language, and how something went."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from instead.office import clock
from instead.office.accounts.doers import Doer, the_person
from instead.office.errors import Refused
from instead.office.my_page import sessions
from instead.office.my_page.models import OpenPage
from instead.office.people.models import Person
from instead.office.web import typed_id

_Rest = ParamSpec("_Rest")
_Row = TypeVar("_Row", bound=Model)
_KNOWN: Final = dict(settings.LANGUAGES)


@dataclass(slots=True)
class Visit:
    """Somebody looks at their own page."""

    page: OpenPage
    person: Person
    at: dt.datetime
    language: str

    @property
    def doer(self) -> Doer:
        return the_person(self.person)

    def say(self, words: str) -> None:
        """Tell something once, on the next page that is shown."""
        OpenPage.objects.filter(pk=self.page.pk).update(said=words[:300])
        self.page.said = words[:300]

    def heard(self) -> str:
        """What is to be told, once."""
        said = self.page.said
        if said:
            OpenPage.objects.filter(pk=self.page.pk).update(said="")
        return said

    def attempt(self, act: Callable[[], object], said: str, back: str) -> HttpResponse:
        """Do something and go ``back`` to a page, with what was done, or that it could not be."""
        try:
            act()
        except Refused:
            self.say(changed_meanwhile())
        else:
            self.say(said)
        return redirect(back)


def changed_meanwhile() -> str:
    """What is said when something was done already, or moved on while the page was open."""
    return _("Nothing was done just now: it was done already, or things have changed. Look again. If in doubt, call.")


#: The views of the page: with a visit in place of the user.
OwnView = Callable[Concatenate[HttpRequest, Visit, _Rest], HttpResponse]
PlainView = Callable[Concatenate[HttpRequest, _Rest], HttpResponse]


def spoken(view: PlainView[_Rest]) -> PlainView[_Rest]:
    """A view in the language that was chosen; choosing stays, and leaves no trace in the address."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: _Rest.args, **more: _Rest.kwargs) -> HttpResponse:
        wanted = request.GET.get("lang", "")
        if wanted in _KNOWN and request.method == "GET":
            return sessions.speak(redirect(request.path), wanted)
        with translation.override(language_of(request)):
            return view(request, *args, **more)

    return wrapped


def language_of(request: HttpRequest, person: Person | None = None) -> str:
    """The language chosen in this browser, else the person's, else the browser's own."""
    chosen = request.COOKIES.get(sessions.LANGUAGE, "")
    own = person.language if person else translation.get_language_from_request(request)
    return next((one for one in (chosen, own) if one in _KNOWN), settings.LANGUAGE_CODE)


def own(view: OwnView[_Rest]) -> PlainView[_Rest]:
    """A view for whoever has the page open; everybody else is asked for the card's code."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: _Rest.args, **more: _Rest.kwargs) -> HttpResponse:
        at = clock.now()
        page = sessions.page_in(request, at)
        if page is None:
            return sessions.forget(redirect("my-page")) if sessions.PAGE in request.COOKIES else redirect("my-page")
        language = language_of(request, page.person)
        with translation.override(language):
            visit = Visit(page, page.person, at, language)
            try:
                return view(request, visit, *args, **more)
            except (PermissionDenied, Http404):
                return not_here(request)

    return spoken(wrapped)


def show(
    request: HttpRequest, visit: Visit, template: str, more: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of somebody's own."""
    context = {"visit": visit, "said": visit.heard(), **more}
    return render(request, f"my_page/{template}.html", context, status=status)


def not_here(request: HttpRequest) -> HttpResponse:
    """Nothing is at this address, or it is somebody else's: the same words for both."""
    return render(request, "my_page/not_here.html", status=404)


def named(rows: QuerySet[_Row], typed: str) -> _Row:
    """The row that a form or an address names, when it is among these; else nothing is there."""
    wanted = typed_id(typed)
    found = rows.filter(pk=wanted).first() if wanted else None
    if found is None:
        raise Http404
    return found


def place_of(request: HttpRequest) -> str:
    """From where a request comes, for counting tries; behind a proxy on this machine what the proxy says."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return (told if told and _on_this_machine(direct) else direct) or "nowhere"


def _on_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
