"""Open work: one task for every open state, with an owner, a clock and a next step; the moves; the pauses.

A task says what has to be done, by which role, by when. Its due date is stored, so that "Today" is one indexed look;
whatever changes the date (a pause, a listing) writes it anew.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from instead.office.accounts.models import Organization, User
from instead.office.ids import random_id


class Task(models.Model):
    """Something that somebody has to do.

    ``machine`` and ``subject`` name the case, enrolment or referral whose open state this is; ``kind`` is that state,
    or the name of a task that stands beside the states (see ``kinds.py``). ``due_on`` is empty while the clock stands
    still and nobody knows until when. ``days`` and ``starts_on`` are how the date was reckoned.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    machine = models.CharField(max_length=20)
    subject = models.UUIDField()
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="tasks")
    role = models.CharField(max_length=20, choices=User.Role.choices)
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    clock = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    business = models.BooleanField()
    before = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("machine", "subject", "kind", "about"), condition=Q(done_at__isnull=True), name="one_open_task"
            ),
        )
        indexes = (
            models.Index(fields=("role", "organization", "due_on"), condition=Q(done_at__isnull=True), name="today"),
            models.Index(fields=("machine", "subject"), name="task_of"),
        )

    def __str__(self) -> str:
        return f"{self.machine}.{self.kind}, due {self.due_on or 'when the clock runs again'}"


class Move(models.Model):
    """A transition that was taken. ``because`` is on the side of the wall of its machine."""

    machine = models.CharField(max_length=20)
    subject = models.UUIDField()
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    at = models.DateTimeField()
    role = models.CharField(max_length=20)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("machine", "subject"), name="move_of"),)

    def __str__(self) -> str:
        return f"{self.machine}: {self.source} → {self.target}"


class Pause(models.Model):
    """Days on which the person's own clocks stand still, the first and the last included; no end: nobody knows when.

    ``machine`` and ``subject`` are the state or the custody that stopped them, so that the same thing ends it.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="pauses")
    machine = models.CharField(max_length=20)
    subject = models.UUIDField()
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("machine", "subject"), condition=Q(end__isnull=True), name="one_open_pause_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.start} to {self.end or 'nobody knows when'}"
