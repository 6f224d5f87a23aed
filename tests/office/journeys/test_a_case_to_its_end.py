"""A case from arrest to a withdrawal on the court's record, and the ways around."""

import pytest

from instead.office.accounts.doers import staff
from instead.office.closing import other_ends, second_look, service, withdrawing
from instead.office.closing.models import SecondLook, Withdrawal
from instead.office.consents import actions as consents
from instead.office.consents.models import Consent, Disclosure
from instead.office.consents.queries import known_to
from instead.office.consents.wall import FourFacts, OtherCondition
from instead.office.court import actions as court
from instead.office.court.models import Warrant
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import referring, walk_ins
from instead.office.enrolments.models import Appointment
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.ledger.verify import verify
from instead.office.machines import MACHINES
from instead.office.offers import actions as offers
from instead.office.tasks.models import Move, Task
from instead.office.timers import tick
from support.journey import DAY, Journey, a_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(tmp_path):
    return Journey(tmp_path)


def open_tasks(journey):
    return sorted(f"{task.machine}.{task.kind}" for task in Task.objects.filter(case=journey.case, done_at=None))


def test_treatment_engaged_and_the_charges_withdrawn(journey):
    journey.withdrawn()
    assert journey.state == "withdrawn_engaged" and journey.case.ended_at == journey.at
    assert Withdrawal.objects.get(case=journey.case).finished_at == journey.at
    assert open_tasks(journey) == []
    assert journey.enrolment.state == "case_over"
    assert not Consent.objects.filter(case=journey.case, ended_at=None)
    assert verify().found == 0


def test_every_open_state_has_its_task_and_every_move_its_entry(journey):
    journey.engaged().file()
    assert open_tasks(journey) == ["case.proof_filed", "enrolment.engaged"]
    moves = Move.objects.filter(machine__in=[machine.name for machine in MACHINES]).count()
    assert Entry.objects.filter(kind__regex=r"^(case|enrolment|referral)\.").count() == moves


def test_a_withdrawal_waits_for_every_docket_and_every_warrant(journey):
    journey.engaged().file().verify()
    first, second = journey.docket(), journey.docket("CP-51-CR-0000002-2019")
    doer = staff(journey.people.prosecutor)
    warrant = court.learn_of_warrant(
        journey.case.id, Warrant.Kind.BENCH, journey.today, source="court", doer=doer, at=journey.at
    )
    journey.ask_court()
    withdrawing.confirm_docket(first.id, doer=doer, at=journey.at)
    withdrawing.confirm_docket(second.id, doer=doer, at=journey.at)
    assert journey.state == "withdrawing_engaged"
    with pytest.raises(Refused, match="not cleared"):
        withdrawing.finish(journey.case.id, doer=doer, at=journey.at)
    court.clear_warrant(warrant.id, actor=journey.people.prosecutor, at=journey.at)
    withdrawing.finish(journey.case.id, doer=doer, at=journey.at)
    assert journey.state == "withdrawn_engaged"


def test_consent_taken_back_removes_the_proof_and_is_no_failure(journey):
    journey.engaged().file()
    office = Consent.objects.get(case=journey.case, recipient="office")
    assert known_to(Consent.Recipient.OFFICE, journey.case, journey.at).facts.engaged is True
    consents.take_back(office.id, doer=journey.person, at=journey.at)
    assert journey.state == "accepted"
    assert known_to(Consent.Recipient.OFFICE, journey.case, journey.at).facts is None
    assert not SecondLook.objects.exists()
    with pytest.raises(consents.NoConsent):
        journey.file()


def test_without_consent_the_coordinator_books_nothing(journey):
    journey.answering().accept(Consent.Recipient.OFFICE)
    with pytest.raises(consents.NoConsent):
        journey.book(a_service(journey.people))


def test_a_yes_needs_the_consent_and_the_meeting(journey):
    journey.offered()
    with pytest.raises(Refused, match="counsel has met"):
        journey.accept()
    journey.meet()
    with pytest.raises(Refused, match="signed consent"):
        journey.accept(Consent.Recipient.COUNSEL)


def test_a_no_leaves_everything_as_if_no_offer_had_been_made(journey):
    journey.answering()
    offers.refuse(journey.offer.id, doer=journey.person, at=journey.at)
    assert journey.state == "refused" and open_tasks(journey) == []
    assert not journey.case.waivers.exists() and not Consent.objects.exists()


def test_a_wait_for_a_place_stops_the_persons_clock(journey):
    journey.accepted().book(a_service(journey.people)).later(2).assess()
    task = Task.objects.get(machine="enrolment", kind="assessed", done_at=None)
    before = task.due_on
    journey.later(3)
    doer = staff(journey.people.provider)
    enrolments.take(journey.enrolment.id, "wait_for_place", doer=doer, at=journey.at)
    journey.later(9)
    enrolments.take(journey.enrolment.id, "place_found", doer=doer, at=journey.at)
    task = Task.objects.get(machine="enrolment", kind="assessed", done_at=None)
    assert (task.due_on - before).days >= 10


def test_two_missed_appointments_lead_to_a_second_look_and_both_sides_write(journey):
    place = a_service(journey.people)
    journey.accepted()
    for _ in range(2):
        journey.book(place).later(2)
        enrolments.miss(journey.enrolment.id, doer=staff(journey.people.provider), at=journey.at)
    assert journey.state == "second_look"
    look = SecondLook.objects.get()
    with pytest.raises(Refused, match="office's reasons"):
        second_look.keep_offer(look.id, new_date=None, actor=journey.people.prosecutor, at=journey.at)
    second_look.give_reasons(look.id, "Two misses.", actor=journey.people.prosecutor, at=journey.at)
    with pytest.raises(Refused, match="has time until"):
        second_look.end_offer(look.id, actor=journey.people.prosecutor, at=journey.at)
    second_look.give_reasons(look.id, "She was in hospital.", actor=journey.people.counsel, at=journey.at)
    second_look.keep_offer(look.id, new_date=None, actor=journey.people.prosecutor, at=journey.at)
    assert journey.state == "accepted"


