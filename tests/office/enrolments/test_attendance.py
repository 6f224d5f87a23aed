"""One tap a line: what it does, that a second tap does nothing, and that an old page moves nobody on."""

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import staff
from instead.office.consents.models import Disclosure
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import attendance, own_word, referring
from instead.office.enrolments.models import Appointment, Contact
from instead.office.enrolments.unmarking import unmark
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.tasks.models import Task
from support.journey import DAY


@pytest.fixture
def desk(journey):
    return staff(journey.people.provider)


@pytest.fixture
def booked(journey, place):
    return journey.accepted().book(place).later(2)


def came(journey, doer, seen):
    return attendance.came(journey.enrolment.id, journey.today, seen=seen, doer=doer, at=journey.at)


def test_came_to_the_first_appointment_is_the_assessment_and_a_second_tap_is_nothing(booked, desk):
    assert came(booked, desk, "booked") is True
    entries = Entry.objects.count()
    assert came(booked, desk, "booked") is False
    assert booked.enrolment.state == "assessed" and booked.enrolment.assessed_on == booked.today
    assert Entry.objects.count() == entries


def test_the_next_mark_is_the_first_contact_and_may_be_on_the_same_day(booked, desk):
    came(booked, desk, "booked")
    assert came(booked, desk, "assessed") is True
    assert booked.enrolment.engaged_on == booked.today
    assert came(booked, desk, "assessed") is False


def test_in_care_one_day_is_one_contact(booked, desk):
    came(booked, desk, "booked"), came(booked, desk, "assessed"), booked.later()
    assert [came(booked, desk, "engaged"), came(booked, desk, "attending")] == [True, False]
    assert booked.enrolment.contacts.filter(kind=Contact.Kind.CONTACT).count() == 2


def test_an_old_page_moves_nobody_on(booked, desk):
    booked.assess().later()
    with pytest.raises(Refused, match="moved on"):
        came(booked, desk, "booked")
    with pytest.raises(Refused, match="cannot be marked"):
        came(booked, desk, "away")
    assert booked.enrolment.state == "assessed"


def test_a_day_that_has_not_come_or_lies_before_the_beginning_is_refused(booked, desk):
    for on in (booked.today + DAY, booked.today - 9 * DAY):
        with pytest.raises(Refused):
            attendance.came(booked.enrolment.id, on, seen="booked", doer=desk, at=booked.at)
    assert booked.enrolment.state == "booked"


def test_whoever_comes_to_a_held_place_has_arrived_there_without_a_second_tap(journey, place, desk):
    journey.accepted()
    referral = journey.refer(place)
    referring.accept(referral.id, doer=desk, at=journey.at)
    came(journey, desk, "to_book")
    referral.refresh_from_db()
    assert referral.state == "arrived" and journey.enrolment.state == "assessed"


def test_did_not_come_is_one_miss_however_often_it_is_tapped(booked, desk):
    appointment = booked.enrolment.appointments.get()
    marks = [attendance.did_not_come(appointment.id, doer=desk, at=booked.at) for _ in range(3)]
    assert marks == [True, False, False]
    assert booked.enrolment.appointments.filter(state=Appointment.State.MISSED).count() == 1


def test_a_miss_is_taken_back_when_the_person_was_there_after_all(booked, desk):
    appointment = booked.enrolment.appointments.get()
    attendance.did_not_come(appointment.id, doer=desk, at=booked.at)
    on = booked.today - DAY
    attendance.came(booked.enrolment.id, on, seen="missed", doer=desk, at=booked.at)
    appointment.refresh_from_db()
    assert appointment.state == Appointment.State.KEPT and booked.enrolment.assessed_on == on


def test_an_appointment_that_was_moved_cannot_be_missed(booked, place, desk):
    old = booked.enrolment.appointments.get()
    booked.at = old.at - DAY / 2
    enrolments.book(booked.enrolment.id, place, booked.at + DAY, doer=desk, at=booked.at)
    with pytest.raises(Refused, match="moved by now"):
        attendance.did_not_come(old.id, doer=desk, at=booked.later(3).at)


