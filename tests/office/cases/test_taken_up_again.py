"""A contest that is accepted can open a prosecution again; who may say, answer, take up and leave, and who may not."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from instead.office.accounts.models import Organization, User
from instead.office.cases import actions
from instead.office.cases.contests import answer_contest, contest
from instead.office.cases.looking_again import leave_as_it_is, take_up_again
from instead.office.cases.models import Case, Confirmation, Contest
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.screening import newest_decision
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.ledger.verify import verify
from instead.office.tasks.models import Task
from support.court_files import A30
from support.journey import Journey
from support.office import SIDES, home_of, somebody

pytestmark = pytest.mark.django_db
ACCEPTED = Contest.Answer.ACCEPTED
DEALING = {"citation": A30, "description": "d", "grade": "F"}


@pytest.fixture
def prosecuted(tmp_path):
    """A case that ended in prosecution; counsel defends in it."""
    journey = Journey(tmp_path, charges=[DEALING]).confirm()
    assert journey.state == "prosecuted"
    Case.objects.filter(pk=journey.case.pk).update(counsel=journey.people.counsel)
    return journey


def say(journey, actor=None, value=16, reason="The birth certificate."):
    who = journey.people.counsel if actor is None else actor
    return contest(journey.case.id, "age", value, reason, policy_in_force(), actor=who, at=journey.at)


def decide(journey, made, actor=None, answer=ACCEPTED, because="The birth certificate was looked at."):
    who = journey.people.prosecutor if actor is None else actor
    return answer_contest(made.id, answer, because, policy_in_force(), actor=who, at=journey.at)


def again(journey, actor=None):
    return take_up_again(journey.case.id, actor=actor or journey.people.prosecutor, at=journey.at)


def leave(journey, actor=None, because="Nothing changes for this case."):
    return leave_as_it_is(journey.case.id, because, actor=actor or journey.people.prosecutor, at=journey.at)


def open_kinds(journey):
    return sorted(Task.objects.filter(case=journey.case, done_at=None).values_list("kind", flat=True))


def test_an_accepted_contest_opens_a_prosecution_again_and_the_case_goes_on(prosecuted):
    decide(prosecuted, say(prosecuted))
    assert prosecuted.state == "prosecuted" and open_kinds(prosecuted) == ["changed_outcome"]
    again(prosecuted)
    assert prosecuted.state == "screened" and prosecuted.case.ended_at is None
    assert open_kinds(prosecuted) == ["screened"] and newest_decision(prosecuted.case).outcome == "review"
    assert prosecuted.later().confirm().state == "review"
    actor, decision = prosecuted.people.prosecutor, newest_decision(prosecuted.case)
    actions.override(decision.id, "divert", "A child is not a dealer.", actor=actor, at=prosecuted.at)
    assert prosecuted.state == "offering"
    assert Confirmation.objects.filter(decision__case=prosecuted.case, undone_at=None, followed=False).count() == 1
    assert verify().found == 0


def test_a_fact_that_is_kept_opens_nothing(prosecuted):
    decide(prosecuted, say(prosecuted), answer=Contest.Answer.KEPT)
    assert open_kinds(prosecuted) == []
    with pytest.raises(Refused, match="nothing new"):
        again(prosecuted)
    assert prosecuted.state == "prosecuted"


def test_what_is_no_milder_opens_nothing(tmp_path):
    journey = Journey(tmp_path, charges=[DEALING]).confirm()
    assert journey.state == "prosecuted"
    actions.answer_fact(
        journey.case.id, "sale_observed", True, policy_in_force(), actor=journey.people.prosecutor, at=journey.at
    )
    with pytest.raises(Refused, match=r"nothing new|no milder"):
        again(journey)


def test_it_is_taken_up_once_and_left_once(prosecuted):
    decide(prosecuted, say(prosecuted))
    again(prosecuted)
    for act in (again, leave):
        with pytest.raises(Refused):
            act(prosecuted)
    assert prosecuted.state == "screened"


def test_left_as_it_is_with_the_reason_on_record(prosecuted):
    decide(prosecuted, say(prosecuted))
    with pytest.raises(Refused, match="why"):
        leave(prosecuted, because=" ")
    leave(prosecuted, because="<script>alert(1)</script>")
    assert open_kinds(prosecuted) == [] and prosecuted.state == "prosecuted"
    entry = Entry.objects.get(kind="left as it is")
    assert entry.payload.value() == {"because": "<script>alert(1)</script>"}


@pytest.mark.parametrize("wild", ["<script>alert(1)</script>", "'; DROP TABLE cases_contest; --", "é" * 4000])
def test_whatever_is_written_is_kept_as_text(prosecuted, wild):
    made = decide(prosecuted, say(prosecuted, reason=wild), because=wild)
    assert (made.reason, made.because) == (wild, wild)


def test_a_contest_that_is_not_there(prosecuted):
    with pytest.raises(Contest.DoesNotExist):
        decide(prosecuted, Contest(id=uuid.uuid4()))


def everybody_but(role):
    """Every other role, the same role in another organization, somebody who left, and nobody."""
    yield from (somebody(other, f"an-{other}") for other in User.Role if other != role)
    elsewhere = Organization.objects.create(name="elsewhere", kind=SIDES[role])
    yield somebody(role, "stranger", elsewhere)
    gone = somebody(role, "gone", home_of(SIDES[role]))
    gone.is_active = False
    yield gone
    yield AnonymousUser()


def test_counsel_of_the_case_contests_and_nobody_else(prosecuted):
    before = Entry.objects.count()
    for other in everybody_but(User.Role.DEFENSE_COUNSEL):
        with pytest.raises(PermissionDenied):
            say(prosecuted, other)
    assert not Contest.objects.exists() and Entry.objects.count() == before
    colleague = somebody(User.Role.DEFENSE_COUNSEL, "colleague")
    assert say(prosecuted, colleague).by == colleague


def test_a_prosecutor_of_the_office_answers_takes_up_and_leaves_and_nobody_else(prosecuted):
    made = say(prosecuted)
    others = list(everybody_but(User.Role.PROSECUTOR))
    before = Entry.objects.count()
    for other in others:
        with pytest.raises(PermissionDenied):
            decide(prosecuted, made, other)
    assert Entry.objects.count() == before
    decide(prosecuted, made)
    before = Entry.objects.count()
    for other in others:
        for act in (again, leave):
            with pytest.raises(PermissionDenied):
                act(prosecuted, other)
    assert Entry.objects.count() == before and prosecuted.state == "prosecuted"
