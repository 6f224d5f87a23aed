"""What a clinic says of itself, and who signs in for a door. The clinic's own word comes before every list."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from instead.errors import shown
from instead.office.accounts.models import Organization, User
from instead.office.ledger.actions import record
from instead.office.treatment import permissions
from instead.office.treatment.combining import OFFICE, combine
from instead.office.treatment.errors import Refused
from instead.office.treatment.hours import read_hours
from instead.office.treatment.levels import EDITION, LEVELS
from instead.office.treatment.models import Provider, Service, Statement
from instead.office.treatment.queries import LANGUAGE_NAMES
from instead.office.treatment.said import Said

_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Description:
    """What is offered behind a door, as a clinician of the clinic says it. None and empty: nothing is said.

    ``level`` is one of the ASAM Criteria's 4th edition, chosen by a clinician. Hours are text as people write it.
    """

    title: str
    level: str = ""
    buprenorphine: bool | None = None
    methadone: bool | None = None
    naltrexone: bool | None = None
    languages: tuple[str, ...] = ()
    languages_complete: bool = False
    walk_in: bool | None = None
    hours_text: str = ""
    walk_in_text: str = ""
    only_for: str = ""


def describe_service(
    user: User | AnonymousUser, service: Service, description: Description, *, at: dt.datetime
) -> Service:
    """Keep what the clinic says of one of its services; hours that can mean one thing are read, others stay text."""
    person = permissions.require(user, permissions.may_report_capacity, service)
    said = _said(description)
    with transaction.atomic():
        key = hashlib.sha256(f"{OFFICE}|{service.pk}".encode()).hexdigest()
        kept = {"said": said.as_json(), "service": service}
        Statement.objects.update_or_create(source=OFFICE, key=key, defaults=kept)
        combine(service.provider)
        edition = EDITION if description.level else ""
        Service.objects.filter(pk=service.pk).update(
            level=description.level, level_edition=edition, languages_complete=description.languages_complete
        )
        service.refresh_from_db()
        record("service described", actor=person, at=at, subject=service.pk, payload={})
    return service


def entrust(
    user: User | AnonymousUser, provider: Provider, organization: Organization | None, *, at: dt.datetime
) -> Provider:
    """Say whose staff sign in for a door, or that nobody's do yet."""
    person = permissions.require(user, permissions.may_entrust)
    if organization is not None and organization.kind != Organization.Kind.PROVIDER:
        raise Refused(f"{organization} is a {organization.get_kind_display()}, and no treatment provider")
    with transaction.atomic():
        Provider.objects.filter(pk=provider.pk).update(organization=organization)
        provider.refresh_from_db()
        payload = {"organization": str(organization.pk) if organization else ""}
        record("provider entrusted", actor=person, at=at, subject=provider.pk, payload=payload)
    return provider


def _said(description: Description) -> Said:
    title = description.title.strip()
    if not title or len(title) > _LONGEST_TITLE:
        raise Refused(f"the name of the service is one line of at most {_LONGEST_TITLE} characters")
    if description.level and description.level not in LEVELS:
        raise Refused(f"{shown(description.level)} is no level of the 4th edition; expected {', '.join(LEVELS)}")
    strange = [code for code in description.languages if code not in LANGUAGE_NAMES]
    if strange:
        raise Refused(f"{shown(strange[0])} is no language of the list")
    said = Said(row=1, name="-", title=title)
    said.buprenorphine, said.methadone = description.buprenorphine, description.methadone
    said.naltrexone, said.walk_in = description.naltrexone, description.walk_in
    said.languages = tuple(sorted(description.languages))
    said.hours_text, said.walk_in_text = description.hours_text.strip(), description.walk_in_text.strip()
    said.hours, said.walk_in_hours = read_hours(said.hours_text), read_hours(said.walk_in_text)
    said.only_for = description.only_for.strip()
    if reason := said.unusable():
        raise Refused(reason)
    said.name = ""
    return said
