"""How people sign in: a user name with a password, then a code from the phone. Nobody signs up; they are added."""

from __future__ import annotations

import time
import uuid
from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse

from instead.office.accounts.home import home_of
from instead.office.accounts.models import User

#: For how many seconds who has just signed in may change how they sign in without being asked again.
JUST_NOW = 300


class OfficeBackend(AuthenticationBackend):
    """Passwords, as allauth checks them; the organization comes with the person, since every page shows it."""

    def get_user(self, user_id: uuid.UUID | str) -> User | None:
        user = User.objects.select_related("organization").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """The office's answers to what allauth asks about accounts."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "This name and password do not belong together.",
        "too_many_login_attempts": "Too many tries that failed. Wait five minutes, then try again.",
        "enter_current_password": "This is not your present password.",
        "incorrect_password": "This is not your password.",
        "account_inactive": "This account is closed.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's name
        """Nobody makes an account for themselves."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page of whoever has signed in."""
        return home_of(request.user) if isinstance(request.user, User) else reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the page about one's account."""
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **more: object) -> bool:
        """Whether one is asked again who one is. Signing in just now is answer enough."""
        records = get_authentication_records(self.request, self.request.user)
        just_now = any(time.time() - record["at"] < JUST_NOW for record in records)
        return bool(super().is_reauthentication_required(app=app, **more)) and not just_now


class SecondStepAdapter(DefaultMFAAdapter):
    """The office's answers to what allauth asks about codes."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. Codes change every 30 seconds: wait for the next one.",
    }

    def get_totp_label(self, user: User) -> str:
        """What the phone shows beside the code: the user name, never a mail address."""
        return user.get_username()
