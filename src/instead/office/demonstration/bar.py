"""What every page of a demonstration shows above everything else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from instead.office import clock
from instead.office.demonstration.cast import CAST, Part
from instead.office.demonstration.guide import Step
from instead.office.demonstration.views import tour_step


@dataclass(frozen=True, slots=True)
class Bar:
    """The time there, whose place can be taken, and the tour's next step where a visitor is on it."""

    now: dt.datetime
    cast: tuple[Part, ...]
    step: Step | None


def demonstration(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``demonstration`` is None in an office, else the bar, made when it is first looked at."""
    if getattr(request, "demonstration", None) is None:
        return {"demonstration": None}
    return {"demonstration": SimpleLazyObject(lambda: _bar(request))}


def _bar(request: HttpRequest) -> Bar:
    found = tour_step(request)
    return Bar(clock.now(), CAST, found[1] if found else None)
