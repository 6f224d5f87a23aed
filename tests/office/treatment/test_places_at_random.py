"""Random verbs by random people over days: no place is sold twice, counts add up, every change has its entry."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from instead.office.ledger.models import Entry
from instead.office.treatment import actions
from instead.office.treatment.errors import Refused
from instead.office.treatment.models import Capacity, Hold

REFUSED = (Refused, PermissionDenied)
PEOPLE = st.sampled_from(
    ["staff", "staff", "coordinator", "coordinator", "coordinator", "staff elsewhere", "coordinator elsewhere", "peer"]
)
NUMBERS = st.integers(0, 4)


class Places(RuleBasedStateMachine):
    """One service against a plain model of it: a number of places, and the state of every hold."""

    network: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.scope = transaction.atomic()
        self.scope.__enter__()
        self.at = self.network.at
        self.places: int | None = None
        self.holds: dict[uuid.UUID, tuple[str, dt.datetime]] = {}
        self.entries = Entry.objects.count()
        self.enrolments = [uuid.uuid4() for _ in range(6)]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)

    def taken(self) -> int:
        return sum(state in ("held", "taken") for state, _ in self.holds.values())

    def expire(self) -> None:
        """In the model: every hold past its time ends, each with an entry."""
        for pk, (state, until) in self.holds.items():
            if state == "held" and until <= self.at:
                self.holds[pk] = ("expired", until)
                self.entries += 1

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours):
        self.at += dt.timedelta(hours=hours)

    @rule(who=PEOPLE, places=NUMBERS)
    def report(self, who, places):
        try:
            actions.report_capacity(self.network[who], self.network.service, places=places, at=self.at)
        except REFUSED:
            assert who != "staff"
        else:
            assert who == "staff"
            self.places, self.entries = places, self.entries + 1

    @rule(who=PEOPLE, places=NUMBERS)
    def confirm(self, who, places):
        try:
            actions.confirm_capacity(self.network[who], self.network.service, places=places, at=self.at)
        except REFUSED:
            assert who != "staff" or places != self.places
        else:
            assert who == "staff" and places == self.places
            self.entries += 1

    @rule(who=PEOPLE)
    def full(self, who):
        try:
            actions.mark_full(self.network[who], self.network.service, at=self.at)
        except REFUSED:
            assert who != "staff"
        else:
            self.places, self.entries = min(self.places or 0, self.taken()), self.entries + 1

    @rule(who=PEOPLE, enrolment=st.integers(0, 5), hours=st.integers(1, 72))
    def hold(self, who, enrolment, hours):
        until = self.at + dt.timedelta(hours=hours)
        coordinator = who.startswith("coordinator")
        if coordinator:
            self.expire()
        before = self.taken()
        there = {"for_enrolment": self.enrolments[enrolment], "state__in": Hold.OPEN}
        twice = Hold.objects.filter(**there).exclude(state="held", expires_at__lte=self.at).exists()
        try:
            made = actions.hold_place(
                self.network[who],
                self.network.service,
                for_enrolment=self.enrolments[enrolment],
                expires_at=until,
                at=self.at,
            )
        except REFUSED:
            assert not coordinator or twice or before >= (self.places or 0)
        else:
            assert coordinator and not twice and before < self.places, "sold above the places there were"
            self.holds[made.pk] = ("held", until)
            self.entries += 1

    @rule(who=PEOPLE, index=st.integers(0, 50), verb=st.sampled_from(["take", "release"]))
    def change(self, who, index, verb):
        if not self.holds:
            return
        pk = list(self.holds)[index % len(self.holds)]
        hold, (state, until) = Hold.objects.get(pk=pk), self.holds[pk]
        mine = who == "staff" or self.network[who].organization_id == hold.organization_id
        may = mine and (state == "held" and until > self.at if verb == "take" else state in ("held", "taken"))
        try:
            (actions.take_place if verb == "take" else actions.release_place)(self.network[who], hold, at=self.at)
        except REFUSED:
            assert not may or who == "peer"
        else:
            assert may and who != "peer"
            self.holds[pk] = ("taken" if verb == "take" else "released", until)
            self.entries += 1

    @rule()
    def sweep(self):
        actions.expire_holds(self.at)
        self.expire()

    @invariant()
    def everything_adds_up(self):
        stored = dict(Hold.objects.values_list("pk", "state"))
        assert stored == {pk: state for pk, (state, _) in self.holds.items()}
        assert Entry.objects.count() == self.entries
        now = Capacity.objects.first()
        if now is None:
            assert self.places is None and not self.holds
        else:
            over = max(0, self.taken() - self.places)
            assert (now.places, now.taken, now.over_by) == (self.places, self.taken(), over)
            assert now.free >= 0


@pytest.mark.django_db
def test_random_verbs_keep_their_promises(network):
    Places.network = network
    quick = settings(max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Places, settings=quick)
