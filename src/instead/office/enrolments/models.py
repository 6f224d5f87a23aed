"""A person on the way into treatment, as the health side sees it. No prosecution room reads these tables."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from instead.office.accounts.models import Organization, User
from instead.office.cases.models import Case
from instead.office.ids import random_id
from instead.office.machines import ENROLMENT, REFERRAL, Machine
from instead.office.people.models import Person
from instead.office.treatment.models import Hold, Service


class Enrolment(models.Model):
    """One way into treatment. A walk-in may have no case yet, and a person no name.

    ``organization`` is the health-side body that coordinates; ``service`` where the person is cared for or expected.
    ``assessed_on``, ``engaged_on`` and ``completed_on`` are dates alone: what was found is the clinic's.
    """

    MACHINE: ClassVar[Machine] = ENROLMENT

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="enrolments")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    engaged_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(case__isnull=False)
                & ~Q(state__in=("completed", "discharged", "left", "not_needed", "case_over", "died")),
                name="one_open_enrolment_a_case",
            ),
        )
        indexes = (models.Index(fields=("service", "state"), name="enrolments_at"),)

    def __str__(self) -> str:
        return f"enrolment of {self.person}"

    def organization_for(self, role: str) -> uuid.UUID | None:
        """Whose work the state is: the provider's for its staff and peers, else the coordinating body's."""
        if role in ("provider_staff", "peer") and self.service is not None:
            return self.service.organization_id
        return self.organization_id


class Appointment(models.Model):
    """A day, an hour and a place. ``excuse`` is set where there was a good reason not to come."""

    class State(models.TextChoices):
        BOOKED = "booked", "booked"
        MOVED = "moved", "moved"
        KEPT = "kept", "kept"
        MISSED = "missed", "missed"
        EXCUSED = "excused", "excused"
        CANCELLED = "cancelled", "cancelled"

    class Excuse(models.TextChoices):
        COURT = "court", "a day in court"
        WORK = "work", "work"
        ILLNESS = "illness", "illness"
        TRANSPORT = "transport", "no way to get there"
        CHILDREN = "children", "children"
        OTHER = "other", "another good reason"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="appointments")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="appointments")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    excuse = models.CharField(max_length=10, choices=Excuse.choices, blank=True)
    made_at = models.DateTimeField()
    made_as = models.CharField(max_length=20)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at",)
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment",), condition=Q(state="booked"), name="one_booked_appointment_each"
            ),
        )
        indexes = (models.Index(fields=("service", "at"), name="appointments_at"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}, {self.state}"


class Contact(models.Model):
    """The person was there: that, the day and the place, and no more. One a day, however often it is marked.

    ``said_by_person`` is what the person tapped ("I was there"): it waits for the provider's word, given at
    ``answered_at``. Where the provider has not seen the person, nothing else follows from it.
    """

    class Kind(models.TextChoices):
        ARRIVAL = "arrival", "arrival"
        ASSESSMENT = "assessment", "assessment"
        CONTACT = "contact", "contact"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="contacts")
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    said_by_person = models.BooleanField(default=False)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment", "kind", "on", "said_by_person"), name="one_contact_a_kind_and_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class Referral(models.Model):
    """One question to one provider, and the answer. Labeled R / ETH / 42CFRPart2 wherever it is shown or sent."""

    MACHINE: ClassVar[Machine] = REFERRAL
    LABEL = "R / ETH / 42CFRPart2"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="referrals")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    hold = models.OneToOneField(Hold, null=True, blank=True, on_delete=models.PROTECT, related_name="referral")
    better = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment", "service"),
                condition=Q(state__in=("made", "accepted")),
                name="one_open_referral_a_place",
            ),
        )
        indexes = (models.Index(fields=("service", "state"), name="referrals_at"),)

    def __str__(self) -> str:
        return f"referral to {self.service}"

    @property
    def case(self) -> Case | None:
        return self.enrolment.case

    @property
    def case_id(self) -> uuid.UUID | None:
        return self.enrolment.case_id

    def organization_for(self, role: str) -> uuid.UUID | None:
        """The provider that was asked, or the body that asks."""
        return self.service.organization_id if role == "provider_staff" else self.enrolment.organization_id

    def waits_since(self, at: dt.datetime) -> dt.timedelta:
        """How long the question has been out."""
        return at - self.made_at


class Outreach(models.Model):
    """One try to reach somebody: when, how, and how it went. No word of what was said, to whomever."""

    class Way(models.TextChoices):
        PHONE = "phone", "by phone"
        TEXT = "text", "by text"
        VISIT = "visit", "went there"
        OTHER = "other", "another way"

    class Result(models.TextChoices):
        REACHED = "reached", "reached"
        NO_ANSWER = "no_answer", "nobody answered; no word left"
        CALL_BACK = "call_back", "asked for a call back, and nothing more"
        WRONG = "wrong", "not theirs any more"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="outreach")
    way = models.CharField(max_length=10, choices=Way.choices)
    result = models.CharField(max_length=10, choices=Result.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.get_result_display()}"
