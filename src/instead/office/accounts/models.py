"""Who works here: organizations and their people, each with one role."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from instead.office.ids import random_id


class Organization(models.Model):
    """An office, a health authority, a treatment provider or a defender. ``phone`` is the one that people may call."""

    class Kind(models.TextChoices):
        PROSECUTION = "prosecution", "prosecutor's office"
        HEALTH = "health", "health-side body"
        PROVIDER = "provider", "treatment provider"
        DEFENSE = "defense", "defense"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    phone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. One role each; what a role may do is in ``permissions.py``.

    ``phone`` is where the people they work for may call them; empty: the organization's own.
    """

    class Role(models.TextChoices):
        PROSECUTOR = "prosecutor", "charging prosecutor"
        COORDINATOR = "coordinator", "diversion coordinator"
        PROVIDER_STAFF = "provider_staff", "provider staff"
        PEER = "peer", "peer"
        DEFENSE_COUNSEL = "defense_counsel", "defense counsel"
        ANALYST = "analyst", "analyst"
        ADMINISTRATOR = "administrator", "administrator"

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=random_id, editable=False)
    role = models.CharField(max_length=20, choices=Role.choices)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="people")
    phone = models.CharField(max_length=40, blank=True)
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "role", "organization"]

    @property
    def side(self) -> str:
        """The side of the wall this person is on: the kind of the organization."""
        return self.organization.kind

    @property
    def reached_at(self) -> str:
        """The number to call, or nothing where nobody has said one."""
        return self.phone or self.organization.phone
