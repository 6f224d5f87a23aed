"""The people whose cases these are. One person, many spellings: people decide who is who, never a name alone."""

from __future__ import annotations

from django.db import models

from instead.office.ids import random_id


class Person(models.Model):
    """A person as one report names them. Two of these may be one human being; merging them is an action of its own."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(max_length=200, blank=True)
    born = models.DateField(null=True, blank=True)
    police_photo_number = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name or "name not known"
