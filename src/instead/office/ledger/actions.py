"""The two verbs of the ledger: write an entry, erase payloads.

Both are called inside the transaction of what they record, as its last step: the first entry of a transaction locks the
head of the chain until the end, and nobody else can append meanwhile. A transaction that locks another row after the
head may meet one that does it the other way round; PostgreSQL then stops one of the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
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
_MOST = 10_000  # payloads in one erasure: its own entry must stay small enough to be read in one piece


def record(kind: str, *, actor: Actor | None, at: dt.datetime, subject: UUID, payload: Mapping[str, object]) -> Entry:
    """Append an entry: ``actor`` did ``kind`` about ``subject``. Without an actor, the office's own timers did it.

    The actor is somebody who signs in, or the person whose case it is.

    ``kind`` is a few plain words; whatever is about a person belongs in ``payload``, the part that can be erased.
    """
    if kind == chain.ERASURE:
        raise BadEntry("payloads are erased by erase(), which writes its own entry")
    return _append(kind, actor, at, subject, chain.canonical(payload))


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


def _append(kind: str, actor: Actor | None, at: dt.datetime, subject: UUID, content: str) -> Entry:
    _in_transaction()
    salt = chain.new_salt()
    kind, at, subject = chain.checked_kind(kind), _in_utc(at), _id(subject)
    actor_id = None if actor is None else _id(actor.pk)
    head = _locked_head()  # nothing that can be refused comes after it
    link = chain.Link(
        number=head.number + 1,
        id=random_id(),
        at=at,
        kind=kind,
        actor_id=actor_id,
        subject=subject,
        commitment=chain.commitment(salt, content),
        previous=head.hash,
    )
    return _write(head, link, salt, content)


def _write(head: Head, link: chain.Link, salt: bytes, content: str) -> Entry:
    """Move the head, on condition that it is where it was read, then write entry and payload."""
    digest = link.hash()
    standing: models.QuerySet[Head] = models.QuerySet(Head).filter(pk=head.pk, number=head.number, hash=head.hash)
    if standing.update(number=link.number, hash=digest) != 1:
        raise ChainMoved("the ledger's head moved while an entry was written; nothing was written")
    entry = Entry(hash=digest, **{name: getattr(link, name) for name in chain.Link.__slots__})
    models.Model.save(entry, force_insert=True)
    models.Model.save(Payload(entry=entry, salt=salt, content=content), force_insert=True)
    return entry


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
