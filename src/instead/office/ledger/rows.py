"""The ledger's rows as they stand in the database, a batch at a time, in one unmoving view.

The rows are read as text, past the models: somebody may have written into them what a model cannot hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from instead.office.ledger.chain import Link

_BATCH = 1_000

_ROWS = """
SELECT e.number, CAST(e.id AS text), CAST(e.at AS text), e.kind, CAST(e.actor_id AS text), CAST(e.subject AS text),
       e.commitment, e.previous, e.hash, p.entry_id IS NOT NULL, p.salt, p.content
FROM ledger_entry e LEFT JOIN ledger_payload p ON p.entry_id = e.id
{after} ORDER BY e.number, e.id LIMIT {batch}
"""
_AFTER = "WHERE e.number >= %s AND NOT (e.number = %s AND e.id <= %s)"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry and its payload, where it is there."""

    link: Link
    hash: str
    has_payload: bool
    salt: bytes
    content: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that holds what the ledger never writes."""

    number: int | None


@contextmanager
def unmoving_view() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who writes has to wait for it."""
    if connection.in_atomic_block:  # the transaction around decides what is seen
        yield
        return
    database: Any = connection
    if connection.vendor != "sqlite":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    connection.ensure_connection()
    mode, database.transaction_mode = database.transaction_mode, "DEFERRED"  # takes no write lock
    try:
        with transaction.atomic():
            database.transaction_mode = mode
            yield
    finally:
        database.transaction_mode = mode


def batches() -> Iterator[list[Row | Unreadable]]:
    """Every entry in the order of its number."""
    after: tuple[Any, ...] = ()
    while True:
        found = _fetched(_ROWS.format(after=_AFTER if after else "", batch=_BATCH), after)
        if not found:
            return
        yield [_row(values) for values in found]
        number, last_id = found[-1][:2]
        after = (number, number, last_id)


def _fetched(query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The rows of a query. SQLite would stop at text that is no UTF-8; it comes as what no entry can hold."""
    with connection.cursor() as cursor, _any_text():
        cursor.execute(query, values)
        return list(cursor.fetchall())


@contextmanager
def _any_text() -> Iterator[None]:
    database: Any = connection.connection
    if connection.vendor != "sqlite":
        yield
        return
    usual, database.text_factory = database.text_factory, lambda text: text.decode(errors="surrogateescape")
    try:
        yield
    finally:
        database.text_factory = usual


def _row(values: tuple[Any, ...]) -> Row | Unreadable:
    number, entry_id, at, kind, actor_id, subject, commitment, previous, digest, has_payload, salt, content = values
    try:
        link = Link(
            _whole(number),
            UUID(entry_id),
            _moment(at),
            _text(kind),
            None if actor_id is None else UUID(actor_id),
            UUID(subject),
            _text(commitment),
            _text(previous),
        )
        return Row(link, _text(digest), bool(has_payload), _salt(salt), _content(content))
    except (ValueError, TypeError, AttributeError, OverflowError):
        return Unreadable(number if isinstance(number, int) else None)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return value


def _salt(value: object) -> bytes:
    """The salt; what is none is empty and fits no commitment."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _content(value: object) -> str:
    """The payload's text; what is none is empty and fits no commitment."""
    try:
        return _text(value)
    except (TypeError, ValueError):
        return ""


def _moment(text: str) -> dt.datetime:
    """SQLite keeps moments in UTC without saying so."""
    at = dt.datetime.fromisoformat(text)
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
