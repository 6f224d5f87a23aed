"""Making a demonstration: an invented city's arrests come in, and months of work are done by the real verbs."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from instead.office.accounts.models import User
from instead.office.cases.intake import receive
from instead.office.cases.models import Case
from instead.office.demonstration.cast import cast
from instead.office.demonstration.life import Life, live, look_again
from instead.office.demonstration.mode import found, installation
from instead.office.demonstration.models import Installation
from instead.office.demonstration.network import open_network
from instead.office.errors import Refused
from instead.office.numbers.actions import publish
from instead.policy.model import Policy
from instead.synth.write import MARKER

_ZONE: Final = ZoneInfo("America/New_York")
#: The invented city began its programme on the first day and is shown on the second, at eight in the morning.
BEGAN: Final = dt.date(2019, 11, 16)
SHOWN: Final = dt.datetime(2019, 12, 31, 8, 0, tzinfo=_ZONE)


@dataclass(frozen=True, slots=True)
class Founded:
    """What was made: cases, steps of work, and steps that the verbs refused, with the reason."""

    cases: int
    steps: int
    refused: dict[str, int]


def demonstration(
    city: Path, policy: Policy, *, seed: int, tell: Callable[[str], None] = lambda _words: None
) -> Founded:
    """Fill an empty database with a demonstration. All of it is one transaction: there is no half a demonstration."""
    if not (city / MARKER).is_file():
        raise Refused(f"{city}: no synthetic city; make one with: instead synth {city}")
    if installation() is not None or Case.objects.exists():
        raise Refused("this database is in use already; a demonstration begins with an empty one")
    with transaction.atomic():
        found(Installation.Kind.DEMONSTRATION, at=timezone.now(), clock_at=SHOWN)
        cast()
        services = open_network(city, SHOWN)
        prosecutors, coordinators, counsel = (list(_of(role)) for role in _WORKERS)
        life = Life(policy, services, SHOWN, Random(seed), prosecutors, coordinators, counsel)
        for day, lines in sorted(_by_day(city).items()):
            at = min(SHOWN - _MINUTE, dt.datetime.combine(day + _DAY, dt.time(6), _ZONE))
            life.plan(at, partial(_morning, life, day, lines, tell))
        life.run()
        publish(at=SHOWN - _MINUTE, actor=User.objects.get(username="analyst"))
    return Founded(Case.objects.count(), life.done, dict(life.refused))


_DAY: Final = dt.timedelta(days=1)
_MINUTE: Final = dt.timedelta(minutes=1)
_WORKERS: Final = (User.Role.PROSECUTOR, User.Role.COORDINATOR, User.Role.DEFENSE_COUNSEL)


def _of(role: User.Role) -> QuerySet[User]:
    return User.objects.filter(role=role).order_by("username")


def _by_day(city: Path) -> dict[dt.date, list[str]]:
    """The reports of the demonstration’s months by the day of the arrest, up to the hour at which it is shown."""
    days: dict[dt.date, list[str]] = {}
    with (city / "arrest_reports.jsonl").open(encoding="utf-8") as reports:
        for line in reports:
            arrested = dt.datetime.fromisoformat(json.loads(line)["arrested_at"]).replace(tzinfo=_ZONE)
            if arrested.date() >= BEGAN and arrested < SHOWN:
                days.setdefault(arrested.date(), []).append(line)
    return days


def _morning(life: Life, day: dt.date, lines: list[str], tell: Callable[[str], None], at: dt.datetime) -> None:
    """The reports of a day, as police send them the next morning, and the plan for each case."""
    tell(f"Arrests of {day.isoformat()} …")
    before = set(Case.objects.values_list("pk", flat=True))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / MARKER).write_text("synthetic people\n", encoding="utf-8")
        path = Path(folder) / "arrest_reports.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        receive(path, "arrest-reports", life.policy, actor=None, at=at)
    for case in Case.objects.exclude(pk__in=before).order_by("source_key"):
        live(life, case, at)
    if day.weekday() == 0:
        look_again(life, at)
