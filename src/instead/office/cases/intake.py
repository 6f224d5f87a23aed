"""Cases come in: any source the program reads becomes cases with charges, facts and a first decision.

The same file twice changes nothing. A batch of new cases is one transaction with its ledger entries, and so is each
case that comes in again with something new: an import that was stopped in the middle can be run again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.db import DataError, IntegrityError, transaction

from instead.errors import BadData, Place, Problem
from instead.office.accounts.models import User
from instead.office.accounts.organizations import the_office
from instead.office.cases.arriving import take_new
from instead.office.cases.comparing import news_in, standing
from instead.office.cases.late import take_again
from instead.office.cases.models import Case
from instead.office.cases.policy_in_force import library
from instead.office.cases.reading import Reading
from instead.office.cases.reports import Report, digest_of, in_batches, reports
from instead.office.demonstration.mode import only_invented
from instead.policy.model import Policy
from instead.records.importing import Imported, Progress, import_source, quiet
from instead.records.notes import Notes
from instead.records.row_count import RowCount
from instead.records.source_map import SourceMap
from instead.records.source_map_file import check_against, open_source
from instead.statutes.book import StatuteBook
from instead.statutes.book_file import open_book

#: New cases in one transaction.
BATCH: Final = 200


@dataclass(slots=True)
class Received:
    """What an import did: new cases, cases the office had, by what they brought, and the account of the rows.

    ``changed`` counts cases under the names of ``late.SAYS``; one case may be under several. ``refused`` are cases that
    could not be stored, with the reason.
    """

    files: tuple[RowCount, ...] = ()
    notes: Notes = field(default_factory=Notes)
    new: int = 0
    unchanged: int = 0
    again: int = 0
    new_arrests: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def known(self) -> int:
        """Cases that the office had already."""
        return self.unchanged + self.again

    @property
    def changed_anything(self) -> bool:
        return bool(self.new or self.again)


def receive(
    data: Path,
    source_name: str,
    policy: Policy,
    *,
    actor: User | None,
    at: dt.datetime,
    progress: Progress = quiet,
) -> Received:
    """Take in every case of ``data``, screen the new ones, and add what is new of the others."""
    reading, imported = _read(data, source_name, policy, actor, at, progress)
    found = reports(imported, reading.source, policy.vocabulary, digest_of(data) if reading.source.case.by_row else "")
    received = Received(imported.files, imported.notes)
    for number, batch in enumerate(in_batches(found, BATCH)):
        progress(f"storing, {min(len(found), (number + 1) * BATCH):,} of {len(found):,} cases")
        _take(batch, reading, received)
    return received


def _read(
    data: Path, source_name: str, policy: Policy, actor: User | None, at: dt.datetime, progress: Progress
) -> tuple[Reading, Imported]:
    only_invented(data)
    office = the_office(actor)
    source, book = opened(source_name, policy)
    reading = Reading(source, book, policy, office, actor, at)
    return reading, import_source(data, source, book, policy.vocabulary, progress=progress)


def opened(source_name: str, policy: Policy) -> tuple[SourceMap, StatuteBook | None]:
    """The source map of a name or a path, checked against the policy's vocabulary, and its statute book."""
    path = library().find("sources", source_name)
    source = open_source(source_name, library())
    if source.vocabulary != policy.vocabulary.id:
        message = f"the source map {source.id} speaks of {source.vocabulary}, the policy of {policy.vocabulary.id}"
        raise BadData([Problem(message, Place(str(path)), "a map and a policy of one vocabulary")])
    check_against(source, policy.vocabulary, str(path))
    return source, open_book(source.statutes, library(), asked_by=path) if source.statutes else None


def _take(batch: Sequence[Report], reading: Reading, received: Received) -> None:
    """Store a batch. One that the database refuses is halved, until the case alone is found that cannot be stored, or
    that somebody else has stored meanwhile."""
    try:
        with transaction.atomic():
            known = _known(batch, reading)
            new = [report for report in batch if report.key not in known]
            arrests = take_new(new, reading)
    except (IntegrityError, DataError) as error:
        if len(batch) > 1:
            middle = len(batch) // 2
            _take(batch[:middle], reading, received)
            _take(batch[middle:], reading, received)
            return
        known, new, arrests = _known(batch, reading), [], 0
        if not known:
            received.refused.append((batch[0].key, str(error).split("\n")[0]))
    received.new += len(new)
    received.new_arrests += arrests
    _take_again([report for report in batch if report.key in known], known, reading, received)
    for report in new:
        if report.warrants:
            take_again(report, Case.objects.get(source_key=report.key), reading)


def _take_again(found: Sequence[Report], known: Mapping[str, Case], reading: Reading, received: Received) -> None:
    """Add what is new of cases that the office has."""
    has = standing(known[report.key] for report in found)
    for report in found:
        case = known[report.key]
        if case.office_id != reading.office.pk:
            received.refused.append((report.key, "another office has this case"))
            continue
        brought = take_again(report, case, reading) if news_in(report, has[case.pk], reading).any else None
        received.again += bool(brought)
        received.unchanged += not brought
        received.changed.update(brought or ())


def _known(batch: Sequence[Report], reading: Reading) -> dict[str, Case]:
    """The cases that are on file already, by the key of the report that tells of each.

    A report that came in before its OTN was known is found by its own number.
    """
    cases = Case.objects.select_related("person")
    found = {case.source_key: case for case in cases.filter(source_key__in=[report.key for report in batch])}
    rest = {report.texts["report_id"]: report for report in batch if report.key not in found}
    rest.pop("", None)
    for case in cases.filter(report_id__in=rest, office=reading.office):
        report = rest[case.report_id]
        if case.source_key == case.report_id or report.key == case.report_id:
            found[report.key] = case
    return found
