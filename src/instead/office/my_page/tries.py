"""How often links and codes may be guessed: so many wrong ones from one place, and so many from everywhere.

Each try is counted before it is looked at and given back when it was right, so that guessing at once in many threads
gains nothing. Addresses are kept as keyed hashes, for a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F

from instead.office.errors import Refused
from instead.office.my_page.models import Tries
from instead.office.my_page.secrets import matching
from instead.office.tasks.clocks import number_of


class Door(StrEnum):
    """Where somebody tries. Each counts for itself: guessing at the page closes no desk."""

    LINK = "link"
    CODE = "code"
    DESK = "desk"


class TooManyTries(Refused):
    """Too many wrong ones in a short time; ``minutes`` is how long to wait."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"too many wrong tries; wait {minutes} minutes")
        self.minutes = minutes


@dataclass(slots=True)
class Guess:
    """One try; whoever looks sets ``right``."""

    right: bool = False


@contextmanager
def guessing(door: Door, place: str, at: dt.datetime) -> Iterator[Guess]:
    """Count one try around looking; raises :class:`TooManyTries` before anything is looked at."""
    guess = Guess()
    counts = _counted(door, place, at)
    yield guess
    if guess.right:
        Tries.objects.filter(pk__in=counts, count__gt=0).update(count=F("count") - 1)


def _counted(door: Door, place: str, at: dt.datetime) -> list[int]:
    minutes = number_of("try_minutes", at)
    span = dt.timedelta(minutes=minutes)
    since = at - (at - dt.datetime.min.replace(tzinfo=dt.UTC)) % span
    counts: list[int] = []
    limits = [("", number_of("tries_from_everywhere", at))]
    if place:
        limits.insert(0, (matching("place", place), number_of("tries_from_one_place", at)))
    for where, most in limits:
        row, new = Tries.objects.get_or_create(door=door.value, place=where, since=since)
        if not Tries.objects.filter(pk=row.pk, count__lt=most).update(count=F("count") + 1):
            Tries.objects.filter(pk__in=counts).update(count=F("count") - 1)
            raise TooManyTries(max(1, round((since + span - at).total_seconds() / 60)))
        counts.append(row.pk)
        if new:
            Tries.objects.filter(since__lt=at - dt.timedelta(days=1)).delete()
    return counts
