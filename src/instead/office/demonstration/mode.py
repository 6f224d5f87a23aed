"""Whether this is a demonstration, and what time it is there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils import timezone

from instead.office.demonstration.models import Installation
from instead.office.errors import Refused
from instead.synth.write import MARKER


def installation() -> Installation | None:
    """The one row, if the database is set up."""
    return Installation.objects.filter(pk=1).first()


def is_demonstration() -> bool:
    """Whether everybody in this database is invented. A database that does not say so is an office's."""
    try:
        found = installation()
    except DatabaseError:
        return False
    return found is not None and found.kind == Installation.Kind.DEMONSTRATION


def found(kind: Installation.Kind, *, at: dt.datetime, clock_at: dt.datetime | None = None) -> Installation:
    """Say once and for all what this database is for; raises :class:`Refused` where it is something else already."""
    with transaction.atomic():
        made = {"kind": kind, "made_at": at, "clock_at": clock_at, "clock_set_at": at if clock_at else None}
        row, _ = Installation.objects.get_or_create(pk=1, defaults=made)
        if row.kind != kind:
            raise Refused(f"this database is {row.get_kind_display()} and stays it; give {kind.label} its own")
    return row


def demonstration_now(of: Installation) -> dt.datetime:
    """What time it is in a demonstration: its own clock, which runs as fast as every other."""
    assert of.clock_at is not None and of.clock_set_at is not None
    return of.clock_at + max(timezone.now() - of.clock_set_at, dt.timedelta())


def only_invented(data: Path) -> None:
    """A demonstration takes in invented people alone: files of a synthetic city. Raises :class:`Refused`."""
    if not is_demonstration():
        return
    folder = data if data.is_dir() else data.parent
    if not any((place / MARKER).is_file() for place in (folder, *folder.parents[:2])):
        raise Refused(f"{data.name}: this is a demonstration; it takes in files of a synthetic city and no real people")
