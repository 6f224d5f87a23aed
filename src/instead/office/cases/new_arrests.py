"""Somebody whose offer is out is arrested again: an event of the older case, and a person looks. Nothing worsens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from instead.office.accounts.models import User
from instead.office.cases.models import Case, LateEvent
from instead.office.ledger.actions import Noted
from instead.office.machines import CASE
from instead.office.tasks.opening import open_beside

#: While an offer is out, whatever has been filed since.
OFFER_OUT = (*CASE.transition("open_second_look").sources, "second_look", "verified")


def after_an_offer(new: Sequence[Case], *, source: str, actor: User | None, at: dt.datetime) -> list[Noted]:
    """Put each new case on record in the older cases of the same police photo number whose offer is out.

    Part of the action that stores the new cases; gives the entries for the ledger, which that action appends last. An
    arrest that was earlier than the older case's own, and only comes in late, is no new one.
    """
    numbers = {case.person.police_photo_number for case in new} - {""}
    if not numbers:
        return []
    ids = [case.pk for case in new]
    older = Case.objects.filter(person__police_photo_number__in=numbers, state__in=OFFER_OUT).exclude(pk__in=ids)
    entries = []
    for case in older.select_for_update(of=("self",)).select_related("person").order_by("pk"):
        for again in new:
            if _same_person(case, again) and _later(case, again):
                entries += _one(case, again, source, actor, at)
    return entries


def _same_person(one: Case, other: Case) -> bool:
    number = one.person.police_photo_number
    return number == other.person.police_photo_number and one.office_id == other.office_id


def _later(older: Case, new: Case) -> bool:
    """Whether the new arrest is later, as far as anybody knows."""
    return older.arrested_at is None or new.arrested_at is None or new.arrested_at > older.arrested_at


def _one(case: Case, new: Case, source: str, actor: User | None, at: dt.datetime) -> list[Noted]:
    _, first = LateEvent.objects.get_or_create(
        case=case,
        kind=LateEvent.Kind.NEW_ARREST,
        about=new.source_key[:80],
        defaults={"source": source[:80], "at": at, "details": {"case": str(new.pk)}},
    )
    if not first:
        return []
    open_beside("changed_outcome", case.id, case, at=at, organization_id=case.office_id)
    return [Noted("new arrest known", actor, at, case.id, {"case": str(new.pk)})]
