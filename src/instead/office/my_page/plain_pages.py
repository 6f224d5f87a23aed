"""What is said when something went wrong on a person's page: light, calm, in their language. Others get the staff's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import csrf, defaults

from instead.office.my_page.own import language_of
from instead.office.my_page.sessions import PATH


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was too old, or that did not come from this browser."""
    if not request.path.startswith(PATH):
        return csrf.csrf_failure(request, reason)
    with translation.override(language_of(request)):
        title, text = (
            _("The page was too old"),
            _("Nothing was done and nothing is lost. Open the page again and press once more."),
        )
        return _plain(request, title, text, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that cannot be read."""
    if not request.path.startswith(PATH):
        return defaults.bad_request(request, exception)
    with translation.override(language_of(request)):
        title, text = _("This could not be read"), _("Nothing was done and nothing is lost. Go back and try again.")
        return _plain(request, title, text, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own mistake."""
    if not request.path.startswith(PATH):
        return defaults.server_error(request)
    with translation.override(language_of(request)):
        title = _("Something went wrong here")
        text = _("It is our mistake, and it is not held against you. Look again in a minute. If it stays, call.")
        return _plain(request, title, text, 500)


def _plain(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    return render(request, "my_page/broken.html", {"title": title, "text": text}, status=status)
