"""No place stays taken for somebody who is not coming, or has gone; and nobody answers for another clinic."""

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import staff
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import referring
from instead.office.errors import Refused
from instead.office.treatment.models import Provider, Service
from support.journey import a_service


@pytest.fixture
def arrived(journey, place):
    """In care on a place of the clinic's."""
    journey.accepted().book(place).later(2).assess()
    doer = staff(journey.people.provider)
    referral = journey.refer(place)
    referring.accept(referral.id, doer=doer, at=journey.at)
    referring.arrive(referral.id, doer=doer, at=journey.at)
    return journey.engage()


def free(place):
    place.capacity.refresh_from_db()
    return place.capacity.free


@pytest.mark.parametrize("way", ["complete", "discharge", "leave", "record_death"])
def test_when_care_ends_the_place_is_free_again(arrived, place, way):
    doer = staff(arrived.people.provider)
    assert free(place) == 2
    if way == "complete":
        enrolments.complete(arrived.enrolment.id, arrived.today, doer=doer, at=arrived.at)
    else:
        enrolments.take(arrived.enrolment.id, way, doer=doer, at=arrived.at)
    assert free(place) == 3


def test_when_the_case_is_over_whoever_is_in_care_keeps_the_place(arrived, place):
    arrived.file().verify().docket()
    arrived.ask_court().confirm_dockets()
    assert arrived.state == "withdrawn_engaged" and free(place) == 2


def test_moving_to_another_place_frees_the_first(arrived, place):
    other = a_service(arrived.people, title="Day clinic")
    doer = staff(arrived.people.provider)
    referral = arrived.refer(other)
    referring.accept(referral.id, doer=doer, at=arrived.at)
    referring.arrive(referral.id, doer=doer, at=arrived.at)
    assert free(place) == 3 and free(other) == 2


def test_who_leaves_is_awaited_nowhere(journey, place):
    journey.accepted()
    referral = journey.refer(place)
    referring.accept(referral.id, doer=staff(journey.people.provider), at=journey.at)
    enrolments.take(journey.enrolment.id, "leave", doer=journey.person, at=journey.at)
    referral.refresh_from_db()
    assert referral.state == "taken_back" and free(place) == 3


def test_a_late_yes_counts_only_while_a_place_is_looked_for(journey, place):
    journey.accepted()
    doer = staff(journey.people.provider)
    full = journey.refer(place)
    referring.answer_no(full.id, "answer_full", doer=doer, at=journey.at)
    other = journey.refer(a_service(journey.people, title="Day clinic"))
    referring.accept(other.id, doer=doer, at=journey.at)
    with pytest.raises(Refused, match="another place was taken"):
        referring.accept(full.id, doer=doer, at=journey.at)
    assert free(place) == 3


def test_an_arrival_is_said_by_the_clinic_that_was_asked(journey, place, strangers):
    """The clinic where somebody is booked does not speak for another."""
    journey.accepted().book(place)
    elsewhere = Provider.objects.create(name="Tassel", organization=strangers.provider.organization, source="office")
    referral = journey.refer(Service.objects.create(provider=elsewhere, title="Outpatient"))
    with pytest.raises(PermissionDenied):
        referring.arrive(referral.id, doer=staff(journey.people.provider), at=journey.at)
    referring.arrive(referral.id, doer=staff(strangers.peer), at=journey.at)


def test_who_is_booked_here_can_be_marked_here_though_another_clinic_holds_a_place(journey, place, strangers):
    journey.accepted().book(place)
    elsewhere = Provider.objects.create(name="Tassel", organization=strangers.provider.organization, source="office")
    asked = journey.refer(a_service(journey.people, title="Day clinic"))
    asked.service.provider = elsewhere
    asked.service.save()
    referring.accept(asked.id, doer=staff(strangers.provider), at=journey.at)
    journey.later(2).assess()
    assert journey.enrolment.contacts.get().service == place
