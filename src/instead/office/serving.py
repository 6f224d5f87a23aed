"""Opening the office to browsers: the pages, and the timers beside them."""

from __future__ import annotations

import logging
import threading
from contextlib import nullcontext
from functools import partial

from django.db import close_old_connections
from waitress import serve as serve_forever

from instead.office import clock
from instead.office.demonstration.mode import demonstration_now, installation
from instead.office.demonstration.models import Installation
from instead.office.notices.sending import send_due
from instead.office.timers import tick
from instead.office.wsgi import application

_EVERY_SECONDS = 60
_log = logging.getLogger(__name__)


def serve(port: int, *, host: str = "127.0.0.1") -> None:
    """Open the office until Ctrl-C. The timers run in a thread of their own; two servers do no harm to each other."""
    stop = threading.Event()
    threading.Thread(target=_timers, args=(stop,), daemon=True).start()
    try:
        serve_forever(application, host=host, port=port, threads=8, ident=None)
    finally:
        stop.set()


def _timers(stop: threading.Event) -> None:
    while not stop.wait(_EVERY_SECONDS):
        try:
            one_round()
        except Exception:  # noqa: BLE001  # a timer that stops is worse than one that says what went wrong
            _log.exception("a round of the timers failed; the next one tries again")
        finally:
            close_old_connections()


def one_round() -> None:
    """One round of the timers by the office's clock, or by a demonstration's own."""
    row = installation()
    demonstration = row is not None and row.kind == Installation.Kind.DEMONSTRATION
    with clock.another_clock(partial(demonstration_now, row)) if row and demonstration else nullcontext():
        tick(clock.now())
        send_due(clock.now())
