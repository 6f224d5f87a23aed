"""A contested fact keeps its value until a prosecutor has decided, and either answer has its reason."""

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.models import Organization, User
from instead.office.cases.contests import answer_contest, contest
from instead.office.cases.models import Contest, FactValue
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.screening import newest_decision
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.tasks.models import Task
from support.journey import Journey
from support.office import somebody

pytestmark = pytest.mark.django_db
ACCEPTED, KEPT = Contest.Answer.ACCEPTED, Contest.Answer.KEPT


@pytest.fixture
def journey(tmp_path):
    return Journey(tmp_path).offered()


def say(journey, fact="age", value=16, reason="The birth certificate.", actor=None):
    actor = actor or journey.people.counsel
    return contest(journey.case.id, fact, value, reason, policy_in_force(), actor=actor, at=journey.at)


def decide(journey, made, answer, because="Looked at it.", actor=None):
    actor = actor or journey.people.prosecutor
    return answer_contest(made.id, answer, because, policy_in_force(), actor=actor, at=journey.at)


def test_until_it_is_answered_the_fact_keeps_its_value(journey):
    made = say(journey)
    assert newest_decision(journey.case).number == 1 and not FactValue.objects.filter(fact="age", code=16).exists()
    task = Task.objects.get(kind="contest", subject=made.id, done_at=None)
    assert (task.role, task.organization) == ("prosecutor", journey.case.office)


def test_kept_changes_nothing_but_the_answer(journey):
    made = decide(journey, say(journey), KEPT)
    assert (made.answer, made.because) == ("kept", "Looked at it.")
    assert newest_decision(journey.case).facts["age"] == 39
    assert not Task.objects.filter(kind="contest", done_at=None).exists()


def test_accepted_writes_the_fact_and_screens_again(journey):
    decide(journey, say(journey), ACCEPTED)
    decision = newest_decision(journey.case)
    assert decision.facts["age"] == 16 and decision.outcome == "review"
    assert journey.state == "offered"
    assert Task.objects.filter(kind="changed_outcome", done_at=None).exists()


def test_each_step_has_its_entry(journey):
    decide(journey, say(journey), KEPT)
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert "fact contested" in kinds and "contest answered" in kinds


def test_it_is_answered_once(journey):
    made = say(journey)
    decide(journey, made, KEPT)
    with pytest.raises(Refused, match="answered already"):
        decide(journey, made, ACCEPTED)
    assert newest_decision(journey.case).facts["age"] == 39


def test_after_an_answer_it_can_be_contested_again(journey):
    decide(journey, say(journey), KEPT)
    say(journey, reason="A passport too.")
    assert Contest.objects.count() == 2


@pytest.mark.parametrize(
    ("fact", "value", "reason", "said"),
    [
        ("age", 16, " ", "say why"),
        ("age", 39, "x", "on record already"),
        ("age", "sixteen", "x", "expected a whole number"),
        ("ages", 16, "x", "the nearest is age"),
    ],
)
def test_what_cannot_be_contested_is_said(journey, fact, value, reason, said):
    with pytest.raises(Refused, match=said):
        say(journey, fact, value, reason)
    assert not Contest.objects.exists()


def test_an_answer_needs_its_reason(journey):
    with pytest.raises(Refused, match="needs its reason"):
        decide(journey, say(journey), KEPT, because=" ")


def test_a_case_that_is_over_has_no_fact_to_contest(tmp_path):
    journey = Journey(tmp_path).withdrawn()
    with pytest.raises(Refused, match="is over"):
        say(journey)


def test_only_counsel_contests_and_only_the_office_answers(journey):
    people = journey.people
    elsewhere = [Organization.objects.create(name="elsewhere", kind=kind) for kind in ("defense", "prosecution")]
    for actor in (people.prosecutor, people.coordinator, somebody(User.Role.DEFENSE_COUNSEL, "other", elsewhere[0])):
        with pytest.raises(PermissionDenied):
            say(journey, actor=actor)
    made = say(journey)
    for actor in (people.counsel, people.coordinator, somebody(User.Role.PROSECUTOR, "other office", elsewhere[1])):
        with pytest.raises(PermissionDenied):
            decide(journey, made, ACCEPTED, actor=actor)
