"""A case, what is known of it, and what was decided. Decisions are immutable; facts are never overwritten."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import ExpressionWrapper, Q

from instead.office.accounts.models import Organization, User
from instead.office.ids import random_id
from instead.office.machines import CASE, Machine
from instead.office.people.models import Person

#: Where a fact's value comes from when a person said it: the role, or a contest that was accepted.
SAID_BY_PEOPLE = (*User.Role.values, "contest")
#: The states in which a case is in the prosecutor's queue: nobody has taken a decision yet.
WAITING = tuple(sorted({way for name in ("confirm_offer", "decide_offer") for way in CASE.transition(name).sources}))


class Case(models.Model):
    """One event of one person. ``source_key`` is the normalised OTN, else the report's own number.

    ``office`` is the prosecutor's office whose case it is; ``counsel`` the defender and ``health`` the body that
    coordinates, both from the offer on. ``received_at`` is when it came in, ``ended_at`` when it reached the end in
    ``state``. ``clocks`` are the days and counts of the track of the offer that is out, by name; they come before the
    office's own.

    ``outcome`` is what the newest decision says, and ``waiting`` whether the case is in the queue: both are here so
    that the queue is one look along an index. ``statute_book`` and ``source_map`` are digests of what its facts were
    made with, for the next decision.
    """

    MACHINE: ClassVar[Machine] = CASE

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
    outcome = models.CharField(max_length=20, blank=True)
    waiting = models.GeneratedField(
        expression=ExpressionWrapper(Q(state__in=WAITING), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    statute_book = models.CharField(max_length=64, blank=True)
    source_map = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    clocks: models.JSONField[Any, Any] = models.JSONField(default=dict)
    office = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="cases")
    health = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="coordinated_cases"
    )
    counsel = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_as_counsel")

    class Meta:
        indexes = (
            models.Index(
                fields=("office", "first_listing", "received_at", "id"), condition=Q(waiting=True), name="queue"
            ),
            models.Index(
                fields=("office", "outcome", "first_listing", "received_at", "id"),
                condition=Q(waiting=True),
                name="queue_by_outcome",
            ),
            models.Index(fields=("report_id",), name="case_of_report"),
        )

    def __str__(self) -> str:
        return self.source_key

    @property
    def case(self) -> Case:
        return self

    @property
    def case_id(self) -> uuid.UUID:
        return self.id

    def organization_for(self, role: str) -> uuid.UUID | None:
        """Whose work a state is: the office's, counsel's, or the coordinating body's."""
        if role == "defense_counsel":
            return self.counsel.organization_id if self.counsel else None
        return self.office_id if role in ("prosecutor", "administrator") else self.health_id


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
    facts: models.JSONField[Any, Any] = models.JSONField()
    outcome = models.CharField(max_length=20)
    possible: models.JSONField[Any, Any] = models.JSONField()
    decided_by = models.CharField(max_length=80)
    or_rules: models.JSONField[Any, Any] = models.JSONField()
    missing: models.JSONField[Any, Any] = models.JSONField()
    track = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_decision_a_number"),)


class Confirmation(models.Model):
    """A prosecutor took the decision named here, or another outcome with a reason. Undone, it stays and says so.

    "Review" is confirmed first and followed by the person's own decision, of which it is then part of the history.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="confirmations")
    outcome = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    followed = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("decision",),
                condition=models.Q(undone_at__isnull=True, followed=False),
                name="one_standing_confirmation",
            ),
        )

    @property
    def is_override(self) -> bool:
        """Whether the prosecutor chose another outcome than the policy."""
        return self.outcome != self.decision.outcome


class Contest(models.Model):
    """Counsel says that a fact is otherwise. It keeps its value until a prosecutor has decided."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        KEPT = "kept", "kept as it was"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contests")
    fact = models.CharField(max_length=80)
    code = models.BigIntegerField(null=True)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    because = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "fact"), condition=models.Q(answered_at__isnull=True), name="one_open_contest_a_fact"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact}, contested"


class LateEvent(models.Model):
    """Something that became known after the report: another charge, another value of a fact, a warrant, a new arrest.

    ``details`` say what exactly; ``kept`` in them, that the case goes on with what it had before.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", "another charge"
        WARRANT = "warrant", "a warrant"
        NEW_ARREST = "new_arrest", "a new arrest"
        FACT = "fact", "another value of a fact"
        REPORT = "report", "another report of the same event"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="late_events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    about = models.CharField(max_length=80)
    source = models.CharField(max_length=80)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("case", "kind", "about"), name="a_late_event_once"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.about}"


class Import(models.Model):
    """Files that were read once, and what came of every row. Not finished: it was stopped, and can be run again.

    ``rows`` are the counts of each file, ``counts`` the cases by what came of them, ``notes`` what became unknown.
    """

    class How(models.TextChoices):
        UPLOAD = "upload", "uploaded"
        COMMAND = "command", "by command"
        WATCHED = "watched", "from the watched folder"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    office = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    notes: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=("office", "-began_at"), name="imports_newest_first"),)

    def __str__(self) -> str:
        return self.name


class SetAsideRow(models.Model):
    """A row of a file that could not be used, with the reason."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="set_aside")
    file = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}"
