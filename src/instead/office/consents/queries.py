"""What the prosecution side knows of treatment: what was told by a consent that still stands, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from instead.office.cases.models import Case
from instead.office.consents.actions import standing
from instead.office.consents.models import Consent, Disclosure
from instead.office.consents.wall import ForOffice, for_office
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day


@dataclass(frozen=True, slots=True)
class Known:
    """What was told last, and when. ``facts`` is None where nothing may be shown: no consent, or nothing told yet."""

    consent: bool
    facts: ForOffice | None
    told_at: dt.datetime | None


def known_to(recipient: Consent.Recipient, case: Case, at: dt.datetime) -> Known:
    """What a recipient on the prosecution or the defense side may see of treatment now."""
    consent = standing(case, recipient, at)
    if consent is None:
        return Known(False, None, None)
    kinds = (Disclosure.Kind.FOUR_FACTS, Disclosure.Kind.OTHER_CONDITION)
    last = Disclosure.objects.filter(consent=consent, kind__in=kinds).order_by("-at", "-pk").first()
    return Known(True, for_office(last.kind, last.told) if last else None, last.at if last else None)


def consents_of(case: Case) -> list[Consent]:
    """Every consent of a case, for the person, counsel and the health side."""
    return list(Consent.objects.filter(case=case).select_related("recipient_organization"))


def consents_of_person(person: Person, at: dt.datetime) -> list[Consent]:
    """Every consent of somebody that stands, with a case or still without: what can be taken back."""
    open_ones = Consent.objects.filter(person=person, revoked_at__isnull=True, ended_at__isnull=True)
    today = office_day(at)
    return [one for one in open_ones.select_related("recipient_organization") if one.stands(at, today)]
