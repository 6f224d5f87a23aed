"""Where somebody lands after signing in."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from instead.office.accounts.models import User
from instead.office.accounts.permissions import is_prosecutor


def home_of(user: User) -> str:
    """The address of the first page of ``user``: the queue for a prosecutor, what is due today for everybody else."""
    if is_prosecutor.test(user):
        return reverse("queue")
    try:
        return reverse("today")
    except NoReverseMatch:
        return reverse("nothing-here")