def test_an_excused_miss_does_not_count(journey):
    place = a_service(journey.people)
    journey.accepted()
    for _ in range(3):
        journey.book(place).later(2)
        enrolments.miss(journey.enrolment.id, doer=staff(journey.people.provider), at=journey.at)
        enrolments.excuse(
            journey.enrolment.id, Appointment.Excuse.COURT, doer=staff(journey.people.peer), at=journey.at
        )
    assert journey.state == "accepted"


def test_the_offer_ends_as_if_it_had_never_been_made(journey):
    journey.accepted()
    look = second_look.open_second_look(
        journey.case.id, SecondLook.Because.NEW_ARREST, doer=staff(journey.people.prosecutor), at=journey.at
    )
    for who, text in ((journey.people.prosecutor, "A new arrest."), (journey.people.counsel, "It was a mix-up.")):
        second_look.give_reasons(look.id, text, actor=who, at=journey.at)
    second_look.end_offer(look.id, actor=journey.people.prosecutor, at=journey.at)
    assert journey.state == "offer_ended"
    assert journey.case.waivers.get().end is not None


def test_treatment_that_is_not_needed_has_its_own_way_to_a_withdrawal(journey):
    journey.accepted().book(a_service(journey.people)).later(2).assess()
    enrolments.take(journey.enrolment.id, "find_not_needed", doer=staff(journey.people.provider), at=journey.at)
    assert journey.state == "other_condition"
    assert known_to(Consent.Recipient.OFFICE, journey.case, journey.at).facts == OtherCondition()
    service.start_service(journey.case.id, actor=journey.people.prosecutor, at=journey.at)
    journey.later(5)
    service.file_service(
        journey.case.id,
        hours=12,
        place="the food bank",
        first_day=journey.today,
        last_day=journey.today,
        doer=staff(journey.people.counsel),
        at=journey.at,
    )
    journey.docket()
    journey.ask_court(Withdrawal.Reason.SERVICE).confirm_dockets()
    assert journey.state == "withdrawn_service"


def test_a_referral_holds_a_place_and_gives_it_back(journey):
    place = a_service(journey.people, places=1)
    journey.accepted().book(place).later(2).assess()
    referral = journey.refer(place)
    doer = staff(journey.people.provider)
    referring.accept(referral.id, doer=doer, at=journey.at)
    place.capacity.refresh_from_db()
    assert place.capacity.free == 0
    journey.later(3)
    assert tick(journey.at).referrals == 1
    place.capacity.refresh_from_db()
    assert place.capacity.free == 1
    referring.arrive(referral.id, doer=doer, at=journey.at)
    referral.refresh_from_db()
    assert referral.state == "arrived"


def test_somebody_walks_in_and_after_consent_the_arrival_counts(journey):
    journey.accepted()
    place = a_service(journey.people)
    doer = staff(journey.people.provider)
    enrolment = walk_ins.welcome(place, person=journey.case.person, doer=doer, at=journey.at)
    assert enrolment.pk == journey.enrolment.pk
    walk_ins.count_arrival(enrolment.pk, doer=doer, at=journey.at)
    assert journey.enrolment.engaged_on == journey.today
    journey.file()
    assert journey.state == "proof_filed"


def test_a_walk_in_needs_no_name_and_waits_for_consent(journey):
    place = a_service(journey.people)
    doer = staff(journey.people.provider)
    enrolment = walk_ins.welcome(place, doer=doer, at=journey.at)
    with pytest.raises(Refused, match="no consent"):
        walk_ins.count_arrival(enrolment.pk, doer=doer, at=journey.at)


def test_a_missing_fact_is_handed_to_a_person_when_its_clock_ends(tmp_path):
    journey = Journey(tmp_path, overdose__call_only=None)
    journey.later(4)
    assert tick(journey.at).handed_on == 1 and journey.state == "review"
    assert tick(journey.at).handed_on == 0


def test_an_unanswered_offer_leads_to_a_second_look_and_nothing_else(journey):
    journey.answering().later(10)
    assert tick(journey.at).second_looks == 1 and journey.state == "second_look"


def test_what_the_office_learns_is_four_facts_and_logged(journey):
    journey.engaged().file()
    told = Disclosure.objects.filter(consent__recipient="office")
    assert [set(one.told) for one in told] == [{"assessed_on", "engaged", "attendance", "completed"}]
    assert isinstance(known_to(Consent.Recipient.OFFICE, journey.case, journey.at).facts, FourFacts)
    assert all(one.notice and one.consent_id for one in Disclosure.objects.all())


def test_a_consent_past_its_date_ends_and_the_proof_with_it(journey):
    journey.engaged().file()
    Consent.objects.filter(case=journey.case, recipient="office").update(expires_on=journey.today)
    assert tick(journey.at).consents == 0
    journey.later()
    assert tick(journey.at).consents == 1 and journey.state == "accepted"
    assert not SecondLook.objects.exists()


def test_a_day_in_court_is_nobody_s_work_once_the_case_is_over(journey):
    journey.accepted()
    doer = staff(journey.people.prosecutor)
    court.list_hearing(journey.docket().pk, journey.at + 30 * DAY, doer=doer, at=journey.at)
    assert "beside.listing" in open_tasks(journey)
    other_ends.record_death(journey.case.pk, "the coroner", actor=journey.people.counsel, at=journey.at)
    assert open_tasks(journey) == []
