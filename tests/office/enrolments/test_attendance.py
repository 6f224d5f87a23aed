"""One tap a line: what it does, that a second tap does nothing, and that an old page moves nobody on."""

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import staff
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import attendance, own_word, referring
from instead.office.enrolments.models import Appointment, Contact
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
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
