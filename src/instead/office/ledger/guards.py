"""The database's own guards: triggers that refuse what the ledger never does, whoever asks.

Entries are never updated or deleted; payloads are never updated; the head moves forward by one and is never deleted.
Whoever owns the database can take guards away. Then the hashes tell, see ``verify.py``.

SQLite drops the triggers of a table that a later migration alters: such a migration calls :func:`put_up` again.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

#: Table, what is refused there, and when.
_ANY = ""
_GUARDS = (
    ("ledger_entry", "UPDATE", _ANY),
    ("ledger_entry", "DELETE", _ANY),
    ("ledger_payload", "UPDATE", _ANY),
    ("ledger_head", "UPDATE", "NEW.id <> OLD.id OR NEW.number <> OLD.number + 1"),
    ("ledger_head", "DELETE", _ANY),
)
#: SQLite's INSERT OR REPLACE deletes without asking the triggers for DELETE: refuse to insert what is there already.
_REPLACED = {
    "ledger_entry": "number = NEW.number OR id = NEW.id OR previous = NEW.previous OR hash = NEW.hash",
    "ledger_payload": "entry_id = NEW.entry_id",
    "ledger_head": "id = NEW.id",
}
_REFUSED = "the ledger is append-only"


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put every guard up, anew where one stands already."""
    take_down(connection)
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[_vendor(connection)]()
    _run(connection, statements)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take every guard down. For migrations back, and for tests that empty or damage a ledger."""
    on_table = _vendor(connection) == "postgresql"
    names = [(table, _name(table, event)) for table, event, _ in _GUARDS]
    names += [(table, _name(table, "REPLACE" if not on_table else "TRUNCATE")) for table in _REPLACED]
    _run(connection, (f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if on_table else ''}" for table, name in names))


def _vendor(connection: BaseDatabaseWrapper) -> str:
    if connection.vendor not in ("sqlite", "postgresql"):
        raise NotSupportedError(f"the ledger is kept on SQLite or PostgreSQL, not on {connection.display_name}")
    return connection.vendor


def _run(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


def _sqlite() -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for table, event, when in _GUARDS:
        condition = f" WHEN {when}" if when else ""
        yield f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table}{condition} {refuse}"
    for table, same in _REPLACED.items():
        there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid OR {same})"
        yield f"CREATE TRIGGER {_name(table, 'REPLACE')} BEFORE INSERT ON {table} {there} {refuse}"


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table, event, when in _GUARDS:
        each = f"ROW WHEN ({when})" if when else "STATEMENT"
        yield f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} FOR EACH {each} {_CALL}"
    for table in _REPLACED:
        yield f"CREATE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {_CALL}"


_CALL = "EXECUTE FUNCTION ledger_refuse()"
