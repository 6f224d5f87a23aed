"""Where somebody lands after signing in."""

from __future__ import annotations

from django.urls import reverse

from instead.office.accounts.models import User
from instead.office.navigation import links_for


def home_of(user: User) -> str:
    """The first page of ``user``: the first link of their navigation, or the page that says that there is none."""
    links = links_for(user, path="")
    return links[0].address if links else reverse("nothing-here")
