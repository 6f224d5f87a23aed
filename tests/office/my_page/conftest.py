"""Somebody with an open page, and the hour at which it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from instead.office import clock
from support.journey import Journey
from support.my_page import at_step, my_browser


@pytest.fixture
def at(tmp_path) -> Iterator[Callable[..., tuple[Journey, Client]]]:
    """Bring somebody to a step and open their page; the office's clock stands still at their hour."""
    standing: list = []

    def bring(name: str, number: int = 1, **more: object) -> tuple[Journey, Client]:
        journey = at_step(name, tmp_path, number, **more)
        frozen = clock.standing_still(journey.at)
        frozen.__enter__()
        standing.append(frozen)
        return journey, my_browser(journey.case.person, journey.at)

    yield bring
    for frozen in reversed(standing):
        frozen.__exit__(None, None, None)
