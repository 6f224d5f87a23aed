"""The verbs about the ways in: make a link or a card, open the page with one, close it.

What is made is given back once, to be shown or sent; what is kept of it opens nothing. The ledger says who made or
opened something, and never what it was.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.accounts.models import User
from instead.office.cases.permissions import require
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.my_page.codes import grouped, new_code, person_of_code
from instead.office.my_page.links import Worth, link_of, worth_of
from instead.office.my_page.models import Card, Link, OpenPage
from instead.office.my_page.permissions import may_make_way, may_see_way
from instead.office.my_page.secrets import matching, new_secret
from instead.office.my_page.tries import Door, guessing
from instead.office.people.models import Person
from instead.office.tasks.clocks import number_of
from instead.office.tasks.moves import locked

#: In which the browser that spent a link may press its button again: a slow phone, a double tap.
AGAIN = dt.timedelta(minutes=2)


class LinkOver(Refused):
    """The link opens nothing any more, or never did; ``worth`` is why."""

    def __init__(self, worth: Worth) -> None:
        super().__init__(f"this link is {worth.value}")
        self.worth = worth


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that was opened, and the key for the cookie: it is kept nowhere else."""

    page: OpenPage
    key: str


def issue_link(person: Person, *, actor: User, at: dt.datetime, to_be_sent: bool = False) -> str:
    """Make a link in place of any before; gives its secret part, once.

    ``to_be_sent`` is for who may not see it: the caller sends it to the person and shows it to nobody.
    """
    require(actor, may_make_way if to_be_sent else may_see_way, person)
    secret = new_secret()
    with transaction.atomic():
        locked(Person, person.pk)
        Link.objects.filter(person=person, spent_at__isnull=True, replaced_at__isnull=True).update(replaced_at=at)
        link = Link.objects.create(
            person=person,
            matches=matching("link", secret),
            made_at=at,
            made_as=actor.role,
            made_by=actor,
            expires_at=at + dt.timedelta(days=number_of("link_days", at)),
        )
        payload = {"link": str(link.pk), "as": actor.role, "shown": not to_be_sent}
        record("page link made", actor=actor, at=at, subject=person.pk, payload=payload)
    return secret


def issue_card(person: Person, *, actor: User, at: dt.datetime) -> str:
    """Make a card in place of the one before; gives its code as printed, once."""
    require(actor, may_see_way, person)
    code = new_code()
    with transaction.atomic():
        locked(Person, person.pk)
        Card.objects.filter(person=person, replaced_at__isnull=True).update(replaced_at=at)
        card = Card.objects.create(
            person=person, matches=matching("card", code), made_at=at, made_as=actor.role, made_by=actor
        )
        payload = {"card": str(card.pk), "as": actor.role}
        record("page card made", actor=actor, at=at, subject=person.pk, payload=payload)
    return grouped(code)


def open_with_link(secret: str, *, browser: str, place: str, at: dt.datetime) -> Opened:
    """Spend a link and open the page. Raises :class:`LinkOver`; pressing twice in one browser is one use."""
    with guessing(Door.LINK, place, at) as guess:
        link = link_of(secret)
        guess.right = link is not None
    if link is None:
        raise LinkOver(Worth.UNKNOWN)
    mark = matching("browser", browser)
    with transaction.atomic():
        standing = Link.objects.filter(pk=link.pk, spent_at__isnull=True, replaced_at__isnull=True, expires_at__gt=at)
        if not standing.update(spent_at=at, spent_by=mark):
            link.refresh_from_db()
            again = link.spent_at is not None and link.spent_by == mark and at - link.spent_at <= AGAIN
            if not (browser and again):
                raise LinkOver(worth_of(link, at))
        return open_page(link.person, OpenPage.By.LINK, own_phone=True, at=at)


def open_with_code(typed: str, *, own_phone: bool, place: str, at: dt.datetime) -> Opened | None:
    """Open the page with a card's code; nothing where the code is wrong. Raises ``TooManyTries``."""
    person = person_of_code(typed, at, place=place, door=Door.CODE)
    return open_page(person, OpenPage.By.CARD, own_phone=own_phone, at=at) if person else None


def open_page(person: Person, by: OpenPage.By, *, own_phone: bool, at: dt.datetime) -> Opened:
    """Open the page of a person whom somebody has made sure of."""
    key = new_secret()
    with transaction.atomic():
        page = OpenPage.objects.create(
            person=person,
            matches=matching("page", key),
            by=by,
            own_phone=own_phone,
            opened_at=at,
            ends_at=end_of(own_phone, at),
        )
        payload = {"page": str(page.pk), "by": by.value, "own_phone": own_phone}
        record("page opened", actor=person, at=at, subject=person.pk, payload=payload)
    return Opened(page, key)


def end_of(own_phone: bool, at: dt.datetime) -> dt.datetime:
    """Until when a page stays open that is touched now."""
    if own_phone:
        return at + dt.timedelta(days=number_of("page_days", at))
    return at + dt.timedelta(minutes=number_of("page_minutes", at))


def close_page(page: OpenPage, *, at: dt.datetime) -> None:
    """Close one page; closing it again changes nothing."""
    with transaction.atomic():
        if OpenPage.objects.filter(pk=page.pk, closed_at__isnull=True).update(closed_at=at):
            payload = {"page": str(page.pk)}
            record("page closed", actor=page.person, at=at, subject=page.person_id, payload=payload)


def close_everywhere(person: Person, *, doer: Doer, at: dt.datetime) -> int:
    """Close every open page of a person, as for a lost phone; the link that is out opens nothing either."""
    own = doer.person is not None and doer.person.pk == person.pk
    if not own and (doer.user is None or not may_see_way.test(doer.user, person)):
        raise PermissionDenied("This is not yours to do.")
    with transaction.atomic():
        locked(Person, person.pk)
        closed = OpenPage.objects.filter(person=person, closed_at__isnull=True).update(closed_at=at)
        out = Link.objects.filter(person=person, spent_at__isnull=True, replaced_at__isnull=True)
        links = out.update(replaced_at=at)
        payload = {"pages": closed, "links": links, "as": doer.role}
        record("pages closed everywhere", actor=doer.actor, at=at, subject=person.pk, payload=payload)
    return closed
