"""The verbs of a demonstration: move its clock. Everything that time alone brings happens on the way."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone

from instead.office.demonstration.mode import demonstration_now, installation
from instead.office.demonstration.models import Installation
from instead.office.errors import Refused
from instead.office.timers import tick

#: How far the clock can be moved at once.
STEPS: Final = {"hour": dt.timedelta(hours=1), "day": dt.timedelta(days=1), "week": dt.timedelta(days=7)}


def move_clock(step: str) -> dt.datetime:
    """Move the clock on by an hour, a day or a week, with a round of the timers for every day. Never back."""
    row = installation()
    if row is None or row.kind != Installation.Kind.DEMONSTRATION:
        raise Refused("only a demonstration's clock can be moved")
    if step not in STEPS:
        raise Refused(f"{step!r} is no step; expected {', '.join(STEPS)}")
    now = demonstration_now(row)
    until = now + STEPS[step]
    while now < until:
        now = min(now + STEPS["day"], until)
        tick(now)
    Installation.objects.filter(pk=row.pk).update(clock_at=until, clock_set_at=timezone.now())
    return until
