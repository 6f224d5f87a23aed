"""Proof, hours of service, the second look, documents, and the withdrawal with its reason."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.consents.models import Disclosure
from instead.office.ids import random_id


class Proof(models.Model):
    """The attendance form as the office may see it: the four facts of one disclosure, and the office's answer."""

    class State(models.TextChoices):
        FILED = "filed", "filed"
        ONE_MORE = "one_more", "one more thing needed"
        GOOD = "good", "good"
        REMOVED = "removed", "may no longer be used"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="proofs")
    disclosure = models.OneToOneField(Disclosure, on_delete=models.CASCADE, related_name="proof")
    state = models.CharField(max_length=10, choices=State.choices, default=State.FILED)
    filed_at = models.DateTimeField()
    filed_as = models.CharField(max_length=20)
    one_more = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("filed_at", "pk")

    def __str__(self) -> str:
        return f"proof of {self.filed_at:%Y-%m-%d}, {self.state}"


class ServiceHours(models.Model):
    """Hours of community service that were done. Whole hours; the place is a name, not what the person did there."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="service_hours")
    hours = models.PositiveIntegerField()
    place = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    filed_at = models.DateTimeField()
    filed_as = models.CharField(max_length=20)
    one_more = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("filed_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="service_ends_after_it_began", condition=Q(last_day__gte=models.F("first_day"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.hours} hours"


class SecondLook(models.Model):
    """A look before anything is taken away. Both sides write; a prosecutor decides after both have, or had the time."""

    class Because(models.TextChoices):
        MISSED_CLOCK = "missed_clock", "a date has passed"
        MISSED_APPOINTMENTS = "missed_appointments", "missed appointments"
        NEW_ARREST = "new_arrest", "a new arrest"
        CHANGED_OUTCOME = "changed_outcome", "a fact that changes the outcome"
        REOPENED = "reopened", "an end that was a mistake"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="second_looks")
    came_from = models.CharField(max_length=40)
    because = models.CharField(max_length=30, choices=Because.choices)
    opened_at = models.DateTimeField()
    office_reasons = models.TextField(blank=True)
    office_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    defense_reasons = models.TextField(blank=True)
    defense_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kept = models.BooleanField(null=True, blank=True)
    new_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("opened_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(decided_at__isnull=True), name="one_open_second_look"
            ),
            models.CheckConstraint(
                name="decided_with_the_office_s_reasons",
                condition=Q(decided_at__isnull=True) | ~Q(office_reasons=""),
            ),
        )

    def __str__(self) -> str:
        return f"second look of {self.opened_at:%Y-%m-%d}"


class Withdrawal(models.Model):
    """The charges are withdrawn, and why: the reason that no public system records. The court is told no reason.

    ``lines`` is one line a docket and charge, as printed for the courtroom.
    """

    class Reason(models.TextChoices):
        ENGAGED = "engaged", "treatment engaged"
        SERVICE = "service", "service done"
        CONDITION = "condition", "another condition"
        NOTHING_ASKED = "nothing_asked", "the offer asked nothing"
        LABORATORY = "laboratory", "laboratory"
        WITNESS = "witness", "witness"
        OFFICER = "officer", "officer"
        COURT = "court", "court"
        POLICY = "policy", "the policy asks for no charge"
        OTHER = "other", "another reason, written down"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField(blank=True)
    lines: models.JSONField[Any, Any] = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="another_reason_has_words", condition=~Q(reason="other") | ~Q(words="")),
        )

    def __str__(self) -> str:
        return f"withdrawn: {self.reason}"


class Document(models.Model):
    """A paper somebody uploaded, opaque to the office. Opened on the health side, reduced to the four facts, destroyed.

    The file lies outside the database under ``stored_as``, a random name; its own name is not kept.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.UUIDField(default=random_id)
    uploaded_at = models.DateTimeField()
    uploaded_as = models.CharField(max_length=20)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True, blank=True)
    destroyed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("uploaded_at", "pk")

    def __str__(self) -> str:
        return f"document of {self.uploaded_at:%Y-%m-%d}"
