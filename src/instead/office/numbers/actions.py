"""The one verb of this room: publish numbers. What was published before is never taken back and never forgotten."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from instead.office.accounts.models import Organization, User
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.numbers.both_sides import ToPublish, to_publish
from instead.office.numbers.keeping import as_json
from instead.office.numbers.models import PublishedRelease
from instead.office.numbers.permissions import may_publish
from instead.office.tasks.clocks import office_day

#: Days between two releases at the least: what changes from one week to the next is single people.
LEAST_DAYS: Final = 28


def publish(*, at: dt.datetime, actor: User) -> PublishedRelease:
    """Count everything up to today, hide what must be hidden beside all that was published before, and publish it."""
    if not may_publish.test(actor):
        raise PermissionDenied("Numbers are published by the office’s analyst or administrator.")
    office, until = actor.organization, office_day(at)
    if why := why_not_yet(office, until):
        raise Refused(why)
    made = _counted(office, until, at)
    tables = as_json(made.published)
    try:
        with transaction.atomic():
            release = PublishedRelease.objects.create(
                office=office,
                until=until,
                published_at=at,
                published_by=actor,
                tables=tables,
                times=[asdict(one) for one in made.times],
            )
            payload = {"until": until, "tables": hashlib.sha256(tables.encode()).hexdigest()}
            record("numbers published", actor=actor, at=at, subject=release.id, payload=payload)
    except IntegrityError:
        raise Refused("somebody else published numbers a moment ago") from None
    return release


def newest_release(office: Organization | None = None) -> PublishedRelease | None:
    """What was published last, by an office or by any."""
    found = PublishedRelease.objects.all() if office is None else PublishedRelease.objects.filter(office=office)
    return found.order_by("-until").first()


def why_not_yet(office: Organization, today: dt.date) -> str:
    """Why nothing can be published today, or nothing where it can be."""
    last = newest_release(office)
    first_day = last.until + dt.timedelta(days=LEAST_DAYS) if last else today
    if last is None or today >= first_day:
        return ""
    return (
        f"the last numbers are of {last.until}; the next can be published from {first_day} on. Numbers that follow each"
        " other closely differ by single people"
    )


def _counted(office: Organization, until: dt.date, at: dt.datetime) -> ToPublish:
    earlier = [(one.until, one.published) for one in PublishedRelease.objects.filter(office=office)]
    try:
        return to_publish(office, until, at, earlier)
    except ValueError as reason:
        raise Refused(f"these numbers cannot be published beside the earlier ones: {reason}") from reason
