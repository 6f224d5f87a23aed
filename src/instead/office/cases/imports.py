"""Bringing cases in, whoever does it and however: the import itself, and the account of it that is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from django.db import transaction

from instead.errors import InsteadError
from instead.office.accounts.models import User
from instead.office.accounts.organizations import the_office
from instead.office.cases.intake import Received, receive
from instead.office.cases.late import SAYS
from instead.office.cases.models import Import, SetAsideRow
from instead.office.cases.permissions import may_bring_cases, require
from instead.office.cases.reports import digest_of
from instead.office.ledger.actions import record
from instead.office.many_rows import insert_rows
from instead.policy.model import Policy
from instead.records.importing import Progress, quiet
from instead.records.row_count import RowCount

#: Refused cases that are named in the account; how many there are is always said.
_NAMED: Final = 100


def bring_in(
    data: Path,
    source_name: str,
    policy: Policy,
    *,
    how: Import.How,
    name: str,
    actor: User | None,
    at: dt.datetime,
    progress: Progress = quiet,
) -> tuple[Import, Received]:
    """Take in the cases of ``data`` and keep the account of every row. Files that cannot be read leave no trace."""
    if actor is not None:
        require(actor, may_bring_cases)
    if not data.exists():
        receive(data, source_name, policy, actor=actor, at=at)  # says in words what is missing
    read = Import.objects.create(
        office=the_office(actor),
        how=how,
        by=actor,
        source=source_name[:80],
        name=name.replace("\0", "")[:300],
        digest=digest_of(data),
        began_at=at,
    )
    try:
        received = receive(data, source_name, policy, actor=actor, at=at, progress=progress)
    except InsteadError:
        read.delete()
        raise
    _finish(read, received, actor, at)
    return read, received


def _finish(read: Import, received: Received, actor: User | None, at: dt.datetime) -> None:
    read.finished_at = at
    read.counts = {
        "new": received.new,
        "unchanged": received.unchanged,
        "again": received.again,
        "changed": dict(received.changed),
        "new_arrests": received.new_arrests,
        "refused": len(received.refused),
        "refused_for_instance": received.refused[:_NAMED],
    }
    read.rows = [row_counts(file) for file in received.files]
    read.notes = received.notes.listed()
    with transaction.atomic():
        read.save()
        rows = (
            (read.pk, file.file[:200], row, reason[:300])
            for file in received.files
            for row, reason in file.set_aside.select("row", "reason").sort("row").iter_rows()
        )
        insert_rows(SetAsideRow, ("of", "file", "row", "reason"), rows)
        if received.changed_anything:
            payload = {"source": read.source, "digest": read.digest, "new": received.new, "again": received.again}
            record("cases imported", actor=actor, at=at, subject=read.pk, payload=payload)


def row_counts(file: RowCount) -> dict[str, object]:
    """Rows in = used + merged + set aside for one file, with the reasons."""
    return {
        "file": file.file,
        "rows_in": file.rows_in,
        "used": file.used,
        "merged": file.merged.height,
        "set_aside": file.set_aside.height,
        "reasons": [
            {"word": word, "reason": one.reason, "rows": one.rows, "first_rows": list(one.first_rows)}
            for word, aside in (("set aside", True), ("merged", False))
            for one in file.reasons(set_aside=aside)
        ],
    }


def row_lines(read: Import) -> list[str]:
    """The account of the rows, a line a file and below it a line a reason."""
    lines = []
    for file in read.rows:
        lines.append(
            f"{file['file']}: {file['rows_in']:,} rows in = {file['used']:,} used + {file['merged']:,} merged "
            f"+ {file['set_aside']:,} set aside"
        )
        lines += [f"  {one['rows']:,} {one['word']}: {one['reason']}" for one in file["reasons"]]
    return lines


def in_words(read: Import) -> list[str]:
    """What an import did, a sentence a line."""
    counts = read.counts
    lines = [_counted(counts["new"], "new case") + "."]
    known = [f"{counts['unchanged']:,} unchanged"] if counts["unchanged"] else []
    known += [f"{counts['changed'][name]:,} {words}" for name, words in SAYS.items() if counts["changed"].get(name)]
    if known:
        lines.append(f"Known cases: {', '.join(known)}.")
    if counts["new_arrests"]:
        lines.append(f"{_counted(counts['new_arrests'], 'new arrest')} of somebody whose offer is out: look again.")
    if counts["refused"]:
        lines.append(f"{_counted(counts['refused'], 'case')} could not be stored.")
    return lines


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
