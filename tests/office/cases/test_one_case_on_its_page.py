"""The page of one case: the next step on top, the parts in the order of their urgency, and nothing beyond the wall."""

import pytest

from instead.office.accounts.doers import staff
from instead.office.cases import actions as cases
from instead.office.cases import contests
from instead.office.cases.case_file import case_file
from instead.office.cases.models import Contest, FactValue, LateEvent
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.closing import other_ends
from instead.office.consents import actions as consents
from instead.office.consents.models import Consent
from instead.office.court import actions as court
from instead.office.court.models import Warrant
from instead.office.enrolments import actions as enrolments
from instead.office.offers import actions as offers
from instead.office.tasks.models import Task
from instead.office.tasks.opening import open_beside
from support.court_files import A16, A30
from support.journey import Journey, a_service
from support.pages import Desk, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(tmp_path):
    return Journey(tmp_path, person={"name": "Doe, Jane", "born": "1980-02-03"})


@pytest.fixture
def desk(journey):
    return Desk(journey.people.prosecutor, journey)


def parts(journey):
    return [part.name for part in case_file(journey.case.id, policy_in_force(), journey.at).parts]


def contest(journey, fact="heroin_found", value=False):
    who = journey.people.counsel
    return contests.contest(journey.case.id, fact, value, "It was flour.", policy_in_force(), actor=who, at=journey.at)


def changed(journey):
    cases.answer_fact(journey.case.id, "age", 16, policy_in_force(), actor=journey.people.prosecutor, at=journey.at)


def test_the_next_step_stands_on_top_with_its_date(journey, desk):
    journey.confirm()
    page = desk.case()
    assert "Next step Send the offer, with the written use immunity, to the person and to counsel. By" in page
    assert parts(journey)[0] == "offer"


def test_a_step_that_is_late_says_since_when(journey, desk):
    journey.confirm().later(10)
    assert "days late, was due" in desk.case()


def test_a_step_of_somebody_else_is_said_to_be_theirs(journey, desk):
    journey.answering()
    assert "Waits for the defense counsel Tell the office yes or no." in desk.case()


def test_while_the_clock_stands_still_there_is_no_date(journey, desk):
    journey.answering()
    court.begin_custody(
        journey.case.id, journey.today, source="the jail", doer=staff(journey.people.coordinator), at=journey.at
    )
    assert "The clock stands still, with 7 days left" in desk.case()


def test_an_end_says_that_nothing_is_left_to_do(journey, desk):
    journey.withdrawn()
    page = desk.case()
    assert "Nothing is left to do Charges withdrawn: treatment engaged, since" in page
    assert "Reads withdrawn" in page


def test_an_open_contest_comes_before_somebody_elses_step(journey, desk):
    journey.answering()
    contest(journey)
    assert parts(journey)[0] == "contests"
    page = desk.case()
    assert "Was heroin found? As it stands yes Counsel says no" in page and "It was flour." in page


def test_a_contest_is_answered_with_a_reason(journey, desk):
    journey.answering()
    made = contest(journey)
    assert "Not done: an answer needs its reason" in desk.sends("answer-contest", made.id, answer="kept", because=" ")
    assert "Not done: accept the fact or keep it" in desk.sends("answer-contest", made.id, answer="x", because="y")
    assert "counsel reads your reason" in desk.sends("answer-contest", made.id, answer="accepted", because="Right.")
    assert "answered already" in desk.sends("answer-contest", made.id, answer="kept", because="No.")
    made.refresh_from_db()
    assert made.answer == Contest.Answer.ACCEPTED
    assert FactValue.objects.filter(fact="heroin_found").last().code == 0


def test_the_decision_is_shown_with_its_sentence_its_law_and_what_was_found(desk):
    page = desk.case()
    assert "Everything charged is for the person's own use." in page
    assert "35 P.S. § 780-113(a)(16), (19), (31)(i)" in page and A16 in page
    assert "(the whole mixture)? 400 mg" in page and "weight of the marijuana" not in page.split("Everything known")[0]


def test_a_case_that_needs_a_fact_is_answered_on_its_page(tmp_path):
    journey = Journey(tmp_path, overdose__call_only=None)
    desk = Desk(journey.people.prosecutor, journey)
    assert "Still to be asked Did police learn of the drugs only because" in desk.case()
    assert "Confirm: divert" in desk.sends("answer", journey.case.id, fact="overdose_call_only", value="no")


def test_review_is_decided_with_a_written_reason(tmp_path):
    journey = Journey(tmp_path, person={"born": "2004-01-01"})
    desk = Desk(journey.people.prosecutor, journey)
    journey.confirm()
    assert journey.state == "review"
    decision = journey.case.decisions.get()
    page = desk.case()
    assert "Decide, with a written reason" in page and "Confirm:" not in page
    assert "needs a reason" in desk.sends("override", decision.id, outcome="divert", reason="")
    page = desk.sends("override", decision.id, outcome="divert", reason="She is nearly 18.")
    assert "“She is nearly 18.”" in page and journey.state == "offering"
    assert "Divert, decided otherwise" in page


