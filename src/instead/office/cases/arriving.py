"""New cases, many at once: each with its person, charges, facts, first decision, task and entries in the ledger.

A batch is one transaction, so that a case is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from instead.office.accounts.doers import PROGRAM, staff
from instead.office.cases.models import Case, Charge, Decision, FactValue
from instead.office.cases.moves import screening_way
from instead.office.cases.new_arrests import after_an_offer
from instead.office.cases.reading import Reading
from instead.office.cases.reports import PERSON_TEXTS, Report
from instead.office.cases.screening import decision_of
from instead.office.ledger.actions import record_many
from instead.office.machines import CASE
from instead.office.many_rows import insert_rows
from instead.office.people.models import Person
from instead.office.tasks.arrivals import Arrival, arrive


@dataclass(frozen=True, slots=True)
class _New:
    report: Report
    case: Case
    decision: Decision


def take_new(found: Sequence[Report], reading: Reading) -> int:
    """Store cases that the office does not have, inside a transaction; gives how many new arrests they are of people
    whose offer is out."""
    new = [_new(report, reading) for report in found]
    Person.objects.bulk_create(one.case.person for one in new)
    Case.objects.bulk_create(one.case for one in new)
    Charge.objects.bulk_create(
        Charge(case=one.case, sequence=number, citation=citation, grade=grade)
        for one in new
        for number, (citation, grade) in enumerate(one.report.charges, 1)
    )
    source, at, actor = reading.source.id, reading.at, reading.actor
    by = actor.pk if actor else None
    values = ((one.case.pk, name, code, source, at, by) for one in new for name, code in one.report.known.items())
    insert_rows(FactValue, ("case", "fact", "code", "source", "learned_at", "by"), values)
    Decision.objects.bulk_create(one.decision for one in new)
    entries = arrive([_arrival(one, reading) for one in new], at=at)
    arrests = after_an_offer([one.case for one in new], source=source, actor=actor, at=at)
    record_many([*entries, *arrests])
    return len(arrests)


def _new(report: Report, reading: Reading) -> _New:
    texts = report.texts
    person = Person(born=report.born, **{name: texts[name] for name in PERSON_TEXTS})
    case = Case(
        office=reading.office,
        source_key=report.key,
        report_id=texts["report_id"],
        dc_number=texts["dc_number"],
        district=texts["district"],
        narrative=texts["narrative"],
        arrested_at=report.moments["arrested_at"],
        first_listing=report.moments["first_listing"],
        person=person,
        received_at=reading.at,
        statute_book=reading.book.digest if reading.book else "",
        source_map=reading.source.digest,
    )
    decision = decision_of(case, report.known, reading.policy, reading.at, number=1)
    case.outcome = decision.outcome
    case.state = CASE.transition(screening_way(decision)).target
    return _New(report, case, decision)


def _arrival(one: _New, reading: Reading) -> Arrival:
    details = {"source": reading.source.id, "charges": len(one.report.charges), "facts": len(one.report.known)}
    decision = one.decision
    return Arrival(
        thing=one.case,
        way=screening_way(decision),
        brought_by=staff(reading.actor) if reading.actor else PROGRAM,
        moved_by=PROGRAM,
        details=details,
        way_details={"decision": str(decision.id), "outcome": decision.outcome, "hash": decision.hash},
    )
