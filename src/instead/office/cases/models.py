"""A case, what is known of it, and what was decided. Decisions are immutable; facts are never overwritten."""

from __future__ import annotations

from django.db import models

from instead.office.accounts.models import User
from instead.office.ids import random_id
from instead.office.people.models import Person


class Case(models.Model):
    """One event of one person. ``source_key`` is the normalised OTN, else the report's own number."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    source_key = models.CharField(max_length=80, unique=True)
    report_id = models.CharField(max_length=80, blank=True)
    dc_number = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    narrative = models.TextField(blank=True)
    arrested_at = models.DateTimeField(null=True, blank=True)
    first_listing = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.source_key


class Charge(models.Model):
    """A charge as police proposed it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="charges")
    sequence = models.PositiveIntegerField()
    citation = models.CharField(max_length=300, blank=True)
    description = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("case", "sequence"), name="one_charge_a_sequence"),)


class FactValue(models.Model):
    """What was learned of one fact at one time. The newest value counts; ``code`` null says: known not to be known."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="fact_values")
    fact = models.CharField(max_length=80)
    code = models.BigIntegerField(null=True)
    source = models.CharField(max_length=80)
    learned_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("case", "fact")),)


class Decision(models.Model):
    """What the policy said of the facts as they were. Never changed: another fact makes another decision."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()
    policy = models.CharField(max_length=80)
    policy_version = models.CharField(max_length=40)
    hash = models.CharField(max_length=64)
    decision_date = models.DateField()
    facts = models.JSONField()
    outcome = models.CharField(max_length=20)
    possible = models.JSONField()
    decided_by = models.CharField(max_length=80)
    or_rules = models.JSONField()
    missing = models.JSONField()
    track = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_decision_a_number"),)


class Confirmation(models.Model):
    """A prosecutor took the decision named here, or another outcome with a reason. Undone, it stays and says so."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="confirmations")
    outcome = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("decision",), condition=models.Q(undone_at__isnull=True), name="one_standing_confirmation"
            ),
        )

    @property
    def is_override(self) -> bool:
        """Whether the prosecutor chose another outcome than the policy."""
        return self.outcome != self.decision.outcome
