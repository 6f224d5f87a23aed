"""Proof, service, the second look and other ends, as a prosecutor does them on the case's page."""

import pytest

from instead.office.accounts.doers import staff
from instead.office.cases import actions as cases
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.closing import queries, second_look, service
from instead.office.closing.models import Proof, SecondLook
from instead.office.consents.models import Consent
from instead.office.consents.wall import FourFacts
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import telling
from instead.office.timers import tick
from support.journey import DAY, Journey, a_service
from support.pages import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(tmp_path):
    return Journey(tmp_path)


@pytest.fixture
def desk(journey):
    return Desk(journey.people.prosecutor, journey)


# Proof ------------------------------------------------------------------------------------------------------------


def test_proof_is_found_good_and_leads_to_the_withdrawal(journey, desk):
    journey.engaged().file()
    proof = Proof.objects.get()
    page = desk.sends("verify-proof", proof.id)
    assert "The proof is good. Next: ask the court" in page and journey.state == "verified"
    assert "Next step Ask the court to withdraw the charges at the next listing." in page
    assert "this proof is good by now" in desk.sends("verify-proof", proof.id)


def test_one_more_thing_is_asked_by_its_name(journey, desk):
    journey.engaged().file()
    proof = Proof.objects.get()
    assert "name the one thing" in desk.sends("one-more", proof.id, thing="  ")
    page = desk.sends("one-more", proof.id, thing="A signature on page 2")
    assert "One more thing is needed: A signature on page 2" in page
    assert journey.state == "proof_incomplete"
    assert "by now" in desk.sends("one-more", proof.id, thing="Another")


def test_a_form_that_does_not_say_engaged_is_not_found_good_and_it_is_said_why(journey, desk):
    journey.accepted()
    facts = FourFacts(assessed_on=journey.today)
    telling.file_facts(journey.case.id, facts, doer=staff(journey.people.counsel), at=journey.at)
    page = desk.case()
    assert "It cannot be found good yet: the form does not say that the person has engaged." in page
    assert "Engaged not known" in page and "The proof is good" not in page
    assert "does not say that the person has engaged" in desk.sends("verify-proof", Proof.objects.get().id)


def test_proof_on_a_consent_that_ran_out_shows_no_facts(journey, desk):
    journey.engaged().file()
    Consent.objects.filter(recipient="office").update(expires_on=journey.today)
    journey.later(2)
    page = desk.case()
    assert "does not stand any more, so what it says is not shown. That is no failure." in page
    assert "Assessed on" not in page and "the consent has run out." in page


def test_a_doubt_needs_its_reason_and_takes_the_proof_up_again(journey, desk):
    journey.engaged().file().verify()
    assert "needs its reason" in desk.sends("doubt-proof", journey.case.id, reason="")
    desk.sends("doubt-proof", journey.case.id, reason="Another birth date.")
    assert journey.state == "proof_filed" and "The proof is good" in desk.case()
    assert "cannot follow" in desk.sends("doubt-proof", journey.case.id, reason="Again.")


# Service -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def other_condition(journey):
    journey.accepted().book(a_service(journey.people)).later(2).assess()
    enrolments.take(journey.enrolment.id, "find_not_needed", doer=staff(journey.people.provider), at=journey.at)
    return journey


def filed(journey, hours):
    service.file_service(
        journey.case.id,
        hours=hours,
        place="the food bank",
        first_day=journey.today,
        last_day=journey.today,
        doer=staff(journey.people.counsel),
        at=journey.at,
    )


def test_the_hours_are_asked_looked_at_and_taken(other_condition, desk):
    journey = other_condition
    journey.docket()
    assert "0 of 12 hours are filed." in desk.sends("start-service", journey.case.id)
    assert "cannot follow" in desk.sends("start-service", journey.case.id)
    filed(journey, 8)
    page = desk.case()
    assert "8 hours at the food bank" in page
    assert "Service done, not yet: 8 of 12 hours are filed; ask for the rest" in page
    assert "8 of 12 hours are filed" in desk.sends("ask-court", journey.case.id, reason="service")
    assert "Still needed: four more hours" in desk.sends("more-service", journey.case.id, thing="four more hours")
    filed(journey, 4)
    assert "Ask the court to withdraw: service done" in desk.case()
    desk.sends("ask-court", journey.case.id, reason="service")
    assert journey.state == "withdrawing_condition"


def test_nothing_more_is_asked(other_condition, desk):
    other_condition.docket()
    assert "Ask the court to withdraw: another condition" in desk.case()
    desk.sends("ask-court", other_condition.case.id, reason="condition")
    assert other_condition.state == "withdrawing_condition"


def test_service_in_place_of_treatment_is_no_first_thing(journey, desk):
    journey.accepted()
    page = desk.case()
    assert "Ask for hours of service in place of treatment" in page and "Community service" not in page


# Second look -------------------------------------------------------------------------------------------------------


def looked_at(journey):
    doer = staff(journey.people.prosecutor)
    return second_look.open_second_look(journey.case.id, SecondLook.Because.NEW_ARREST, doer=doer, at=journey.at)


