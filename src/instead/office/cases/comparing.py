"""What a report says that the office does not know yet of a case it has: pure comparison, nothing is written here.

Whatever was told before is no news, even where something else was told since: the same file twice changes nothing, in
whatever order files come. What a person answered is not displaced by a file; the charges a person has not seen are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from instead.facts.admissible import broken_constraint
from instead.facts.vocabulary import date_of
from instead.office.cases.models import SAID_BY_PEOPLE, Case, Charge, FactValue, LateEvent
from instead.office.cases.reading import Reading
from instead.office.cases.reports import PERSON_TEXTS, Report, Told
from instead.records.charges import facts_of_charges, same_statute


@dataclass(slots=True)
class Standing:
    """What the office has of a case: charges as (citation, grade), the newest value of each fact and who told it, every
    value that was ever told, and the late events by kind and name."""

    case: Case
    charges: list[tuple[str, str]] = field(default_factory=list)
    newest: dict[str, tuple[int | None, str]] = field(default_factory=dict)
    told: set[tuple[str, int | None]] = field(default_factory=set)
    events: set[tuple[str, str]] = field(default_factory=set)
    listings: set[str] = field(default_factory=set)

    @property
    def facts(self) -> dict[str, int | None]:
        return {name: code for name, (code, _) in self.newest.items()}


@dataclass(slots=True)
class News:
    """What is new in a report: charges, facts that are learned, facts that are told otherwise but kept, warrants,
    details that were not known, details that differ, and a day in court that has moved."""

    charges: list[tuple[str, str]] = field(default_factory=list)
    learned: dict[str, int | None] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    impossible: str = ""
    warrants: list[Told] = field(default_factory=list)
    filled: dict[str, object] = field(default_factory=dict)
    differing: dict[str, str] = field(default_factory=dict)
    listing: dt.datetime | None = None

    @property
    def any(self) -> bool:
        return bool(
            self.charges
            or self.learned
            or self.kept
            or self.warrants
            or self.filled
            or self.differing
            or self.listing is not None
        )


def standing(cases: Iterable[Case]) -> dict[uuid.UUID, Standing]:
    """What the office has of some cases, by their id, in a fixed number of queries."""
    found = {case.pk: Standing(case) for case in cases}
    for pk, citation, grade in Charge.objects.filter(case__in=found).values_list("case", "citation", "grade"):
        found[pk].charges.append((citation, grade))
    values = FactValue.objects.filter(case__in=found).order_by("pk")
    for pk, fact, code, source in values.values_list("case", "fact", "code", "source"):
        found[pk].newest[fact] = (code, source)
        found[pk].told.add((fact, code))
    events = LateEvent.objects.filter(case__in=found).values_list("case", "kind", "about", "details")
    for pk, kind, about, details in events:
        found[pk].events.add((kind, about))
        found[pk].listings.add(details.get("listing_before", ""))
    return found


def news_in(report: Report, has: Standing, reading: Reading) -> News:
    """What ``report`` says that is not known of the case yet."""
    news = News(charges=_late_charges(report, has, reading))
    _compare_facts(news, report, has, reading)
    news.warrants = [told for told in report.warrants if ("warrant", warrant_name(told)) not in has.events]
    _compare_details(news, report, has)
    return news


def in_utc(moment: dt.datetime | None) -> str:
    """A moment in one spelling, "" for none."""
    return "" if moment is None else moment.astimezone(dt.UTC).isoformat()


def warrant_name(told: Told) -> str:
    """What a late event of a warrant is called."""
    return f"{told.kind} {told.issued_on.isoformat()}"


def fact_name(fact: str, code: int | None) -> str:
    """What a late event of a fact is called."""
    return f"{fact} {'unknown' if code is None else code}"[:80]


def _late_charges(report: Report, has: Standing, reading: Reading) -> list[tuple[str, str]]:
    """The charges of a report beyond those on file: per statute the maximum count, never the sum."""
    left = Counter(same_statute(citation, reading.book) for citation, _ in has.charges)
    late = []
    for citation, grade in report.charges:
        statute = same_statute(citation, reading.book)
        if left[statute]:
            left[statute] -= 1
        else:
            late.append((citation, grade))
    return late


def _compare_facts(news: News, report: Report, has: Standing, reading: Reading) -> None:
    for name, code in _told(news, report, has, reading).items():
        now, source = has.newest.get(name, (None, ""))
        about_charges = bool(news.charges) and reading.policy.vocabulary[name].from_charges is not None
        if code == now or (not about_charges and (name, code) in has.told):
            continue
        if about_charges or source not in SAID_BY_PEOPLE:
            news.learned[name] = code
        elif code is not None and ("fact", fact_name(name, code)) not in has.events:
            news.kept[name] = code
    _only_possible(news, has, reading)


def _told(news: News, report: Report, has: Standing, reading: Reading) -> dict[str, int | None]:
    """The facts that a report tells. What it says of the charges counts only where it lists all that are on file: a
    charge that is not listed again is not thereby gone."""
    charged = {fact.name for fact in reading.policy.vocabulary.from_charges}
    told: dict[str, int | None] = dict(report.known)
    lists_all = len(report.charges) - len(news.charges) == len(has.charges)
    if not lists_all:
        told = {name: code for name, code in told.items() if name not in charged}
        return told | _facts_of_all(news, has, reading) if news.charges else told
    return told | {name: report.facts.get(name) for name in charged} if news.charges else told


def _facts_of_all(news: News, has: Standing, reading: Reading) -> dict[str, int | None]:
    """The facts about everything that is charged by now."""
    mapped = reading.source.charges
    if reading.book is None or mapped is None:
        return {}
    charges = [*has.charges, *news.charges, *([("", "")] if mapped.primary_only else [])]
    day = has.facts.get("offense_date")
    return facts_of_charges(
        charges,
        None if day is None else date_of(day),
        reading.book,
        reading.policy.vocabulary,
        graded=bool(mapped.grade),
    )


def _only_possible(news: News, has: Standing, reading: Reading) -> None:
    """Where what is told cannot be together with what is known, facts stay as they were, and that is said.

    What follows from the charges is always taken: were it impossible with the rest, it would be unknown.
    """
    vocabulary = reading.policy.vocabulary
    broken = broken_constraint({**has.facts, **news.learned}, vocabulary) if news.learned else None
    if broken is None:
        return
    charged = {name: code for name, code in news.learned.items() if news.charges and vocabulary[name].from_charges}
    others = {name: code for name, code in news.learned.items() if name not in charged}
    if broken_constraint({**has.facts, **charged}, vocabulary) is not None:
        charged = dict.fromkeys(charged)
    news.learned = charged
    for name, code in others.items():
        if code is not None and ("fact", fact_name(name, code)) not in has.events:
            news.kept[name] = code
    news.impossible = broken.because


def _compare_details(news: News, report: Report, has: Standing) -> None:
    case = has.case
    if case.source_key == case.report_id and report.key != case.source_key:
        news.filled["source_key"] = report.key  # the OTN was not known before
    for name, new in report.texts.items():
        before = getattr(case.person if name in PERSON_TEXTS else case, name)
        if new and not before:
            news.filled[name] = new
        elif new and new != before:
            news.differing[name] = new
    if report.born is not None and case.person.born is None:
        news.filled["born"] = report.born
    elif report.born is not None and report.born != case.person.born:
        news.differing["born"] = report.born.isoformat()
    arrested, listing = report.moments["arrested_at"], report.moments["first_listing"]
    if arrested is not None and case.arrested_at is None:
        news.filled["arrested_at"] = arrested
    elif arrested is not None and arrested != case.arrested_at:
        news.differing["arrested_at"] = arrested.isoformat()
    if listing is not None and listing != case.first_listing and in_utc(listing) not in has.listings:
        news.listing = listing
    if news.differing and ("report", differing_name(news.differing)) in has.events:
        news.differing = {}


def differing_name(differing: Mapping[str, str]) -> str:
    """What a late event of a differing report is called: the same report again has the same name."""
    whole = "\x1f".join(f"{name}={differing[name]}" for name in sorted(differing))
    return f"{', '.join(sorted(differing))[:60]} {hashlib.sha256(whole.encode()).hexdigest()[:12]}"
