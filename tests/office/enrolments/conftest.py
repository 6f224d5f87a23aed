"""One case and the people around it, and a second clinic that has nothing to do with either."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from instead.office import clock
from instead.office.accounts.models import Organization, User
from instead.office.cases.models import Case
from instead.office.treatment.models import Service
from support.journey import Journey, a_service
from support.office import NOW, somebody


@pytest.fixture
def journey(db, tmp_path):  # noqa: ARG001 - the database
    journey = Journey(tmp_path)
    # Named from the beginning: the office finds the body that coordinates by itself only while there is one.
    Case.objects.filter(pk=journey.case.pk).update(health=journey.people.coordinator.organization)
    journey.reload()
    return journey


@pytest.fixture
def place(journey) -> Service:
    return a_service(journey.people)


@dataclass
class Strangers:
    """One of each health-side role, in organizations that this case is none of the business of."""

    coordinator: User
    provider: User
    peer: User


@pytest.fixture
def strangers(db) -> Strangers:  # noqa: ARG001 - the database
    body = Organization.objects.create(name="Another health body", kind=Organization.Kind.HEALTH)
    clinic = Organization.objects.create(name="Tassel House", kind=Organization.Kind.PROVIDER)
    return Strangers(
        somebody(User.Role.COORDINATOR, "coordinator-elsewhere", body),
        somebody(User.Role.PROVIDER_STAFF, "staff-elsewhere", clinic),
        somebody(User.Role.PEER, "peer-elsewhere", clinic),
    )


@pytest.fixture
def now():
    """The office's clock stands at the beginning; ``with clock.standing_still(…)`` inside moves it on."""
    with clock.standing_still(NOW):
        yield NOW
