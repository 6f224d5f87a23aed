"""Cases come in: any source the program reads becomes cases with charges, facts and a first decision.

The same file twice changes nothing. Every case is one transaction with its ledger entries.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from instead.facts.vocabulary import Vocabulary
from instead.office.accounts.doers import PROGRAM, staff
from instead.office.accounts.models import User
from instead.office.accounts.organizations import the_office
from instead.office.cases.models import Case, Charge, FactValue
from instead.office.cases.moves import follow_screening
from instead.office.cases.policy_in_force import library
from instead.office.cases.screening import decide
from instead.office.people.models import Person
from instead.office.tasks.moves import begin
from instead.policy.model import Policy
from instead.records.cases import CASE_ID
from instead.records.fact_columns import dtype_of
from instead.records.importing import Imported, import_source
from instead.records.row_count import RowCount
from instead.records.source_map_file import check_against, open_source
from instead.statutes.book_file import open_book


@dataclass(frozen=True, slots=True)
class Received:
    """What an import did: cases that are new, cases the office already had, and the account of the rows."""

    new: int
    known: int
    files: tuple[RowCount, ...]


def receive(data: Path, source_name: str, policy: Policy, *, actor: User | None, at: dt.datetime) -> Received:
    """Take in every case of ``data`` that the office does not have, and screen it."""
    path = library().find("sources", source_name)
    source = open_source(source_name, library())
    check_against(source, policy.vocabulary, str(path))
    book = open_book(source.statutes, library(), asked_by=path) if source.statutes else None
    imported = import_source(data, source, book, policy.vocabulary)
    source_hash = policy.hash(statute_book=book.digest if book else "", source_map=source.digest)
    known = set(
        Case.objects.filter(source_key__in=imported.facts[CASE_ID].to_list()).values_list("source_key", flat=True)
    )
    reports = _Reports(imported, policy.vocabulary)
    new = 0
    for key in imported.facts[CASE_ID].to_list():
        if key not in known:
            with transaction.atomic():
                _receive_one(key, reports, policy, source_hash, source.id, actor, at)
            new += 1
    return Received(new, len(known), imported.files)


class _Reports:
    """What an import says of each case: who, which charges, which facts."""

    def __init__(self, imported: Imported, vocabulary: Vocabulary) -> None:
        facts = imported.facts
        names = [name for name in facts.columns if name != CASE_ID]
        codes = facts.select(CASE_ID, *(_code(name, vocabulary) for name in names))
        self.facts = {row[CASE_ID]: row for row in codes.iter_rows(named=True)}
        self.identity = {row[CASE_ID]: row for row in imported.identity.iter_rows(named=True)}
        self.charges: dict[str, list[tuple[str | None, str | None]]] = {}
        for key, citation, grade in imported.charges.iter_rows():
            self.charges.setdefault(key, []).append((citation, grade))


def _code(name: str, vocabulary: Vocabulary) -> pl.Expr:
    column = pl.col(name)
    yes_no = isinstance(dtype_of(vocabulary[name]), pl.Boolean)
    return (column if yes_no else column.to_physical()).cast(pl.Int64).alias(name)


def _receive_one(
    key: str,
    reports: _Reports,
    policy: Policy,
    source_hash: str,
    source: str,
    actor: User | None,
    at: dt.datetime,
) -> None:
    who = reports.identity.get(key, {})
    person = Person.objects.create(
        name=_text(who, "name")[:200],
        born=_date(_text(who, "born")),
        police_photo_number=_text(who, "police_photo_number")[:40],
        sex=_text(who, "sex")[:20],
        race=_text(who, "race")[:40],
        phone=_text(who, "phone")[:40],
        address=_text(who, "address")[:300],
    )
    case = Case.objects.create(
        office=the_office(actor),
        source_key=key,
        report_id=_text(who, "report_id")[:80],
        dc_number=_text(who, "dc_number")[:20],
        district=_text(who, "district")[:20],
        narrative=_text(who, "narrative"),
        arrested_at=_moment(_text(who, "arrested_at")),
        first_listing=_moment(_text(who, "first_listing")),
        person=person,
        received_at=at,
        state="received",
    )
    Charge.objects.bulk_create(
        Charge(case=case, sequence=number, citation=(citation or "")[:300], grade=(grade or "")[:20])
        for number, (citation, grade) in enumerate(reports.charges.get(key, []), 1)
    )
    told = {name: code for name, code in reports.facts[key].items() if name != CASE_ID and code is not None}
    FactValue.objects.bulk_create(
        FactValue(case=case, fact=name, code=code, source=source, learned_at=at, by=actor)
        for name, code in told.items()
    )
    decision = decide(case, policy, at, source_hash=source_hash)
    decision.save(force_insert=True)
    details = {"source": source, "charges": len(reports.charges.get(key, [])), "facts": len(told)}
    begin(case, "received", doer=staff(actor) if actor else PROGRAM, at=at, details=details)
    follow_screening(case, decision, at=at)


def _text(who: dict[str, Any], key: str) -> str:
    value = who.get(key)
    return "" if value is None else str(value)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> dt.datetime | None:
    """A moment as police write it, in the office's own time zone; None when it cannot be read."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)
