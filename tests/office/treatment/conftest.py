"""A small invented network: two clinics, two health-side bodies, and everybody who might press a button."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest

from instead.office.accounts.models import Organization, User
from instead.office.treatment.models import Provider, Service
from support.postgres import postgres_url

__all__ = ["postgres_url"]

AT = dt.datetime(2020, 3, 4, 15, 0, tzinfo=dt.UTC)  # a Wednesday, 10 a.m. in Philadelphia
ROLES = User.Role
KINDS = Organization.Kind


@dataclass
class Network:
    """People by what they are here, and one service."""

    service: Service
    people: dict[str, User]
    at: dt.datetime = AT

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    @property
    def soon(self) -> dt.datetime:
        return self.at + dt.timedelta(hours=48)


def person(name: str, role: User.Role, organization: Organization) -> User:
    return User.objects.create(username=f"{name}-{uuid.uuid4().hex[:8]}", role=role, organization=organization)


def a_service(organization: Organization | None = None, name: str = "Larkmere", **more: object) -> Service:
    provider = Provider.objects.create(organization=organization, name=name, source="office")
    return Service.objects.create(provider=provider, title="Outpatient", **more)


def a_network() -> Network:
    """Made in the database of the test that asks."""
    clinic, other = (Organization.objects.create(name=n, kind=KINDS.PROVIDER) for n in ("Larkmere", "Tassel"))
    health, rival = (Organization.objects.create(name=n, kind=KINDS.HEALTH) for n in ("Health", "Other Health"))
    office = Organization.objects.create(name="Office", kind=KINDS.PROSECUTION)
    people = {
        "staff": person("staff", ROLES.PROVIDER_STAFF, clinic),
        "staff elsewhere": person("elsewhere", ROLES.PROVIDER_STAFF, other),
        "peer": person("peer", ROLES.PEER, clinic),
        "coordinator": person("coordinator", ROLES.COORDINATOR, health),
        "coordinator elsewhere": person("rival", ROLES.COORDINATOR, rival),
        "coordinator of the prosecution": person("misplaced", ROLES.COORDINATOR, office),
        "prosecutor": person("prosecutor", ROLES.PROSECUTOR, office),
        "analyst": person("analyst", ROLES.ANALYST, office),
        "administrator": person("administrator", ROLES.ADMINISTRATOR, office),
        "counsel": person("counsel", ROLES.DEFENSE_COUNSEL, Organization.objects.create(name="D", kind=KINDS.DEFENSE)),
    }
    return Network(a_service(clinic), people)


@pytest.fixture
def network(db: None) -> Network:  # noqa: ARG001 - the database
    return a_network()
