"""How somebody wants to be reminded, and every reminder with what became of it.

A reminder is a help and nothing else: no other room reads these tables, so a missed one can mean nothing anywhere.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from instead.office.accounts.models import Organization, User
from instead.office.ids import random_id
from instead.office.people.models import Person


class Channel(models.TextChoices):
    """The ways a reminder can take."""

    TEXT = "text", "text message"
    EMAIL = "email", "e-mail"
    LETTER = "letter", "printed letter"


class Wish(models.Model):
    """The ways that a person chose, or told somebody to set. Without a wish nothing is sent."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="wish")
    text = models.BooleanField(default=False)
    email = models.BooleanField(default=False)
    letter = models.BooleanField(default=False)
    chosen_at = models.DateTimeField()
    chosen_as = models.CharField(max_length=20)

    def __str__(self) -> str:
        return "reminded by " + (", ".join(one.label for one in self.channels) or "nothing")

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The ways that were chosen."""
        return tuple(one for one in Channel if getattr(self, one.value))


class Reminder(models.Model):
    """One reminder by one way: planned, claimed before it is sent, and then sent, failed, or its fate unknown.

    ``subject`` is the appointment or the listing, ``moment`` its day and hour as they were when this was planned,
    ``lead_days`` how long before. ``reason`` is one of a few: what a gateway or a server said is kept nowhere, for it
    may hold an address. One that nobody knows the fate of is never sent again; ``seen_at`` is when somebody took it up.
    """

    class About(models.TextChoices):
        APPOINTMENT = "appointment", "an appointment"
        LISTING = "listing", "a day in court"

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        CLAIMED = "claimed", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "not sent"
        UNKNOWN = "unknown", "nobody knows whether it was sent"
        NOT_NEEDED = "not_needed", "not needed any more"

    class Reason(models.TextChoices):
        BAD_ADDRESS = "bad_address", "the number or address is missing or cannot be right"
        REFUSED = "refused", "the other side refused it"
        NOT_SET_UP = "not_set_up", "this way of sending is not set up"
        TOO_LATE = "too_late", "its moment had passed"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminders")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    about = models.CharField(max_length=12, choices=About.choices)
    subject = models.UUIDField()
    moment = models.DateTimeField()
    lead_days = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    planned_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "moment", "lead_days", "channel"), name="one_reminder_a_date_and_way"
            ),
            models.CheckConstraint(
                name="claimed_before_it_is_sent",
                condition=Q(claimed_at__isnull=False) | ~Q(state__in=("claimed", "sent", "unknown")),
            ),
        )
        indexes = (models.Index(fields=("state", "due_at"), name="reminders_due"),)

    def __str__(self) -> str:
        return f"reminder by {self.channel}, {self.state}"
