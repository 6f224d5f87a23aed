"""Entries for tests of the ledger, ways to damage one, and a fixture for tests whose database Django empties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection, models, transaction
from django.test import TransactionTestCase

from instead.office.ledger import guards
from instead.office.ledger.actions import record
from instead.office.ledger.chain import GENESIS
from instead.office.ledger.models import Entry, Head

NOW = dt.datetime(2026, 11, 23, 6, 0, 0, 250_000, tzinfo=dt.UTC)


def append(count: int = 1, *, subject: UUID | None = None, payload: dict[str, object] | None = None) -> list[Entry]:
    """Append entries, each in a transaction of its own."""
    entries = []
    for index in range(count):
        with transaction.atomic():
            what = {"step": index} if payload is None else payload
            at = NOW + dt.timedelta(minutes=index)
            entries.append(record("case received", actor=None, at=at, subject=subject or uuid4(), payload=what))
    return entries


def sql(statement: str, *values: object) -> list[tuple[object, ...]]:
    """Run a statement past everything that Django guards."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def key(entry: UUID) -> object:
    """An id as the database keeps it."""
    return entry if connection.vendor == "postgresql" else entry.hex


def unconstrained(*tables: str) -> None:
    """Take away the guards, and from these tables every constraint, as the owner of a database can."""
    guards.take_down(connection)
    if connection.vendor == "sqlite":
        sql("PRAGMA foreign_keys = OFF")
    for table in tables:
        sql(f"CREATE TABLE copied AS SELECT * FROM {table}")
        sql(f"DROP TABLE {table}{' CASCADE' if connection.vendor == 'postgresql' else ''}")
        sql(f"ALTER TABLE copied RENAME TO {table}")


@pytest.fixture(scope="session", autouse=True)
def emptied_ledger_begins_anew() -> Iterator[None]:
    """After a test with ``transaction=True`` Django empties every table; the ledger's guards stand aside for that."""
    empty = TransactionTestCase._fixture_teardown

    def unguarded(case: TransactionTestCase) -> None:
        guards.take_down(connection)
        empty(case)
        models.QuerySet(Head).bulk_create([Head(id=1, number=0, hash=GENESIS)])
        guards.put_up(connection)

    TransactionTestCase._fixture_teardown = unguarded
    yield
    TransactionTestCase._fixture_teardown = empty
