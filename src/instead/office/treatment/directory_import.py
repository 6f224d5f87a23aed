"""Lists of providers become one directory: what each says is kept, one door is one provider, contradictions are said.

What was read is stored as a ``Statement`` under the name of its list; providers and services are put together from all
statements. So reading a file again changes nothing, and a later version of a list changes only what it says
differently. Every row is used, merged or set aside. No list says how many places are free: that stays unknown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from instead.errors import BadData, Problem
from instead.errors import Place as Where
from instead.office.accounts.models import User
from instead.office.ids import random_id
from instead.office.ledger.actions import record
from instead.office.treatment import hsds, permissions, philadelphia
from instead.office.treatment.combining import combine
from instead.office.treatment.models import Provider, Statement
from instead.office.treatment.said import Reading, Said
from instead.office.treatment.same_door import Doors, doubt

_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file, counted from 1 (the header apart), and what became of it."""

    row: int
    reason: str


@dataclass(slots=True)
class Imported:
    """The account of one file: rows in = used + merged + set aside. ``changed`` is 0 when nothing was new."""

    source: str
    rows_in: int
    used: int = 0
    merged: list[Row] = field(default_factory=list)
    set_aside: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    changed: int = 0

    def counts(self) -> dict[str, int]:
        """The account in numbers, as the ledger keeps it."""
        rows = {"rows": self.rows_in, "used": self.used, "merged": len(self.merged), "set_aside": len(self.set_aside)}
        return rows | {"conflicts": len(self.conflicts), "changed": self.changed}


def import_directory(user: User | AnonymousUser, path: Path, *, at: dt.datetime, source: str = "") -> Imported:
    """Read a list of providers: a Philadelphia list as CSV, or HSDS 3 as JSON. ``source`` is the name it goes under."""
    return take_in(path, actor=permissions.require(user, permissions.may_import_directory), at=at, source=source)


def take_in(path: Path, *, actor: User | None, at: dt.datetime, source: str = "") -> Imported:
    """The same, where permission was asked already; without an actor, whoever runs the office's own commands."""
    reading = read_list(path, source=source)
    with transaction.atomic():
        account = _put_in(reading)
        if account.changed:
            record("directory imported", actor=actor, at=at, subject=random_id(), payload=account.counts())
    return account


def read_list(path: Path, *, source: str = "") -> Reading:
    """The list in a file; which kind it is, its first character and its header say."""
    if path.stat().st_size > _LARGEST:
        raise BadData([Problem(f"larger than {_LARGEST:,} bytes: no list of providers", Where(path.name))])
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadData([Problem("not in UTF-8", Where(path.name))]) from None
    if text.lstrip()[:1] in ("{", "["):
        return hsds.read(text, file=path.name, source=source or "hsds")
    return philadelphia.read(text, file=path.name, source=source)


def _put_in(reading: Reading) -> Imported:
    account = Imported(reading.source, reading.rows_in)
    account.set_aside = [Row(*one) for one in reading.set_aside]
    kept = _Kept(reading.source, Doors.of(reading.said))
    touched: set[uuid.UUID] = set()
    for said in reading.said:
        account.notes += [Row(said.row, note) for note in said.on_reading]
        if first := kept.copy_of(said):
            account.merged.append(Row(said.row, f"says the same as row {first}"))
            continue
        statement, changed = kept.keep(said)
        touched.add(statement.service.provider_id)
        account.changed += changed
        if statement.joined:
            account.merged.append(Row(said.row, statement.joined))
            continue
        account.used += 1
        if perhaps := doubt(statement.service.provider):
            account.notes.append(Row(said.row, perhaps))
    for provider in Provider.objects.filter(pk__in=touched).order_by("name", "pk"):
        account.changed += combine(provider)
        account.conflicts += [f"{provider.name}: {one['text']}" for one in provider.conflicts]
    return account


@dataclass(slots=True)
class _Kept:
    """The statements of one list, as one file is read."""

    source: str
    doors: Doors
    rows: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)

    def copy_of(self, said: Said) -> int:
        """The row of this file that says exactly the same, or 0."""
        row, before = self.rows.get(said.key, (0, {}))
        return row if before == said.as_json() else 0

    def keep(self, said: Said) -> tuple[Statement, bool]:
        """The statement of this row, and whether it is new or says something new."""
        key, now = self._key(said), said.as_json()
        self.rows[key] = said.row, now
        found = Statement.objects.filter(source=self.source, key=key).select_related("service").first()
        if found is None:
            home = self.doors.home(said, self.source)
            new = Statement(source=self.source, key=key, service=home.service, said=now, joined=home.because)
            new.save()
            return new, True
        changed = found.said != now
        if changed:
            found.said = now
            found.save(update_fields=["said"])
        return found, changed

    def _key(self, said: Said) -> str:
        """The row's key; a further row with the same key and other contents gets a number."""
        key = said.key
        while key in self.rows:
            key = hashlib.sha256(key.encode()).hexdigest()
        return key