def test_a_second_look_is_opened_for_what_holds_and_for_nothing_else(journey, desk):
    journey.answering()
    assert queries.reasons_to_look(journey.reload(), journey.at) == [SecondLook.Because.NEW_ARREST]
    for forged in ("missed_clock", "missed_appointments", "changed_outcome", "reopened", "x", ""):
        page = desk.sends("open-second-look", journey.case.id, because=forged)
        assert "this is no reason for a second look here and now; what is: “a new arrest”" in page
    assert journey.state == "answering"
    desk.sends("open-second-look", journey.case.id, because="new_arrest")
    assert journey.state == "second_look"
    assert "what is: none" in desk.sends("open-second-look", journey.case.id, because="new_arrest")


def test_a_missed_date_and_a_changed_outcome_are_reasons_when_they_are_true(journey, desk):
    journey.answering().later(10)
    assert SecondLook.Because.MISSED_CLOCK in queries.reasons_to_look(journey.reload(), journey.at)
    who = journey.people.prosecutor
    cases.answer_fact(journey.case.id, "age", 16, policy_in_force(), actor=who, at=journey.at)
    assert SecondLook.Because.CHANGED_OUTCOME in queries.reasons_to_look(journey.reload(), journey.at)
    desk.sends("open-second-look", journey.case.id, because="changed_outcome")
    assert "To be looked at again" not in desk.case()


def test_both_sides_stand_beside_each_other_and_what_cannot_be_done_yet_is_said(journey, desk):
    journey.accepted()
    look = looked_at(journey)
    page = desk.case()
    assert page.count("Not yet: write the office's reasons first.") == 2
    assert "the reasons are empty" in desk.sends("office-reasons", look.id, reasons=" ")
    page = desk.sends("office-reasons", look.id, reasons="A new arrest on May 4.")
    assert "Not yet: counsel has not written yet, and has time until May 17" in page and "Keep the offer" in page
    second_look.give_reasons(look.id, "It was a mix-up.", actor=journey.people.counsel, at=journey.at)
    page = desk.case()
    assert page.index("A new arrest on May 4.") < page.index("It was a mix-up.") < page.index("End the offer")


def test_the_offer_is_kept_with_a_new_date(journey, desk):
    journey.accepted()
    look = looked_at(journey)
    assert "write the office's reasons first" in desk.sends("keep-offer", look.id, new_date="")
    second_look.give_reasons(look.id, "One arrest.", actor=journey.people.prosecutor, at=journey.at)
    assert "is no date" in desk.sends("keep-offer", look.id, new_date="soon")
    assert "lies after today" in desk.sends("keep-offer", look.id, new_date="2019-05-04")
    assert "The offer stands." in desk.sends("keep-offer", look.id, new_date="2019-06-30")
    assert journey.state == "accepted" and SecondLook.objects.get().new_date.isoformat() == "2019-06-30"
    assert "decided already" in desk.sends("keep-offer", look.id, new_date="")


def test_the_offer_ends_only_when_counsel_has_written_or_had_the_time(journey, desk):
    journey.accepted()
    look = looked_at(journey)
    second_look.give_reasons(look.id, "One arrest.", actor=journey.people.prosecutor, at=journey.at)
    assert "has time until May 17" in desk.sends("end-offer", look.id)
    journey.later(14)
    assert "as if it had never been made" in desk.sends("end-offer", look.id)
    assert journey.state == "offer_ended"
    assert "decided already" in desk.sends("end-offer", look.id)
    assert "Make the offer again" in desk.case()


def test_a_look_that_the_timers_opened_is_on_the_page(journey, desk):
    journey.answering().later(10)
    tick(journey.at)
    assert "because of a date has passed." in desk.case()


# Other ends --------------------------------------------------------------------------------------------------------


def test_a_case_moves_to_another_programme_and_back(journey, desk):
    journey.answering()
    assert "Moved to ARD" in desk.case()
    assert "is no other programme" in desk.sends("move-case", journey.case.id, program="record_death")
    desk.sends("move-case", journey.case.id, program="move_to_ard")
    assert journey.state == "moved_ard"
    assert "cannot follow" in desk.sends("move-case", journey.case.id, program="move_to_ard")
    assert "say why the end was a mistake" in desk.sends("reopen-case", journey.case.id, reason="")
    page = desk.sends("reopen-case", journey.case.id, reason="The wrong file.")
    assert journey.state == "second_look" and "an end that was a mistake" in page
    assert "cannot follow" in desk.sends("reopen-case", journey.case.id, reason="Again.")


def test_a_death_needs_its_source_and_can_be_a_mistake(journey, desk):
    assert "name the official source" in desk.sends("record-death", journey.case.id, source=" ")
    desk.sends("record-death", journey.case.id, source="Medical examiner")
    assert journey.state == "died"
    desk.sends("reopen-case", journey.case.id, reason="A namesake.")
    assert journey.state == "screened"


def test_a_look_whose_time_is_up_says_so_until_the_day_is_over(journey):
    journey.accepted()
    look = looked_at(journey)
    second_look.give_reasons(look.id, "One arrest.", actor=journey.people.prosecutor, at=journey.at)
    part = queries.look_part(journey.reload(), journey.at + 13 * DAY)
    assert "has time until May 17" in part.why_not_end
    assert queries.look_part(journey.case, journey.at + 14 * DAY).why_not_end == ""
