"""“I was there”: the person's own word is kept, moves nothing, and waits for the provider's."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import staff, the_person
from instead.office.enrolments.models import Contact
from instead.office.enrolments.own_word import MOST_DAYS_BACK, unconfirmed, was_there
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.people.models import Person
from support.journey import Journey, a_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(tmp_path):
    journey = Journey(tmp_path).accepted()
    return journey.book(a_service(journey.people)).later(2)


def test_it_is_kept_moves_nothing_and_waits_for_the_providers_word(booked):
    was_there(booked.enrolment.id, booked.today, doer=booked.person, at=booked.at)
    assert booked.enrolment.state == "booked" and booked.enrolment.assessed_on is None
    (waiting,) = unconfirmed(booked.enrolment)
    assert waiting.kind == Contact.Kind.ASSESSMENT
    booked.assess()
    assert unconfirmed(booked.enrolment) == []


def test_said_twice_it_is_kept_once(booked):
    for _ in range(2):
        was_there(booked.enrolment.id, booked.today, doer=booked.person, at=booked.at)
    assert Contact.objects.filter(said_by_person=True).count() == 1
    assert Entry.objects.filter(kind="said to have been there").count() == 1


@pytest.mark.parametrize("days", [1, -MOST_DAYS_BACK - 1])
def test_a_day_that_cannot_be_is_refused(booked, days):
    with pytest.raises(Refused):
        was_there(booked.enrolment.id, booked.today + dt.timedelta(days), doer=booked.person, at=booked.at)


def test_nobody_says_it_for_the_person(booked):
    with pytest.raises(PermissionDenied):
        was_there(booked.enrolment.id, booked.today, doer=the_person(Person.objects.create(name="Other")), at=booked.at)
    with pytest.raises(Refused, match="own word"):
        was_there(booked.enrolment.id, booked.today, doer=staff(booked.people.provider), at=booked.at)
    assert not Contact.objects.exists()


def test_without_a_place_there_is_nowhere_to_have_been(tmp_path):
    journey = Journey(tmp_path).accepted()
    with pytest.raises(Refused, match="choose the place"):
        was_there(journey.enrolment.id, journey.today, doer=journey.person, at=journey.at)
