"""The ledger's rows. They are written by ``actions.py`` alone; the database refuses changes too (``guards.py``).

Entry     what was done, when, by whom, about what: chained, never changed, never deleted
Payload   what exactly, with its salt: can be erased, never changed
Head      one row: number and hash of the last entry; whoever appends holds its lock
"""

from __future__ import annotations

import json
import uuid
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models
from django.db.models import Q

from instead.office.ids import random_id
from instead.office.ledger.chain import Link
from instead.office.ledger.errors import AppendOnly

_REFUSED = "the ledger is written by its actions alone: record() and erase()"


_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class _Guarded(models.Model):
    """A row that cannot be saved or deleted as other models are."""

    class Meta:
        abstract = True

    def save(self, *_args: Any, **_more: Any) -> NoReturn:
        raise AppendOnly(_REFUSED)

    def delete(self, *_args: Any, **_more: Any) -> NoReturn:
        raise AppendOnly(_REFUSED)


class _GuardedRows(models.QuerySet[_Row]):
    """Rows that are read and never changed together, either."""

    def update(self, **_more: Any) -> NoReturn:
        raise AppendOnly(_REFUSED)

    def delete(self) -> NoReturn:
        raise AppendOnly(_REFUSED)

    def bulk_create(self, *_args: Any, **_more: Any) -> NoReturn:
        raise AppendOnly(_REFUSED)

    def bulk_update(self, *_args: Any, **_more: Any) -> NoReturn:
        raise AppendOnly(_REFUSED)


class Entry(_Guarded):
    """One entry. ``actor_id`` and ``subject`` are random ids and no foreign keys: the entry outlives what it names."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=random_id, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True)
    subject = models.UUIDField()
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    objects = _GuardedRows["Entry"].as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__gte=1), name="ledger_entries_count_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject", "number"], name="ledger_entry_of_subject")]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"

    def link(self) -> Link:
        """What the hash covers."""
        return Link(
            self.number, self.id, self.at, self.kind, self.actor_id, self.subject, self.commitment, self.previous
        )


class Payload(_Guarded):
    """What exactly was done, as canonical JSON, with the salt of its commitment. Erasing deletes the row."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.BinaryField(max_length=32)
    content = models.TextField()
    objects = _GuardedRows["Payload"].as_manager()

    def __str__(self) -> str:
        return f"payload of entry {self.entry_id}"

    def value(self) -> dict[str, Any]:
        """The content, read."""
        return dict(json.loads(self.content))


class Head(_Guarded):
    """Where the chain ends. The one row is made by the first migration."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    objects = _GuardedRows["Head"].as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="ledger_has_one_head")]

    def __str__(self) -> str:
        return f"head at entry {self.number}"
