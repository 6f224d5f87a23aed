"""Providers, their services, places and holds on places. The verbs are in ``actions.py``."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from instead.office.accounts.models import Organization
from instead.office.ids import random_id
from instead.office.treatment.addresses import Place, phone_to_read
from instead.office.treatment.hours import Hours, hours_from_json
from instead.office.treatment.levels import EDITION, LEVELS


class Provider(models.Model):
    """A door where treatment is given. ``conflicts`` is where the sources contradict each other."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="providers"
    )
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    address_key = models.CharField(max_length=300, blank=True, db_index=True)
    unit = models.CharField(max_length=100, blank=True)
    zip_code = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=60)
    conflicts: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def phone_to_read(self) -> str:
        return phone_to_read(self.phone)


class Service(models.Model):
    """What is offered at a door. A null column is not known, which is not "no".

    ``hours`` and ``walk_in_hours`` are lists of [weekday, opens, closes] in minutes of the day (see ``hours.py``).
    ``languages`` are codes such as ``es``; one that is not listed is not spoken only where
    ``languages_complete`` is set, and not known elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    title = models.CharField(max_length=200)
    level_edition = models.CharField(max_length=10, blank=True)
    level = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in LEVELS])
    buprenorphine = models.BooleanField(null=True)
    methadone = models.BooleanField(null=True)
    naltrexone = models.BooleanField(null=True)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    languages_complete = models.BooleanField(default=False)
    hours: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    hours_text = models.CharField(max_length=1000, blank=True)
    walk_in = models.BooleanField(null=True)
    walk_in_hours: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    walk_in_text = models.CharField(max_length=1000, blank=True)
    only_for = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="level_of_a_known_edition",
                condition=Q(level="", level_edition="") | Q(level__in=LEVELS, level_edition=EDITION),
            ),
            models.CheckConstraint(
                name="place_whole_or_absent",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.provider}"

    @property
    def organization_id(self) -> uuid.UUID | None:
        """Whose service it is; nobody's where the provider does not work with this office yet."""
        return self.provider.organization_id

    @property
    def open_hours(self) -> Hours | None:
        return hours_from_json(self.hours)

    @property
    def walk_in_open_hours(self) -> Hours | None:
        """When somebody may walk in: the hours said for that, else those of the door."""
        return hours_from_json(self.walk_in_hours) or (None if self.walk_in_text else self.open_hours)

    @property
    def place(self) -> Place | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude)


class Capacity(models.Model):
    """How many people of this programme a service can have at once, as last said. A service without one: not known.

    ``taken`` counts holds and taken places. It passes ``places`` only when a lower number is reported, never by a hold:
    ``over_by`` says by how many, and the constraint refuses every other way above ``places``.
    """

    service = models.OneToOneField(Service, on_delete=models.PROTECT, primary_key=True, related_name="capacity")
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    over_by = models.PositiveIntegerField(default=0)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="no_more_taken_than_places",
                condition=Q(over_by=0, taken__lte=F("places")) | Q(over_by__gt=0, taken=F("places") + F("over_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.taken} of {self.places}"

    @property
    def free(self) -> int:
        return max(0, self.places - self.taken)


class Hold(models.Model):
    """A place kept for one enrolment, known here by its random id alone, until ``expires_at`` unless it is taken."""

    class State(models.TextChoices):
        HELD = "held", "held"
        TAKEN = "taken", "taken"
        RELEASED = "released", "released"
        EXPIRED = "expired", "expired"

    OPEN = (State.HELD, State.TAKEN)

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="holds")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    for_enrolment = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_open_hold_each",
                fields=["service", "for_enrolment"],
                condition=Q(state__in=("held", "taken")),
            ),
            models.CheckConstraint(name="hold_ends_after_it_began", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="state_of_a_hold", condition=Q(state__in=("held", "taken", "released", "expired"))
            ),
        )
        indexes = (models.Index(name="holds_by_end", fields=["state", "expires_at"]),)

    def __str__(self) -> str:
        return f"{self.state} until {self.expires_at:%Y-%m-%d %H:%M}"


class Statement(models.Model):
    """What one source says about one service, as read. Providers and services are put together from these.

    ``joined`` is why it was put to a service that was there already; empty where the service began with it.
    """

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="statements")
    said: models.JSONField[Any, Any] = models.JSONField()
    joined = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(name="one_statement_each", fields=["source", "key"]),)

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"
