"""A case comes in again and says more: charges discovered late, other facts, a warrant, another day in court.

Each is an event of the case and nothing is written over; facts and charges screen the case again, which changes no
state after a decision was taken (see ``rescreening.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.db import transaction

from instead.office.accounts.doers import PROGRAM
from instead.office.cases.comparing import (
    News,
    differing_name,
    fact_name,
    in_utc,
    news_in,
    standing,
)
from instead.office.cases.models import Case, Charge, FactValue, LateEvent
from instead.office.cases.reading import Reading
from instead.office.cases.reports import PERSON_TEXTS, Report
from instead.office.cases.rescreening import rescreen
from instead.office.court.actions import learn_of_warrant
from instead.office.court.models import Warrant
from instead.office.ledger.actions import record
from instead.office.people.models import Person
from instead.office.tasks.moves import locked
from instead.office.tasks.opening import redate

#: What a case that was known can have brought, by the name it is counted under.
SAYS: Final = {
    "late_charge": "with a late charge",
    "late_fact": "with a new fact",
    "kept_fact": "with a fact told otherwise (kept as it was)",
    "late_warrant": "with a warrant",
    "listing": "with a new first day in court",
    "detail": "with a detail that was missing",
    "differing": "with a report that differs (kept beside the first)",
}


def take_again(report: Report, case: Case, reading: Reading) -> Counter[str]:
    """Add what a report says that is new of a case; gives what it brought. One transaction with its ledger entries."""
    with transaction.atomic():
        case = locked(Case, case.pk)
        has = standing([case])[case.pk]
        news = news_in(report, has, reading)
        if not news.any:
            return Counter()
        brought = _brought(news)
        _add_charges(case, news, len(has.charges), reading)
        _add_facts(case, news, reading)
        _add_details(case, news, reading)
        for told in news.warrants:
            kind = Warrant.Kind(told.kind)
            source, of_this_case = reading.source.id, told.of_this_case
            learn_of_warrant(
                case.pk, kind, told.issued_on, source=source, of_this_case=of_this_case, doer=PROGRAM, at=reading.at
            )
        if news.charges or news.learned:
            because = "another charge arrived" if news.charges else "a fact arrived in a later report"
            rescreen(case, reading.policy, because=because, actor=reading.actor, at=reading.at)
        _on_record(case, news, brought, reading)
    return brought


def _brought(news: News) -> Counter[str]:
    has = {
        "late_charge": news.charges,
        "late_fact": not news.charges and news.learned,
        "kept_fact": news.kept,
        "late_warrant": news.warrants,
        "listing": news.listing,
        "detail": news.filled,
        "differing": news.differing,
    }
    return Counter(name for name, there in has.items() if there)


def _event(case: Case, kind: LateEvent.Kind, about: str, details: Mapping[str, object], reading: Reading) -> None:
    LateEvent.objects.get_or_create(
        case=case,
        kind=kind,
        about=about[:80],
        defaults={"source": reading.source.id[:80], "at": reading.at, "details": dict(details)},
    )


def _add_charges(case: Case, news: News, on_file: int, reading: Reading) -> None:
    last = max(Charge.objects.filter(case=case).values_list("sequence", flat=True), default=0)
    for number, (citation, grade) in enumerate(news.charges, 1):
        Charge.objects.create(case=case, sequence=last + number, citation=citation, grade=grade)
        about = f"{citation[:70] or 'no statute'} #{on_file + number}"
        _event(case, LateEvent.Kind.CHARGE, about, {"citation": citation, "grade": grade}, reading)


def _add_facts(case: Case, news: News, reading: Reading) -> None:
    for name, code in news.learned.items():
        FactValue.objects.create(
            case=case, fact=name, code=code, source=reading.source.id, learned_at=reading.at, by=reading.actor
        )
        _event(case, LateEvent.Kind.FACT, fact_name(name, code), {"fact": name, "code": code}, reading)
    because = news.impossible.rstrip(".") or "a person answered it"
    for name, kept in news.kept.items():
        details = {"fact": name, "code": kept, "kept": True, "because": because}
        _event(case, LateEvent.Kind.FACT, fact_name(name, kept), details, reading)
    if news.charges or news.learned:
        case.statute_book = reading.book.digest if reading.book else ""
        case.source_map = reading.source.digest
        case.save(update_fields=["statute_book", "source_map"])


def _add_details(case: Case, news: News, reading: Reading) -> None:
    """Fill in what was not known; keep the rest beside it. A day in court is where the newest report says it is."""
    person = {name: value for name, value in news.filled.items() if name in PERSON_TEXTS or name == "born"}
    if person:
        Person.objects.filter(pk=case.person_id).update(**person)
    own = {name: value for name, value in news.filled.items() if name not in person}
    if news.differing:
        details = {**news.differing, "kept": True}
        _event(case, LateEvent.Kind.REPORT, differing_name(news.differing), details, reading)
    if news.listing is not None:
        moved = {"listing_before": in_utc(case.first_listing), "listing": in_utc(news.listing)}
        _event(case, LateEvent.Kind.REPORT, f"first listing {in_utc(news.listing)}", moved, reading)
        own["first_listing"] = news.listing
    if own:
        Case.objects.filter(pk=case.pk).update(**own)
        case.refresh_from_db()
    if news.listing is not None:
        redate(case, reading.at)


def _on_record(case: Case, news: News, brought: Iterable[str], reading: Reading) -> None:
    payload = {
        "source": reading.source.id,
        "brought": sorted(brought),
        "charges": [list(charge) for charge in news.charges],
        "facts": dict(news.learned),
        "kept": dict(news.kept),
        "details": sorted([*news.filled, *news.differing]),
        "listing": None if news.listing is None else in_utc(news.listing),
    }
    record("case reported again", actor=reading.actor, at=reading.at, subject=case.pk, payload=payload)
