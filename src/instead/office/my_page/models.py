"""The ways to a person's own page, and the pages that are open. No link and no code is kept: only what matches them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from instead.office.accounts.models import User
from instead.office.ids import random_id
from instead.office.people.models import Person


class Link(models.Model):
    """An address that opens the page once, by a button. ``matches`` is a keyed hash of its secret part.

    ``spent_by`` is a keyed hash of a random mark of the browser that pressed the button, so that pressing it twice on a
    slow phone opens the page and is no second use.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="page_links")
    matches = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_as = models.CharField(max_length=20)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, blank=True)
    spent_by = models.CharField(max_length=64, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(spent_at__isnull=True, replaced_at__isnull=True),
                name="one_standing_link_each",
            ),
        )

    def __str__(self) -> str:
        return f"link of {self.made_at:%Y-%m-%d}"


class Card(models.Model):
    """A printed card. ``matches`` is a keyed hash of its code; a new card takes the place of the one before."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="page_cards")
    matches = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_as = models.CharField(max_length=20)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(replaced_at__isnull=True), name="one_standing_card_each"
            ),
        )

    def __str__(self) -> str:
        return f"card of {self.made_at:%Y-%m-%d}"


class OpenPage(models.Model):
    """A page that is open in one browser. ``said`` is what is to be told once, on the next page.

    ``own_phone`` is whether it stays open for days, or closes when nobody touches it for some minutes.
    """

    class By(models.TextChoices):
        LINK = "link", "link"
        CARD = "card", "card"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="open_pages")
    matches = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=5, choices=By.choices)
    own_phone = models.BooleanField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-opened_at", "pk")

    def __str__(self) -> str:
        return f"page opened {self.opened_at:%Y-%m-%d %H:%M}"


class Tries(models.Model):
    """Wrong links or codes from one place (or, where ``place`` is empty, from everywhere) in one span of time."""

    door = models.CharField(max_length=10)
    place = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("door", "place", "since"), name="one_count_a_place_and_span"),)

    def __str__(self) -> str:
        return f"{self.count} tries since {self.since:%Y-%m-%d %H:%M}"