def test_the_persons_own_word_is_confirmed_by_one_tap(booked, desk):
    said = own_word.was_there(booked.enrolment.id, booked.today, doer=booked.person, at=booked.at)
    attendance.confirm_word(said.pk, doer=desk, at=booked.at)
    assert booked.enrolment.assessed_on == booked.today
    with pytest.raises(Refused, match="answered already"):
        attendance.not_seen(said.pk, doer=desk, at=booked.at)


def test_not_in_the_records_is_no_miss(booked, desk):
    said = own_word.was_there(booked.enrolment.id, booked.today, doer=booked.person, at=booked.at)
    attendance.not_seen(said.pk, doer=desk, at=booked.at)
    assert booked.enrolment.state == "booked"
    assert own_word.unconfirmed(booked.enrolment) == []


def test_only_the_clinics_own_staff_mark(booked, strangers):
    appointment = booked.enrolment.appointments.get()
    said = own_word.was_there(booked.enrolment.id, booked.today, doer=booked.person, at=booked.at)
    for who in (strangers.provider, strangers.coordinator, booked.people.peer, booked.people.prosecutor):
        doer = staff(who)
        for verb in (
            lambda doer=doer: came(booked, doer, "booked"),
            lambda doer=doer: attendance.did_not_come(appointment.id, doer=doer, at=booked.at),
            lambda doer=doer: attendance.confirm_word(said.pk, doer=doer, at=booked.at),
            lambda doer=doer: attendance.not_seen(said.pk, doer=doer, at=booked.at),
        ):
            with pytest.raises(PermissionDenied):
                verb()
    assert booked.enrolment.state == "booked"


def as_it_stands(journey):
    enrolment = journey.enrolment
    dates = enrolment.state, enrolment.assessed_on, enrolment.engaged_on
    appointments = sorted(enrolment.appointments.values_list("at", "state"))
    contacts = sorted(enrolment.contacts.filter(said_by_person=False).values_list("kind", "on"))
    task = Task.objects.get(machine="enrolment", subject=enrolment.id, done_at=None)
    return dates, appointments, contacts, (task.kind, task.starts_on, task.due_on)


@pytest.mark.parametrize("before", [(), ("booked",), ("booked", "assessed"), ("booked", "assessed", "engaged")])
def test_a_slip_of_the_thumb_is_taken_back_and_all_is_as_it_was(booked, desk, before):
    for seen in before:
        came(booked, desk, seen), booked.later()
    was = as_it_stands(booked)
    came(booked, desk, booked.enrolment.state)
    unmark(booked.enrolment.id, doer=desk, at=booked.at)
    assert as_it_stands(booked) == was
    with pytest.raises(Refused, match="only the newest mark"):
        unmark(booked.enrolment.id, doer=desk, at=booked.at)


def test_a_miss_tapped_by_mistake_is_open_again(booked, desk):
    was = as_it_stands(booked)
    attendance.did_not_come(booked.enrolment.appointments.get().id, doer=desk, at=booked.at)
    unmark(booked.enrolment.id, doer=desk, at=booked.at)
    assert as_it_stands(booked) == was


def test_their_own_word_waits_again_when_its_confirmation_was_a_slip(booked, desk):
    said = own_word.was_there(booked.enrolment.id, booked.today, doer=booked.person, at=booked.at)
    attendance.confirm_word(said.pk, doer=desk, at=booked.at)
    unmark(booked.enrolment.id, doer=desk, at=booked.at)
    assert own_word.unconfirmed(booked.enrolment) == [said]


def test_the_coordinator_is_told_that_it_was_a_slip(booked, desk):
    came(booked, desk, "booked")
    unmark(booked.enrolment.id, doer=desk, at=booked.at + DAY / 48)
    told = Disclosure.objects.filter(consent__recipient="coordinator", kind="four_facts").latest("at")
    assert told.told["assessed_on"] is None


def test_a_mark_of_yesterday_one_with_proof_and_one_of_another_clinic_stay(booked, desk, strangers):
    came(booked, desk, "booked")
    with pytest.raises(PermissionDenied):
        unmark(booked.enrolment.id, doer=staff(strangers.provider), at=booked.at)
    with pytest.raises(Refused, match="of today"):
        unmark(booked.enrolment.id, doer=desk, at=booked.at + DAY)
    came(booked, desk, "assessed")
    booked.file()
    with pytest.raises(Refused, match="proof was filed"):
        unmark(booked.enrolment.id, doer=desk, at=booked.at)
