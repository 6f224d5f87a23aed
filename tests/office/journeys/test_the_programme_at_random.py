"""Random verbs by random people over simulated weeks: nothing falls through, nothing is told that may not be told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import ClassVar

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from instead.office.accounts.doers import staff, the_person
from instead.office.accounts.models import Organization, User
from instead.office.cases.models import Case
from instead.office.closing.models import Proof, Withdrawal
from instead.office.consents.models import Consent, Disclosure
from instead.office.consents.queries import known_to
from instead.office.consents.wall import CEILING
from instead.office.court.actions import open_warrants
from instead.office.enrolments.models import Enrolment, Referral
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.ledger.verify import verify
from instead.office.machines import MACHINES
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Move, Pause, Task
from instead.office.timers import tick
from instead.office.treatment.models import Capacity, Hold
from support.court_files import A30
from support.journey import Journey, People, a_service
from support.office import NOW, SIDES, a_case, somebody
from support.verbs import VERBS, Nothing, Try

REFUSED = (Refused, PermissionDenied)
#: What an ordinary day brings in each state of a case; several where chance decides.
_ORDINARY = {
    "screened": ["confirm"],
    "needs_facts": ["override", "answer"],
    "review": ["override"],
    "offering": ["send"],
    "offered": ["meet"],
    "answering": ["accept", "accept", "accept", "refuse"],
    "proof_filed": ["verify", "verify", "verify", "one more"],
    "proof_incomplete": ["file"],
    "verified": ["docket", "ask court", "ask court"],
    "withdrawing_engaged": ["confirm docket", "clear", "finish"],
    "withdrawing_condition": ["confirm docket", "clear", "finish"],
    "withdrawing_other": ["confirm docket", "clear", "finish"],
    "second_look": ["reasons", "keep", "end"],
    "other_condition": ["start service"],
    "service": ["hours"],
    "service_filed": ["docket", "ask court"],
}
#: The same on the way into treatment, by the state of the enrolment.
_ON_THE_WAY = {
    "to_book": ["book", "book", "book", "walk in"],
    "missed": ["book", "excuse"],
    "booked": ["mark", "slip", "came", "own word", "confirm word", "did not come"],
    "walked_in": ["count arrival", "sign at desk"],
    "assessed": ["refer", "accept referral", "arrive", "engage"],
    "waiting": ["refer", "accept referral"],
    "engaged": ["file", "slip", "came", "file"],
    "attending": ["file", "slip"],
    "not_needed": ["other condition"],
}
#: A consent is signed and taken back at the desk of any provider, for whoever shows up there with the card.
_AT_ANY_DESK = ("sign", "take back")
_MODELS = {"case": Case, "enrolment": Enrolment, "referral": Referral}


class Programme(RuleBasedStateMachine):
    """Four cases and everybody who may have to do with them, strangers included."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.scope = transaction.atomic()
        self.scope.__enter__()
        self.at = NOW
        self.done: Counter[str] = Counter()

    def teardown(self) -> None:
        report = verify()
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        assert report.found == 0, report.told

    @rule(days=st.integers(0, 6), hours=st.integers(1, 20))
    def time_passes(self, days, hours):
        self.at += dt.timedelta(days=days, hours=hours)
        tick(self.at)

    @rule(
        case=st.integers(0, 3),
        who=st.sampled_from([*SIDES, "person", "a stranger"]),
        verb=st.sampled_from(sorted(VERBS)),
        n=st.integers(0, 7),
    )
    def somebody_tries(self, case, who, verb, n):
        self.attempt(case, who, verb, n)

    @rule(case=st.integers(0, 3), choices=st.lists(st.integers(0, 7), min_size=1, max_size=8))
    def ordinary_days(self, case, choices):
        """Whoever may take the next ordinary step takes it, a day at a time."""
        for n in choices:
            for verb in self.ordinary_verbs(case, n):
                for who in [*SIDES, "person"]:
                    self.attempt(case, who, verb, n)
            self.at += dt.timedelta(days=1, hours=1)

    def ordinary_verbs(self, case, n):
        one = Case.objects.get(pk=self.world.cases[case])
        state, ways = one.state, _ORDINARY
        if state == "accepted":
            enrolment = Enrolment.objects.filter(case=one).order_by("-began_at").first()
            state, ways = (enrolment.state if enrolment else "", _ON_THE_WAY)
        verbs = ways.get(state, [])
        return verbs[n % len(verbs) :][:1] if verbs else []

    def attempt(self, case, who, verb, n):
        one = Case.objects.select_related("person", "counsel__organization").get(pk=self.world.cases[case])
        one.number = case
        attempt = Try(one, self.world.doer(who, one, n), self.at, n, *self.world.given)
        before, moves = Entry.objects.count(), Move.objects.count()
        try:
            with transaction.atomic():
                done = VERBS[verb](attempt)
        except (Nothing, ObjectDoesNotExist):
            return False
        except REFUSED:
            assert (Entry.objects.count(), Move.objects.count()) == (before, moves), (
                f"{verb} was refused and left a trace"
            )
            return False
        assert who != "a stranger" or verb in _AT_ANY_DESK, f"a stranger may {verb}"
        if done is not None and done is not False:
            assert Entry.objects.count() > before, f"{verb} has no ledger entry"
        self.done[verb] += 1
        return True

    @invariant()
    def every_open_state_has_an_owner_a_clock_and_a_next_step(self):
        for machine in MACHINES:
            rows = _MODELS[machine.name].objects.all()
            for thing in rows:
                state = machine.state(thing.state)
                tasks = list(Task.objects.filter(machine=machine.name, subject=thing.pk, done_at=None))
                assert [task.kind for task in tasks] == ([thing.state] if state.open else []), thing.state
                for task in tasks:
                    assert task.role == state.owner and task.clock == state.clock
                    assert task.due_on or Pause.objects.filter(case=task.case, end=None).exists()

    @invariant()
    def no_place_is_taken_twice(self):
        for capacity in Capacity.objects.all():
            taken = Hold.objects.filter(service=capacity.service, state__in=Hold.OPEN).count()
            assert capacity.taken == taken <= capacity.places + capacity.over_by
        accepted = Referral.objects.filter(state="accepted")
        assert not accepted.exclude(hold__state__in=Hold.OPEN), "an accepted referral without its place"

    @invariant()
    def nothing_is_told_without_consent_or_beyond_the_ceiling(self):
        for told in Disclosure.objects.select_related("consent"):
            consent = told.consent
            assert consent.signed_at <= told.at and told.notice
            assert consent.revoked_at is None or told.at <= consent.revoked_at
            assert consent.ended_at is None or told.at <= consent.ended_at
            assert told.kind in CEILING[consent.recipient]
        for case in Case.objects.all():
            if not Consent.objects.filter(case=case, recipient="office", revoked_at=None, ended_at=None):
                assert known_to(Consent.Recipient.OFFICE, case, self.at).facts is None

    @invariant()
    def every_move_has_its_entry(self):
        kinds = Entry.objects.filter(kind__regex=r"^(case|enrolment|referral)\.")
        assert kinds.count() == Move.objects.count()

    @invariant()
    def a_withdrawal_is_finished_on_the_record_and_keeps_its_reason(self):
        for case in Case.objects.filter(state__startswith="withdrawn_"):
            withdrawal = Withdrawal.objects.get(case=case)
            assert case.state == f"withdrawn_{withdrawal.reason}" and withdrawal.finished_at
            assert all(docket.withdrawn_on_record_at for docket in case.dockets.all()) and case.dockets.exists()
            assert not open_warrants(case)
            if withdrawal.reason == "engaged":
                assert Proof.objects.filter(case=case, state="good").exists()

    @invariant()
    def counts_add_up_and_ends_are_dated(self):
        states = Counter(Case.objects.values_list("state", flat=True))
        assert sum(states.values()) == len(self.world.cases)
        for case in Case.objects.all():
            assert (case.ended_at is None) == case.MACHINE.state(case.state).open, case.state
        assert not Task.objects.filter(done_at__lt=F("opened_at")).exists()
        assert not Pause.objects.filter(end__lt=F("start")).exists()
        assert not Pause.objects.filter(start__gt=office_day(self.at)).exists()


class World:
    """The office before the first verb."""

    def __init__(self, folder) -> None:
        self.people = People()
        self.cases = [
            a_case(folder, 1).pk,
            a_case(folder, 2, overdose__call_only=None).pk,
            a_case(folder, 3, charges=[A30]).pk,
            Journey(folder, 4, self.people).accepted().case.pk,
        ]
        self.services = [a_service(self.people, 1, "small"), a_service(self.people, 3, "large")]
        self.given = self.people.counsel, self.people.coordinator.organization, self.services
        self.staff = {role: User.objects.filter(role=role).first() or somebody(role) for role in SIDES}
        kinds = set(SIDES.values())
        homes = {kind: Organization.objects.create(name=f"another {kind}", kind=kind) for kind in kinds}
        self.strangers = [somebody(role, f"stranger-{role}", homes[kind]) for role, kind in SIDES.items()]

    def doer(self, who, case, n):
        if who == "person":
            return the_person(case.person)
        if who == "a stranger":
            return staff(self.strangers[n % len(self.strangers)])
        return staff(self.staff[who])


@pytest.mark.django_db
def test_the_programme_at_random(tmp_path):
    Programme.world = World(tmp_path)
    steps = settings(
        max_examples=20,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Programme, settings=steps)
