"""The court's side of a case: dockets, listings, warrants, custody, and the waiver of speedy trial."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.ids import random_id


class Docket(models.Model):
    """One docket of a case. A felony has one in Municipal Court and one in Common Pleas: each is withdrawn for itself.

    ``counts_from`` is where its trial clock begins (Rule 1013: preliminary arraignment, by summons the complaint; Rule
    600: the complaint); empty where nobody has said so.
    """

    class Court(models.TextChoices):
        MUNICIPAL = "MC", "Municipal Court"
        COMMON_PLEAS = "CP", "Court of Common Pleas"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="dockets")
    number = models.CharField(max_length=30, unique=True)
    court = models.CharField(max_length=2, choices=Court.choices)
    counts_from = models.DateField(null=True, blank=True)
    ordered_down_on = models.DateField(null=True, blank=True)
    withdrawal_asked_at = models.DateTimeField(null=True, blank=True)
    withdrawn_on_record_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("court", "number")
        indexes = (
            models.Index(
                fields=("withdrawal_asked_at",),
                condition=Q(withdrawal_asked_at__isnull=False, withdrawn_on_record_at__isnull=True),
                name="asked_not_on_record",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="asked_before_on_record",
                condition=Q(withdrawn_on_record_at__isnull=True) | Q(withdrawal_asked_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.number


class Listing(models.Model):
    """A day in court. Somebody answers for it: the person gets there or is excused.

    ``way_there`` is free text of the health side and may name a place: others are told only that the way is planned.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "scheduled"
        EXCUSED = "excused", "excused"
        APPEARED = "appeared", "appeared"
        MISSED = "missed", "missed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    docket = models.ForeignKey(Docket, on_delete=models.CASCADE, related_name="listings")
    at = models.DateTimeField()
    courtroom = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)
    way_there = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("at",)
        constraints = (models.UniqueConstraint(fields=("docket", "at"), name="one_listing_a_moment"),)
        indexes = (
            models.Index(fields=("state", "at"), name="listings_by_day"),
            models.Index(fields=("at",), name="listings_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.docket}, {self.at:%Y-%m-%d %H:%M}"


class Warrant(models.Model):
    """A bench warrant or a detainer. It may come late, and it must be cleared before a withdrawal is finished."""

    class Kind(models.TextChoices):
        BENCH = "bench", "bench warrant"
        DETAINER = "detainer", "detainer"
        OTHER = "other", "warrant of another court or county"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="warrants")
    docket = models.ForeignKey(Docket, null=True, blank=True, on_delete=models.CASCADE, related_name="warrants")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    #: Whether it hangs on this case; a warrant of another matter does not keep this one open.
    of_this_case = models.BooleanField(default=True)
    issued_on = models.DateField()
    learned_at = models.DateTimeField()
    source = models.CharField(max_length=80)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("issued_on", "pk")
        indexes = (
            models.Index(fields=("issued_on",), condition=Q(cleared_at__isnull=True), name="open_warrants_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.issued_on:%B} {self.issued_on.day}, {self.issued_on.year}"


class Custody(models.Model):
    """The person is held. The person's own clocks stand still meanwhile."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="custodies")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80)

    class Meta:
        ordering = ("since",)
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(until__isnull=True), name="one_custody_at_a_time"),
            models.CheckConstraint(
                name="custody_ends_after_it_began", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        )

    def __str__(self) -> str:
        return f"in custody since {self.since}"


class SpeedyTrialWaiver(models.Model):
    """Time that the person agreed, on paper and with counsel, to leave out of the trial clock."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="waivers")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_as = models.CharField(max_length=20)

    class Meta:
        ordering = ("start",)
        constraints = (
            models.CheckConstraint(
                name="waiver_ends_after_it_began", condition=Q(end__isnull=True) | Q(end__gte=F("start"))
            ),
        )

    def __str__(self) -> str:
        return f"waived from {self.start}"

    def span(self) -> tuple[dt.date, dt.date | None]:
        """From when to when."""
        return self.start, self.end