def test_a_confirmation_is_undone_until_the_offer_is_out(journey, desk):
    journey.confirm()
    assert "Undo the confirmation" in desk.case()
    journey.send()
    page = desk.case()
    assert "Undo" not in page
    taken = journey.case.decisions.get().confirmations.get()
    assert "Not done: an offer has gone out" in desk.sends("undo", taken.pk)


def test_a_changed_outcome_is_left_as_it_is_with_a_reason(journey, desk):
    journey.answering()
    changed(journey)
    page = desk.case()
    assert "It was decided when the policy said divert. By what is known now it says review" in page
    assert "Something worse follows only out of a second look" in page
    assert "write why" in desk.sends("leave-as-it-is", journey.case.id, because="  ")
    desk.sends("leave-as-it-is", journey.case.id, because="The age is a slip.")
    assert not Task.objects.filter(kind="changed_outcome", done_at=None).exists()
    assert "nothing waits" in desk.sends("leave-as-it-is", journey.case.id, because="Again.")


def test_a_prosecution_is_taken_up_again_when_what_is_known_is_milder(journey, desk):
    who = journey.people.prosecutor
    cases.override(journey.case.decisions.get().id, "prosecute", "A sale.", actor=who, at=journey.at)
    again = desk.sends("take-up-again", journey.case.id)
    assert "Not done: by what is known now the policy says nothing new" in again
    for fact in ("person_overdosed", "overdose_call_only"):
        cases.answer_fact(journey.case.id, fact, True, policy_in_force(), actor=who, at=journey.at)
    assert "Take the case up again" in desk.case()
    assert "Confirm: decline" in desk.sends("take-up-again", journey.case.id)
    assert journey.state == "screened"
    assert not Task.objects.filter(kind="changed_outcome", done_at=None).exists()


def test_undoing_answers_a_changed_outcome(journey, desk):
    journey.confirm()
    changed(journey)
    assert "undo the confirmation" in desk.case()
    desk.sends("undo", journey.case.decisions.first().confirmations.get().pk)
    assert journey.state == "screened" and not Task.objects.filter(kind="changed_outcome", done_at=None).exists()


@pytest.mark.parametrize(
    ("kind", "about", "details", "said"),
    [
        ("charge", "x #2", {"citation": A30, "grade": "F"}, f"Another charge: {A30} (F) from police, May 4, 2019"),
        ("charge", A30, {}, f"Another charge: {A30} from police"),
        ("warrant", "bench 2019-05-03", {}, "Bench warrant of 2019-05-03 from police"),
        ("fact", "heroin_found 0", {"fact": "heroin_found", "code": 0}, "A later report says: Was heroin found? no"),
        (
            "fact",
            "age unknown",
            {"fact": "age", "code": None, "kept": True, "because": "a person answered it"},
            "in years? not known from police, May 4, 2019 Kept as it was: a person answered it.",
        ),
        ("report", "born x", {"born": "1980-02-04", "kept": True}, "A later report differs: born 1980-02-04"),
        (
            "report",
            "first listing x",
            {"listing": "2019-05-07T13:00:00+00:00", "listing_before": ""},
            "The first day in court is said to be May 7, 2019, 09:00",
        ),
    ],
)
def test_what_was_learned_later_is_said_with_its_source(journey, desk, kind, about, details, said):
    LateEvent.objects.create(case=journey.case, kind=kind, about=about, source="police", details=details, at=journey.at)
    assert said in desk.case()


def test_a_new_arrest_is_to_be_looked_at_and_nothing_follows_by_itself(tmp_path, journey, desk):
    journey.answering()
    again = Journey(tmp_path, 2, journey.people).case
    LateEvent.objects.create(
        case=journey.case,
        kind="new_arrest",
        about=again.source_key,
        source="police",
        details={"case": str(again.pk)},
        at=journey.at,
    )
    open_beside("changed_outcome", journey.case.id, journey.case, at=journey.at, organization_id=journey.case.office_id)
    page = desk.case()
    assert f"A new arrest, on record as {again.source_key}, learned May 4, 2019. Nothing follows" in page
    assert "It was decided when" not in page
    desk.sends("open-second-look", journey.case.id, because="new_arrest")
    assert journey.state == "second_look" and "To be looked at again" not in desk.case()


def test_a_warrant_has_its_step_and_is_cleared_from_the_page(journey, desk):
    journey.answering()
    warrant = court.learn_of_warrant(
        journey.case.id,
        Warrant.Kind.BENCH,
        journey.today,
        source="the court's record",
        doer=staff(journey.people.coordinator),
        at=journey.at,
    )
    page = desk.case()
    assert "Next step: A warrant or detainer is open" in page and parts(journey)[0] == "court"
    assert "Bench warrant of May 4, 2019" in page
    assert "The warrant is cleared." in desk.sends("clear-warrant", warrant.id)
    assert "cleared already" in desk.sends("clear-warrant", warrant.id)


