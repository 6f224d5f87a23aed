"""What was published, as it was seen: never changed, and taken into account by everything that is published later."""

from __future__ import annotations

from typing import Any

from django.db import models

from instead.office.accounts.models import Organization, User
from instead.office.ids import random_id
from instead.office.numbers.keeping import from_json
from instead.office.numbers.public_times import Time
from instead.office.numbers.release import Published


class PublishedRelease(models.Model):
    """One set of public numbers, counted for everybody who came in up to the day ``until``.

    ``tables`` holds what was shown and what was not, and no hidden count; ``times`` the quartiles beside them.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    office = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    tables = models.TextField()
    times: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        ordering = ("-until",)
        constraints = (models.UniqueConstraint(fields=("office", "until"), name="one_release_a_day"),)

    def __str__(self) -> str:
        return f"numbers until {self.until}"

    @property
    def published(self) -> Published:
        return from_json(self.tables)

    @property
    def waits(self) -> list[Time]:
        return [Time(**one) for one in self.times]
