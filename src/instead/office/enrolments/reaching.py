"""How somebody is reached: numbers and languages that people learn, and the tries, with no word of what was said."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.enrolments.actions import get_locked
from instead.office.enrolments.models import Enrolment, Outreach
from instead.office.enrolments.permissions import allow
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.people.models import Person


@dataclass(frozen=True, slots=True)
class Details:
    """What may be learned about reaching somebody. Name and date of birth only where no case says them."""

    phone: str = ""
    language: str = "en"
    interpreter: str = ""
    name: str = ""
    born: dt.date | None = None


def learn_details(enrolment_id: uuid.UUID, details: Details, *, doer: Doer, at: dt.datetime) -> Person:
    """Write down how somebody is reached. Who somebody in a case is, is not decided at a desk."""
    _readable(details, at)
    with transaction.atomic():
        enrolment = get_locked(enrolment_id)
        allow(doer, enrolment)
        person = enrolment.person
        values: dict[str, object] = {
            "phone": details.phone.strip(),
            "language": details.language,
            "interpreter": details.interpreter.strip(),
        }
        if enrolment.case_id is None:
            values |= {"name": details.name.strip(), "born": details.born}
        changed = sorted(name for name, value in values.items() if getattr(person, name) != value)
        if changed:
            Person.objects.filter(pk=person.pk).update(**values)
            person.refresh_from_db()
            record("details learned", actor=doer.actor, at=at, subject=enrolment.id, payload={"changed": changed})
    return person


def _readable(details: Details, at: dt.datetime) -> None:
    if details.language not in Person.Language.values:
        raise Refused(f"letters are written in English (en) or Spanish (es), not in {details.language[:20]!r}")
    for words, text, most in (
        ("telephone number", details.phone, 40),
        ("interpreter's language", details.interpreter, 60),
        ("name", details.name, 200),
    ):
        if len(text.strip()) > most or any(not character.isprintable() for character in text.strip()):
            raise Refused(f"the {words} is one line of at most {most} characters")
    if details.born is not None and not dt.date(1900, 1, 1) <= details.born <= at.date():
        raise Refused(f"nobody here was born on {details.born}")


def log_try(
    enrolment_id: uuid.UUID, way: Outreach.Way, result: Outreach.Result, *, doer: Doer, at: dt.datetime
) -> Outreach:
    """Keep that somebody tried to reach a person, and how it went."""
    with transaction.atomic():
        enrolment: Enrolment = get_locked(enrolment_id)
        allow(doer, enrolment)
        if doer.user is None:
            raise Refused("a try is made by somebody who signs in")
        tried = Outreach.objects.create(enrolment=enrolment, way=way, result=result, at=at, by=doer.user)
        payload = {"way": way.value, "result": result.value}
        record("tried to reach", actor=doer.actor, at=at, subject=enrolment.id, payload=payload)
    return tried
