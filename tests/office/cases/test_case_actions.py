"""The verbs of the charging prosecutor, for the right role and every other."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.models import User
from instead.office.cases import actions
from instead.office.cases.models import Case, Confirmation, FactValue
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from support.court_files import A30
from support.office import NOW, a_case, somebody

pytestmark = pytest.mark.django_db
OTHERS = [role for role in User.Role if role != User.Role.PROSECUTOR]


@pytest.fixture
def prosecutor():
    return somebody(User.Role.PROSECUTOR)


def answer(case, fact, value, who):
    return actions.answer_fact(case.id, fact, value, policy_in_force(), actor=who, at=NOW)


def test_a_decision_is_confirmed_once(tmp_path, prosecutor):
    decision = a_case(tmp_path).decisions.get()
    taken = actions.confirm(decision.id, actor=prosecutor, at=NOW)
    assert (taken.outcome, taken.is_override) == ("divert", False)
    with pytest.raises(Refused, match="already confirmed"):
        actions.confirm(decision.id, actor=prosecutor, at=NOW)


def test_a_confirmation_that_is_undone_can_be_made_again(tmp_path, prosecutor):
    decision = a_case(tmp_path).decisions.get()
    taken = actions.confirm(decision.id, actor=prosecutor, at=NOW)
    actions.undo(taken.pk, actor=prosecutor, at=NOW)
    with pytest.raises(Refused, match="already undone"):
        actions.undo(taken.pk, actor=prosecutor, at=NOW)
    actions.confirm(decision.id, actor=prosecutor, at=NOW)
    assert Confirmation.objects.count() == 2


def test_a_superseded_decision_cannot_be_confirmed(tmp_path, prosecutor):
    case = a_case(tmp_path, overdose__call_only=None)
    old = case.decisions.get()
    answer(case, "overdose_call_only", False, prosecutor)
    with pytest.raises(Refused, match="superseded"):
        actions.confirm(old.id, actor=prosecutor, at=NOW)


def test_an_answered_fact_decides_the_case(tmp_path, prosecutor):
    case = a_case(tmp_path, overdose__call_only=None)
    assert answer(case, "overdose_call_only", False, prosecutor).outcome == "divert"
    assert case.decisions.count() == 2


def test_a_fact_that_arrives_later_leaves_the_confirmation_standing(tmp_path, prosecutor):
    case = a_case(tmp_path)
    actions.confirm(case.decisions.get().id, actor=prosecutor, at=NOW)
    answer(case, "age", 16, prosecutor)
    assert Confirmation.objects.get().undone_at is None


def test_a_case_that_needs_facts_cannot_be_confirmed(tmp_path, prosecutor):
    decision = a_case(tmp_path, overdose__call_only=None).decisions.get()
    with pytest.raises(Refused, match="needs facts"):
        actions.confirm(decision.id, actor=prosecutor, at=NOW)


@pytest.mark.parametrize(
    ("outcome", "reason", "said"), [("divert", "x", "same"), ("prosecute", " ", "reason"), ("jail", "x", "no outcome")]
)
def test_an_override_needs_another_outcome_and_a_reason(tmp_path, prosecutor, outcome, reason, said):
    decision = a_case(tmp_path).decisions.get()
    with pytest.raises(Refused, match=said):
        actions.override(decision.id, outcome, reason, actor=prosecutor, at=NOW)


def test_several_offers_are_confirmed_at_once_and_no_prosecution(tmp_path, prosecutor):
    offer, dealing = a_case(tmp_path, 1).decisions.get(), a_case(tmp_path, 2, charges=[A30]).decisions.get()
    refused = actions.confirm_many([offer.id, dealing.id, uuid.uuid4(), offer.id], actor=prosecutor, at=NOW)
    assert [taken.decision for taken in Confirmation.objects.all()] == [offer]
    assert [reason.split()[0] for _, reason in refused] == ["only", "there"]


def test_an_override_leaves_the_decision_as_it_was(tmp_path, prosecutor):
    decision = a_case(tmp_path).decisions.get()
    taken = actions.override(decision.id, "review", "The report contradicts itself.", actor=prosecutor, at=NOW)
    decision.refresh_from_db()
    assert taken.is_override and decision.outcome == "divert"


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("agee", 3, "nearest is age"),
        ("age", 300, "outside"),
        ("age", "old", "whole number"),
        ("delivery_charged", True, "possible"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_plain_words(tmp_path, prosecutor, fact, value, said):
    case = a_case(tmp_path)
    before = FactValue.objects.count()
    with pytest.raises(Refused, match=said):
        answer(case, fact, value, prosecutor)
    assert FactValue.objects.count() == before


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_decides(tmp_path, role):
    case, other = a_case(tmp_path), somebody(role)
    decision = case.decisions.get()
    before = Entry.objects.count()
    for attempt in (
        lambda: actions.confirm(decision.id, actor=other, at=NOW),
        lambda: actions.override(decision.id, "decline", "x", actor=other, at=NOW),
        lambda: answer(case, "age", 30, other),
        lambda: actions.confirm_many([decision.id], actor=other, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Entry.objects.count() == before


def test_a_person_who_left_decides_nothing(tmp_path, prosecutor):
    decision = a_case(tmp_path).decisions.get()
    prosecutor.is_active = False
    with pytest.raises(PermissionDenied):
        actions.confirm(decision.id, actor=prosecutor, at=NOW)


def test_a_case_that_is_not_there(prosecutor):
    with pytest.raises(Case.DoesNotExist):
        actions.answer_fact(uuid.uuid4(), "age", 30, policy_in_force(), actor=prosecutor, at=NOW)


def state(case):
    case.refresh_from_db()
    return case.state


def test_the_state_of_a_case_follows_the_table(tmp_path, prosecutor):
    case = a_case(tmp_path, overdose__call_only=None)
    assert state(case) == "needs_facts"
    decision = answer(case, "overdose_call_only", False, prosecutor)
    assert state(case) == "screened"
    taken = actions.confirm(decision.id, actor=prosecutor, at=NOW)
    assert state(case) == "offering"
    answer(case, "age", 16, prosecutor)
    assert state(case) == "offering"
    actions.undo(taken.pk, actor=prosecutor, at=NOW)
    assert state(case) == "screened"


def test_a_case_that_needs_facts_may_be_decided_by_a_person_with_a_reason(tmp_path, prosecutor):
    case = a_case(tmp_path, overdose__call_only=None)
    taken = actions.override(
        case.decisions.get().id, "divert", "Counsel confirms there was no call.", actor=prosecutor, at=NOW
    )
    assert state(case) == "offering"
    actions.undo(taken.pk, actor=prosecutor, at=NOW)
    assert state(case) == "needs_facts"
