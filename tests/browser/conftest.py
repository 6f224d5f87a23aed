"""A real browser on a real office: each test has a database of its own, in a file, and a server that reads it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.db.utils import ConnectionHandler
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, Page

from instead.office import clock
from instead.office.accounts.models import User
from support.browser import DESK, FLAGS, Watch, chromium
from support.office import NOW


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """For pytest-playwright: Debian's browser in place of one that it would download.

    From here on Playwright's loop runs in this thread, which Django would take for a mistake, in later tests as well.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {"executable_path": chromium(), "args": list(FLAGS)}


@contextmanager
def _on(path: Path) -> Iterator[None]:
    """Let a file be the database of this process, in every thread that begins inside the block."""
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
    entry = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    before, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = ConnectionHandler({"default": entry}).settings["default"]
    connections["default"] = connections.create_connection("default")
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = settings
        connections["default"] = before
        ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_blocker) -> Path:
    """A migrated database that tests copy."""
    path = tmp_path_factory.mktemp("browser") / "office.sqlite3"
    with django_db_blocker.unblock(), _on(path):
        call_command("migrate", verbosity=0)
    return path


@dataclass
class Office:
    """An open office: where it is, and a place for files of the test."""

    address: str
    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def let_it_be(self, at: dt.datetime) -> None:
        """Set the office's clock, in the test and in the server's threads alike."""
        self.monkeypatch.setattr(clock, "_clock", ContextVar("office_clock", default=lambda: at))


@pytest.fixture
def office(migrated, tmp_path, django_db_blocker, monkeypatch) -> Iterator[Office]:
    """An office that nobody has used yet, where it is the moment ``NOW``."""
    from instead.office.wsgi import application

    cache.clear()
    shutil.copy(migrated, tmp_path / "office.sqlite3")
    with django_db_blocker.unblock(), _on(tmp_path / "office.sqlite3"):
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
        server.set_app(application)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        opened = Office(f"http://127.0.0.1:{server.server_port}", tmp_path, monkeypatch)
        opened.let_it_be(NOW)
        yield opened
        server.shutdown()
        server.server_close()
        thread.join()


#: Opens a page, signed in as somebody or nobody, with or without JavaScript.
OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[OpenPage]:
    """Pages in browsers of their own. A page that asks elsewhere or breaks its policy fails the test at the end."""
    watch, contexts = Watch(), []

    def open_one(user: User | None = None, *, javascript: bool = True, width: int = DESK) -> Page:
        context = browser.new_context(
            base_url=office.address, java_script_enabled=javascript, viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([_signed_in(user, office.address)])
        page = context.new_page()
        page.set_default_timeout(45_000)  # a busy machine is slow, not broken
        watch.over(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


def _signed_in(user: User, address: str) -> dict[str, str]:
    """The cookie of a session, made without the form."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": address}
