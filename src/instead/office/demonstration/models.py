"""What this database is for: the work of an office, or a demonstration. Decided once, when it is set up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """The one row. ``clock_at`` and ``clock_set_at`` are a demonstration's own clock: it was ``clock_at`` then.

    A demonstration never becomes an office, nor the other way round: invented people and real ones do not mix.
    """

    class Kind(models.TextChoices):
        OFFICE = "office", "an office"
        DEMONSTRATION = "demonstration", "a demonstration"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    made_at = models.DateTimeField()
    clock_at = models.DateTimeField(null=True, blank=True)
    clock_set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_installation"),
            models.CheckConstraint(
                condition=Q(kind="office", clock_at__isnull=True) | Q(kind="demonstration", clock_at__isnull=False),
                name="only_a_demonstration_has_a_clock_of_its_own",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
