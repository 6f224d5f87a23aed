"""An offer: what is asked, frozen as it was sent, with counsel's meeting and the person's answer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.ids import random_id


class Offer(models.Model):
    """One offer of one case. Nothing of it changes after it went out but the meeting and the answer.

    ``terms`` is the track of the policy on the day it was sent: title, plea, conditions, hours, clocks, failing. It
    asks for no admission, no plea that the track does not name, and no money.
    """

    class Answer(models.TextChoices):
        YES = "yes", "yes"
        NO = "no", "no"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    number = models.PositiveIntegerField()
    policy = models.CharField(max_length=80)
    policy_version = models.CharField(max_length=40)
    track = models.CharField(max_length=80)
    terms: models.JSONField[Any, Any] = models.JSONField()
    language = models.CharField(max_length=2)
    interpreter = models.CharField(max_length=60, blank=True)
    immunity = models.CharField(max_length=20)
    counsel = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offers")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_as = models.CharField(max_length=20, blank=True)
    # As if no offer had been made: what was charged and the bail when the offer went out.
    before: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="one_offer_a_number"),
            models.CheckConstraint(name="answered_after_counsel_met", condition=Q(answer="") | Q(met_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"offer {self.number}, {self.track}"
