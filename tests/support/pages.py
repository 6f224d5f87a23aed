"""Opening pages and sending forms as somebody of an office, at the hour of a journey."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.models import Organization, User
from support.journey import Journey
from support.office import SIDES, somebody


@contextmanager
def signed_in(user: User, journey: Journey) -> Iterator[Client]:
    """Somebody's browser while it is the hour of the journey."""
    client = Client()
    client.force_login(user)
    with clock.another_clock(lambda: journey.at):
        yield client


class Desk:
    """A person at work on one journey: the pages they open and the forms they send."""

    def __init__(self, user: User, journey: Journey) -> None:
        self.user, self.journey = user, journey

    def opens(self, name: str, *args: object, **query: str) -> str:
        """The words of a page as they are read, in one line."""
        with signed_in(self.user, self.journey) as client:
            answer = client.get(reverse(name, args=args), query)
        assert answer.status_code == 200, answer.status_code
        return words(answer.content.decode())

    def sends(self, name: str, *args: object, **fields: str) -> str:
        """Send a form and read the page that follows."""
        with signed_in(self.user, self.journey) as client:
            answer = client.post(reverse(name, args=args), fields, follow=True)
        assert answer.status_code == 200, answer.status_code
        return words(answer.content.decode())

    def case(self) -> str:
        """The page of the journey's case."""
        return self.opens("case", self.journey.case.id)


def words(page: str) -> str:
    """A page without its tags, with plain spaces and none before a comma."""
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    return re.sub(r" ([,.:;?)])", r"\1", text)


def stranger(role: User.Role) -> User:
    """Somebody of the same role in another organization of the same kind."""
    home = Organization.objects.create(name=f"another {SIDES[role]}", kind=SIDES[role])
    return somebody(role, f"strange-{role}", home)
