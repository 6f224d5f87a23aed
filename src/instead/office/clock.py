"""The office's clock. Time is passed into actions; only views, commands and timers ask this clock.

A demonstration and the tests put their own clock in its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

#: Gives the present moment, with its time zone.
Clock = Callable[[], dt.datetime]

_clock: ContextVar[Clock] = ContextVar("office_clock", default=timezone.now)


def now() -> dt.datetime:
    """The present moment, with its time zone."""
    return _clock.get()()


def today() -> dt.date:
    """The present date where the office is."""
    return timezone.localtime(now()).date()


@contextmanager
def another_clock(clock: Clock) -> Iterator[None]:
    """Let ``clock`` tell the time inside the block."""
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)


@contextmanager
def standing_still(at: dt.datetime) -> Iterator[None]:
    """Let it be ``at`` inside the block."""
    with another_clock(lambda: at):
        yield
