"""A private PostgreSQL for the tests: a cluster of its own in a temporary folder, reached over a Unix socket alone.

Put ``pytest_plugins = ["support.postgres"]`` into ``tests/conftest.py``, or import the fixture into a conftest. Where
the machine has no PostgreSQL server the tests that ask for it skip; where CI is set they fail.
"""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pytest

_NO_SERVER = "no PostgreSQL server on this machine: neither /usr/lib/postgresql/*/bin/initdb nor initdb on PATH"
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c autovacuum=off"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The DATABASE_URL of an empty database whose user may create others: see :func:`create_database`."""
    binaries = server_binaries()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail(_NO_SERVER)
        pytest.skip(_NO_SERVER)
    with cluster(binaries) as url:
        yield url


def server_binaries() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version that is there."""
    packaged = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if packaged:
        return max(packaged, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """A running cluster. PostgreSQL refuses root, so that root hands it to the user ``postgres``."""
    folder = Path(tempfile.mkdtemp(prefix="instead-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes at most
    data = folder / "data"
    as_root = os.geteuid() == 0
    if as_root:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(program: str, *arguments: str) -> None:
        before = ["runuser", "-u", "postgres", "--"] if as_root else []
        command = [*before, str(binaries / program), *arguments]
        # Output goes to a file: a pipe would be held open by the server that pg_ctl leaves behind.
        with (folder / "output").open("w+b") as output:
            done = subprocess.run(command, stdout=output, stderr=output, cwd=folder, timeout=60, check=False)
            output.seek(0)
            assert done.returncode == 0, output.read().decode(errors="replace")

    try:
        run("initdb", "-D", str(data), "-U", "instead", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {_FAST}"
        run("pg_ctl", "start", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgres://instead@{quote(str(folder), safe='')}:5432/postgres"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(url: str, name: str, template: str = "template1") -> str:
    """Create a database in the cluster behind ``url``, perhaps as a copy of another, and return its DATABASE_URL."""
    _execute(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def drop_database(url: str, name: str) -> None:
    """Drop a database of the cluster, with whoever is connected to it."""
    _execute(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@functools.cache
def _psycopg():
    return pytest.importorskip("psycopg")


def _execute(url: str, statement: str) -> None:
    with _psycopg().connect(url.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(statement)