# What the office may see of treatment -----------------------------------------------------------------------------


def test_before_a_yes_there_is_nothing_of_treatment(journey):
    journey.answering()
    assert "progress" not in parts(journey)


def test_nothing_told_yet_blames_nobody(journey, desk):
    journey.accepted()
    assert "Nothing told yet. The person has agreed that the office is told; no news is not bad news." in desk.case()


def test_the_four_facts_are_shown_as_they_were_told(journey, desk):
    journey.engaged().file()
    page = desk.case()
    assert "Assessed on May 6, 2019 Engaged yes Attendance attends Completed no" in page
    assert "42 CFR part 2 prohibits unauthorized use or disclosure" in page


def test_a_consent_taken_back_hides_everything_and_is_no_failure(journey, desk):
    journey.engaged().file()
    consent = Consent.objects.get(case=journey.case, recipient="office")
    consents.take_back(consent.id, doer=journey.person, at=journey.at)
    page = desk.case()
    assert "has not agreed that the office is told. That is the person’s right, and no failure." in page
    assert "Assessed on" not in page and "The proof is good" not in page


def test_another_condition_is_said_without_a_reason(journey, desk):
    journey.accepted().book(a_service(journey.people)).later(2).assess()
    enrolments.take(journey.enrolment.id, "find_not_needed", doer=staff(journey.people.provider), at=journey.at)
    page = desk.case()
    assert "Another condition takes the place of treatment. The office is not told why." in page
    assert "Ask the 12 hours of service" in page


@pytest.mark.parametrize("way", ["booked", "assessed", "waiting", "away", "engaged", "filed"])
def test_no_place_appointment_or_step_of_treatment_is_on_the_page(journey, desk, way):
    place = a_service(journey.people, title="Methadone clinic 2.1")
    journey.accepted().book(place)
    if way != "booked":
        journey.later(2).assess()
    if way in ("waiting", "away"):
        transition = {"waiting": "wait_for_place", "away": "go_away"}[way]
        enrolments.take(
            journey.enrolment.id, transition, because="hospital", doer=staff(journey.people.provider), at=journey.at
        )
    if way in ("engaged", "filed"):
        journey.engage()
    if way == "filed":
        journey.file()
    page = desk.case().lower()
    hidden = ("larkmere", "methadone", "2.1", "hospital", "appointment is", "waits for a place", "to book")
    assert not [word for word in hidden if word in page]


def test_the_health_sides_own_words_stay_there(journey, desk):
    journey.accepted()
    other_ends.record_death(journey.case.id, "Larkmere told us", actor=journey.people.coordinator, at=journey.at)
    page = desk.case()
    assert "The person has died" in page and "Larkmere" not in page
    assert "Reopen: the end was a mistake" in page


def test_the_history_says_who_did_what_and_why(journey, desk):
    journey.answering()
    offers.refuse(journey.offer.id, doer=journey.person, at=journey.at)
    desk.sends("offer-again", journey.case.id, reason="He asked for it.")
    page = desk.case()
    assert "The offer is made once more (a-prosecutor) He asked for it." in page
    assert "The person says no, and nothing is worse for it (the person)" in page


def test_an_override_is_said_in_the_history(journey, desk):
    decision = journey.case.decisions.get()
    cases.override(decision.id, "prosecute", "A sale.", actor=journey.people.prosecutor, at=journey.at)
    assert "A prosecutor decides: prosecution; the policy had said divert (a-prosecutor) A sale." in desk.case()


def test_script_in_every_text_is_text(tmp_path):
    evil = "<script>alert(1)</script>"
    journey = Journey(tmp_path, narrative=evil, person={"name": evil, "born": "1980-01-01"})
    journey.answering()
    made = contest(journey)
    Contest.objects.filter(pk=made.pk).update(reason=evil)
    LateEvent.objects.create(case=journey.case, kind="charge", about=evil, source=evil, at=journey.at)
    with signed_in(journey.people.prosecutor, journey) as client:
        shown = client.get(f"/cases/{journey.case.id}/").content.decode()
    assert evil not in shown and shown.count("&lt;script&gt;") >= 5


def test_the_page_asks_the_database_a_fixed_number_of_times(journey, django_assert_num_queries):
    journey.engaged().file()
    docket = journey.docket()
    with signed_in(journey.people.prosecutor, journey) as client:
        address = f"/cases/{journey.case.id}/"
        doer = staff(journey.people.coordinator)
        court.list_hearing(docket.id, journey.at.replace(hour=1), doer=doer, at=journey.at)
        with django_assert_num_queries(29):
            client.get(address)
        for number in range(2, 6):
            journey.docket(f"CP-51-CR-000000{number}-2019")
            court.list_hearing(docket.id, journey.at.replace(hour=number), doer=doer, at=journey.at)
            LateEvent.objects.create(case=journey.case, kind="charge", about=str(number), source="x", at=journey.at)
        with django_assert_num_queries(29):
            client.get(address)
