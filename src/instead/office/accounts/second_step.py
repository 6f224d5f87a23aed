"""The second step of signing in: a code from the phone. Where it is required, nothing else opens before it is set up.

What counts is the session: it passed the step, or it set the step up. A session from before does not become one that
passed because another one set the step up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed, authenticator_used
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from instead.office.accounts.models import User

_KEY = "second_step_of"
#: What opens without the second step: the step itself, who one is, the way out, and what this is.
OPEN = frozenset(
    {
        "about",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "login",
        "logout",
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "totp-qr",
    }
)


def second_step_required() -> bool:
    """Whether this office lets nobody in without the second step."""
    return bool(settings.INSTEAD_REQUIRE_TOTP)


def second_step_done(request: HttpRequest) -> bool:
    """Whether this session has passed the second step, as the person who is signed in."""
    return request.session.get(_KEY) == str(request.user.pk)


def remember(request: HttpRequest, user: User, **_: object) -> None:
    """Receiver, and for the page that sets the step up: a code was right."""
    request.session[_KEY] = str(user.pk)


def forget(request: HttpRequest, authenticator: Authenticator, **_: object) -> None:
    """Receiver: the step was taken away."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(_KEY, None)


def connect() -> None:
    """Listen to allauth."""
    authenticator_used.connect(remember)
    authenticator_removed.connect(forget)


class SecondStepMiddleware:
    """Sends who is signed in without the second step to set it up, or to type the code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Before the view: whether it may be opened now."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or not second_step_required() or not request.user.is_authenticated:
            return None
        if second_step_done(request):
            return None
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            back = urlencode({"next": request.get_full_path() if request.method == "GET" else reverse("home")})
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{back}")
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
