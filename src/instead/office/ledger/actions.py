"""The verbs of the ledger: write an entry or many, erase payloads.

They are called inside the transaction of what they record, as its last step: the first entry of a transaction locks the
head of the chain until the end, and nobody else can append meanwhile. A transaction that locks another row after the
head may meet one that does it the other way round; PostgreSQL then stops one of the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models

from instead.office.accounts.models import User
from instead.office.ids import random_id
from instead.office.ledger import chain
from instead.office.ledger.errors import BadEntry, CannotErase, ChainMoved, NotInTransaction
from instead.office.ledger.models import Entry, Head, Payload
from instead.office.people.models import Person

#: Who can be written in an entry; only the random id is.
Actor = User | Person

_AT_ONCE = 500  # ids in one statement
_MOVED = "the ledger's head moved while an entry was written; nothing was written"
#: On condition that the head is where it was read.
_MOVE_HEAD = "UPDATE ledger_head SET number = %s, hash = %s WHERE id = %s AND number = %s AND hash = %s"
_MOST = 10_000  # payloads in one erasure: its own entry must stay small enough to be read in one piece


def record(kind: str, *, actor: Actor | None, at: dt.datetime, subject: UUID, payload: Mapping[str, object]) -> Entry:
    """Append an entry: ``actor`` did ``kind`` about ``subject``. Without an actor, the office's own timers did it.

    The actor is somebody who signs in, or the person whose case it is.

    ``kind`` is a few plain words; whatever is about a person belongs in ``payload``, the part that can be erased.
    """
    if kind == chain.ERASURE:
        raise BadEntry("payloads are erased by erase(), which writes its own entry")
    return _append(kind, actor, at, subject, chain.canonical(payload))


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry to be: what :func:`record` takes."""

    kind: str
    actor: Actor | None
    at: dt.datetime
    subject: UUID
    payload: Mapping[str, object]


def record_many(entries: Iterable[Noted]) -> None:
    """Append many entries in their order, as :func:`record` would one by one, in a few statements."""
    _in_transaction()
    made = [_Unlinked.of(one.kind, one.actor, one.at, one.subject, chain.canonical(one.payload)) for one in entries]
    if not made:
        return
    head = _locked_head()
    number, digest = head.number, head.hash
    moves, rows, payloads = [], [], []
    for one in made:
        link = one.link(number + 1, digest)
        entry = _entry(link)
        moves.append((link.number, entry.hash, head.pk, number, digest))
        number, digest = link.number, entry.hash
        rows.append(entry)
        payloads.append(Payload(entry=entry, salt=one.salt, content=one.content))
    with connection.cursor() as cursor:  # one by one: the database lets the head take no longer step
        cursor.executemany(_MOVE_HEAD, moves)
        if cursor.rowcount != len(moves):
            raise ChainMoved(_MOVED)
    into_entries: models.QuerySet[Entry] = models.QuerySet(Entry)
    into_payloads: models.QuerySet[Payload] = models.QuerySet(Payload)
    into_entries.bulk_create(rows)
    into_payloads.bulk_create(payloads)


def erase(entries: Iterable[UUID], *, actor: User | None, at: dt.datetime, reason: str) -> Entry:
    """Delete payload and salt of these entries for good, and append an entry that says which and why.

    The entries stay, with their kind, time, actor and subject. So does what the erasure says: no name in ``reason``.
    """
    _in_transaction()
    ids = sorted(set(entries))
    subjects = _erasable(ids)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        deleted, _ = models.QuerySet(Payload).filter(entry_id__in=some).delete()
        if deleted != len(some):
            raise CannotErase("somebody else erased one of these payloads at the same time")
    subject = subjects.pop() if len(subjects) == 1 else random_id()
    return _append(chain.ERASURE, actor, at, subject, chain.canonical({"entries": ids, "reason": reason}))


def _erasable(ids: list[UUID]) -> set[UUID]:
    """What the entries are about, when every one has a payload that may go."""
    if not ids:
        raise CannotErase("no entry was named whose payload is to be erased")
    if len(ids) > _MOST:
        raise CannotErase(f"{len(ids):,} payloads at once: an erasure names at most {_MOST:,} entries")
    subjects: dict[UUID, UUID] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found = Entry.objects.filter(id__in=ids[start : start + _AT_ONCE], payload__isnull=False)
        subjects.update(found.exclude(kind=chain.ERASURE).values_list("id", "subject"))
    if kept := [str(entry) for entry in ids if entry not in subjects]:
        named = ", ".join(kept[:5]) + (f" and {len(kept) - 5} more" if len(kept) > 5 else "")
        raise CannotErase(
            f"{named}: no such entry, or its payload is erased already, or it is itself the entry of an erasure. "
            "Nothing was erased"
        )
    return set(subjects.values())


@dataclass(frozen=True, slots=True)
class _Unlinked:
    """An entry that has everything but its place in the chain."""

    kind: str
    actor_id: UUID | None
    at: dt.datetime
    subject: UUID
    salt: bytes
    content: str

    @classmethod
    def of(cls, kind: str, actor: Actor | None, at: dt.datetime, subject: UUID, content: str) -> _Unlinked:
        actor_id = None if actor is None else _id(actor.pk)
        return cls(chain.checked_kind(kind), actor_id, _in_utc(at), _id(subject), chain.new_salt(), content)

    def link(self, number: int, previous: str) -> chain.Link:
        return chain.Link(
            number=number,
            id=random_id(),
            at=self.at,
            kind=self.kind,
            actor_id=self.actor_id,
            subject=self.subject,
            commitment=chain.commitment(self.salt, self.content),
            previous=previous,
        )


def _append(kind: str, actor: Actor | None, at: dt.datetime, subject: UUID, content: str) -> Entry:
    _in_transaction()
    made = _Unlinked.of(kind, actor, at, subject, content)
    head = _locked_head()  # nothing that can be refused comes after it
    entry = _entry(made.link(head.number + 1, head.hash))
    standing: models.QuerySet[Head] = models.QuerySet(Head).filter(pk=head.pk, number=head.number, hash=head.hash)
    if standing.update(number=entry.number, hash=entry.hash) != 1:
        raise ChainMoved(_MOVED)
    models.Model.save(entry, force_insert=True)
    models.Model.save(Payload(entry=entry, salt=made.salt, content=content), force_insert=True)
    return entry


def _entry(link: chain.Link) -> Entry:
    return Entry(hash=link.hash(), **{name: getattr(link, name) for name in chain.Link.__slots__})


def _locked_head() -> Head:
    """The end of the chain. PostgreSQL locks its row here; on SQLite the transaction holds the one write lock."""
    head = Head.objects.select_for_update().first()
    if head is None:
        raise ChainMoved("the ledger has no head: its first migration was not run, or the row was taken away")
    return head


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction("an entry is written in the transaction of what it records: use transaction.atomic()")


def _id(value: object) -> UUID:
    if not isinstance(value, UUID):
        raise BadEntry(f"actor and subject of an entry are known by a UUID, not by a {type(value).__name__}")
    return value


def _in_utc(at: dt.datetime) -> dt.datetime:
    return dt.datetime.fromisoformat(chain.moment(at))
