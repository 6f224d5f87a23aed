"""What the verbs of closing refuse, and the ways back from an end that was a mistake."""

import pytest

from instead.office.accounts.doers import staff
from instead.office.cases import actions as cases
from instead.office.cases.models import Confirmation
from instead.office.closing import other_ends, proof, second_look, withdrawing
from instead.office.closing.models import Proof, SecondLook, Withdrawal
from instead.office.consents.models import Consent
from instead.office.errors import Refused
from instead.office.offers import actions as offers
from support.journey import DAY, Journey

pytestmark = pytest.mark.django_db
Reason = Withdrawal.Reason


@pytest.fixture
def journey(tmp_path):
    return Journey(tmp_path)


def test_the_court_is_asked_once(journey):
    journey.engaged().file().verify()
    journey.docket()
    journey.ask_court()
    with pytest.raises(Refused, match="is no reason while"):
        journey.ask_court()
    assert Withdrawal.objects.count() == 1


def test_without_a_docket_nothing_can_be_withdrawn(journey):
    journey.engaged().file().verify()
    with pytest.raises(Refused, match="no docket"):
        journey.ask_court()


def test_why_a_reason_cannot_be_given_is_said_before_anybody_tries(journey):
    journey.accepted().docket()
    found = withdrawing.grounds(journey.reload())
    assert "asks something" in withdrawing.why_not(found, Reason.NOTHING_ASKED)
    assert "no reason while" in withdrawing.why_not(found, Reason.ENGAGED)
    assert withdrawing.why_not(found, Reason.LABORATORY) == ""


def test_an_end_out_of_a_second_look_is_reopened_into_the_same_look(journey):
    journey.accepted()
    who = journey.people.prosecutor
    look = second_look.open_second_look(journey.case.id, SecondLook.Because.NEW_ARREST, doer=staff(who), at=journey.at)
    other_ends.move_to(journey.case.id, "move_to_ard", actor=who, at=journey.at)
    other_ends.reopen(journey.case.id, "The wrong file.", actor=who, at=journey.at)
    assert journey.state == "second_look" and second_look.open_look(journey.case) == look


def test_proof_whose_consent_has_run_out_is_not_taken(journey):
    journey.engaged().file()
    Consent.objects.filter(recipient="office").update(expires_on=journey.today)
    filed = Proof.objects.get()
    with pytest.raises(Refused, match="has run out"):
        proof.verify(filed.id, actor=journey.people.prosecutor, at=journey.at + 2 * DAY)


def test_nothing_is_undone_once_an_offer_was_out(journey):
    journey.answering()
    offers.refuse(journey.offer.id, doer=journey.person, at=journey.at)
    who = journey.people.prosecutor
    offers.offer_again(journey.case.id, "He asked for it.", actor=who, at=journey.at)
    with pytest.raises(Refused, match="an offer has gone out"):
        cases.undo(Confirmation.objects.get().pk, actor=who, at=journey.at)


def test_what_cannot_be_done_in_a_second_look_is_said_with_its_date(journey):
    journey.accepted()
    who = journey.people.prosecutor
    look = second_look.open_second_look(journey.case.id, SecondLook.Because.NEW_ARREST, doer=staff(who), at=journey.at)
    case = journey.reload()
    assert "office's reasons" in second_look.why_not_keep(look)
    look = second_look.give_reasons(look.id, "A new arrest.", actor=who, at=journey.at)
    assert second_look.why_not_keep(look) == ""
    assert "has time until May 17" in second_look.why_not_end(look, case, journey.at)
    assert second_look.why_not_end(look, case, journey.at + 14 * DAY) == ""
