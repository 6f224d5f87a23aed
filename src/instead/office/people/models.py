"""The people whose cases these are. One person, many spellings: people decide who is who, never a name alone."""

from __future__ import annotations

from django.db import models

from instead.office.ids import random_id


class Person(models.Model):
    """A person as one report names them. Two of these may be one human being; merging them is an action of its own.

    ``sex`` and ``race`` are as police wrote them at the arrest, perhaps assumed; ``housing`` is in their words, too.
    ``language`` is what letters are written in; ``interpreter`` names the language somebody has to interpret, where
    that is needed.
    """

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        SPANISH = "es", "Spanish"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(max_length=200, blank=True)
    born = models.DateField(null=True, blank=True)
    police_photo_number = models.CharField(max_length=40, blank=True, db_index=True)
    sex = models.CharField(max_length=20, blank=True)
    race = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    housing = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    interpreter = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name or "name not known"
