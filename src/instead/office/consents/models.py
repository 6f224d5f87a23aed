"""Written consents under 42 CFR Part 2, and everything that was told because of them.

The prosecution side learns of treatment from :class:`Disclosure` alone: what is not there has not been told.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from instead.office.accounts.models import Organization, User
from instead.office.cases.models import Case
from instead.office.ids import random_id
from instead.office.people.models import Person


class Consent(models.Model):
    """One written consent for one recipient, with every element of 42 CFR § 2.31 and the event of § 2.35.

    ``revocable_from`` is the event from which on § 2.35 makes it revocable; this office honors an earlier one, by
    choice. ``paper`` is the version of the form that was signed.
    """

    class Recipient(models.TextChoices):
        OFFICE = "office", "prosecutor's office"
        COORDINATOR = "coordinator", "health-side coordinator"
        COUNSEL = "counsel", "defense counsel"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="consents")
    recipient = models.CharField(max_length=20, choices=Recipient.choices)
    recipient_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    discloser = models.CharField(max_length=300)
    description = models.TextField()
    purpose = models.TextField()
    how_to_revoke = models.TextField()
    revocable_from = models.CharField(max_length=200)
    expires_on = models.DateField(null=True, blank=True)
    expires_event = models.CharField(max_length=200)
    paper = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    signature = models.CharField(max_length=200)
    signed_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_as = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("signed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "recipient"),
                condition=Q(revoked_at__isnull=True, ended_at__isnull=True, case__isnull=False),
                name="one_standing_consent",
            ),
            models.CheckConstraint(name="consent_is_signed", condition=~Q(signature="")),
        )

    def __str__(self) -> str:
        return f"consent for the {self.get_recipient_display()}"

    def stands(self, at: dt.datetime, today: dt.date) -> bool:
        """Whether something may be told because of it at this moment."""
        ended = self.revoked_at is not None or self.ended_at is not None
        return not ended and at >= self.signed_at and (self.expires_on is None or today <= self.expires_on)


class Disclosure(models.Model):
    """Something was told to one recipient: what, when, by whom, because of which consent, with which notice.

    ``told`` has a fixed form for each kind, see ``wall.py``; no other text goes through here.
    """

    class Kind(models.TextChoices):
        FOUR_FACTS = "four_facts", "the four facts"
        OTHER_CONDITION = "other_condition", "another condition"
        PROGRESS = "progress", "appointment and place"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="disclosures")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="disclosures")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    told: models.JSONField[Any, Any] = models.JSONField()
    notice = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    as_role = models.CharField(max_length=20)

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("case", "kind"), name="disclosure_of"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
