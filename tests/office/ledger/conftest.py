"""Databases of one test alone, SQLite in a file and PostgreSQL, where transactions are committed as in an office."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dj_database_url
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.utils import ConnectionHandler

from support.ledger import emptied_ledger_begins_anew  # noqa: F401 - a fixture
from support.postgres import create_database, drop_database, postgres_url  # noqa: F401 - a fixture

_count = itertools.count(1)


@dataclass
class OfficeDatabase:
    """A migrated database; ``environment`` makes it the one of another process."""

    vendor: str
    settings: dict[str, object]
    environment: dict[str, str] = field(default_factory=dict)


def _sqlite(folder: Path) -> OfficeDatabase:
    options = dict(settings.DATABASES["default"]["OPTIONS"])
    options["init_command"] += " PRAGMA synchronous=OFF;"  # no test takes the power away
    entry = {**settings.DATABASES["default"], "NAME": str(folder / "office.sqlite3"), "OPTIONS": options}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return OfficeDatabase("sqlite", entry, {**environment, "INSTEAD_DATA": str(folder), "INSTEAD_SECRET_KEY": "x" * 50})


def _postgres(url: str, folder: Path) -> OfficeDatabase:
    entry = dict(dj_database_url.parse(url))
    more = {"DATABASE_URL": url, "INSTEAD_DATA": str(folder), "INSTEAD_SECRET_KEY": "x" * 50}
    return OfficeDatabase("postgres", entry, {**os.environ, **more})


@contextmanager
def _connected(database: OfficeDatabase) -> Iterator[None]:
    """Let ``database`` be the default one of this process."""
    before = connections["default"]
    here = ConnectionHandler({"default": dict(database.settings)})["default"]
    connections["default"] = here
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        here.close()
        connections["default"] = before
        ContentType.objects.clear_cache()


def _migrate(database: OfficeDatabase) -> None:
    with _connected(database):
        call_command("migrate", verbosity=0)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory, django_db_blocker) -> Path:
    """A migrated SQLite file that tests copy."""
    folder = tmp_path_factory.mktemp("migrated")
    database = _sqlite(folder)
    with django_db_blocker.unblock():
        _migrate(database)
    return Path(str(database.settings["NAME"]))


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url, tmp_path_factory, django_db_blocker) -> str:  # noqa: F811
    """The URL of the cluster, in which the database ``migrated`` is the template of those of the tests."""
    url = create_database(postgres_url, "migrated")
    with django_db_blocker.unblock():
        _migrate(_postgres(url, tmp_path_factory.mktemp("postgres")))
    return postgres_url


@pytest.fixture
def sqlite_office(migrated_sqlite, tmp_path, django_db_blocker) -> Iterator[OfficeDatabase]:
    shutil.copy(migrated_sqlite, tmp_path / "office.sqlite3")
    database = _sqlite(tmp_path)
    with django_db_blocker.unblock(), _connected(database):
        yield database


@pytest.fixture
def postgres_office(migrated_postgres, tmp_path, django_db_blocker) -> Iterator[OfficeDatabase]:
    name = f"office_{next(_count)}"
    url = create_database(migrated_postgres, name, template="migrated")
    database = _postgres(url, tmp_path)
    with django_db_blocker.unblock(), _connected(database):
        yield database
    drop_database(migrated_postgres, name)


@pytest.fixture(scope="session")
def shared_postgres(migrated_postgres, tmp_path_factory) -> OfficeDatabase:
    """One database for the tests that are rolled back."""
    url = create_database(migrated_postgres, "shared", template="migrated")
    return _postgres(url, tmp_path_factory.mktemp("shared"))


@pytest.fixture
def rolled_back_office(shared_postgres, django_db_blocker) -> Iterator[OfficeDatabase]:
    """PostgreSQL rolls back everything, also dropped tables and guards, and far faster than it copies a database."""
    with django_db_blocker.unblock(), _connected(shared_postgres), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
        yield shared_postgres
        transaction.set_rollback(True)


@pytest.fixture(params=["sqlite", "rolled_back"], ids=["sqlite", "postgres"])
def office(request) -> OfficeDatabase:
    """The same test on both."""
    return request.getfixturevalue(f"{request.param}_office")


@pytest.fixture(params=["sqlite", "postgres"])
def committing_office(request) -> OfficeDatabase:
    """The same test on both, where what is committed stays and other processes see it."""
    return request.getfixturevalue(f"{request.param}_office")
