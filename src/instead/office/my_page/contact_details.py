"""What a person may change about themselves: how to be reached, and in which language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from instead.office.accounts.doers import Doer
from instead.office.ledger.actions import record
from instead.office.notices.models import Channel
from instead.office.notices.phone_numbers import read_number
from instead.office.people.models import Person


@dataclass(frozen=True, slots=True)
class Reached:
    """How a person wants to be reached, as typed."""

    phone: str
    email: str
    address: str
    language: str
    ways: tuple[Channel, ...]

    def wrong(self) -> list[str]:
        """What is wrong with it, in words for the person."""
        found = []
        if self.phone and read_number(self.phone) is None:
            found.append(_("This phone number cannot be right. Write it with its area code, such as 215-555-0100."))
        if self.email and not _is_email(self.email):
            found.append(_("This e-mail address cannot be right. Write it like name@example.org."))
        if Channel.TEXT in self.ways and not self.phone:
            found.append(_("For text messages we need a phone number."))
        if Channel.EMAIL in self.ways and not self.email:
            found.append(_("For e-mail we need an e-mail address."))
        if Channel.LETTER in self.ways and not self.address:
            found.append(_("For letters we need an address where mail reaches you."))
        if len(self.address) > 300:
            found.append(_("This address is too long."))
        if self.language not in Person.Language.values:
            found.append(_("Choose English or Spanish."))
        return found


def change_contact(person: Person, to: Reached, *, doer: Doer, at: dt.datetime) -> Person:
    """Put down how the person is reached; the ledger says what changed, not to what."""
    if doer.person is None or doer.person.pk != person.pk:
        raise PermissionDenied("This is not yours to do.")
    new = {"phone": to.phone, "email": to.email, "address": to.address, "language": to.language}
    with transaction.atomic():
        changed = sorted(name for name, value in new.items() if getattr(person, name) != value)
        if changed:
            Person.objects.filter(pk=person.pk).update(**new)
            person.refresh_from_db()
            record("contact changed", actor=doer.actor, at=at, subject=person.pk, payload={"changed": changed})
    return person


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
