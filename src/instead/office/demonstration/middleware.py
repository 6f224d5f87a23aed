"""On every page of a demonstration: its own clock, and the word that everybody is invented."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse

from instead.office import clock
from instead.office.demonstration.mode import demonstration_now, installation
from instead.office.demonstration.models import Installation


def demonstration_clock(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: inside a demonstration ``clock.now()`` is the demonstration's own clock."""

    def middleware(request: HttpRequest) -> HttpResponse:
        row = installation()
        if row is None or row.kind != Installation.Kind.DEMONSTRATION:
            return get_response(request)
        request.demonstration = row  # type: ignore[attr-defined]  # read by the context processor
        with clock.another_clock(partial(demonstration_now, row)):
            return get_response(request)

    return middleware
