"""Somebody walks in: care first, one walk-in however often the button is pressed, and what was signed counts later."""

import uuid

import pytest

from instead.office.accounts.doers import staff
from instead.office.cases.models import Case
from instead.office.consents.actions import Signed, sign, standing
from instead.office.consents.models import Consent, Disclosure
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import walk_ins
from instead.office.enrolments.models import Contact, Enrolment
from instead.office.errors import Refused
from instead.office.tasks.models import Pause, Task
from support.journey import DAY, a_service

OFFICE, COORDINATOR = Consent.Recipient.OFFICE, Consent.Recipient.COORDINATOR


@pytest.fixture
def desk(journey):
    return staff(journey.people.provider)


def open_task(enrolment):
    return Task.objects.get(machine="enrolment", subject=enrolment.id, done_at=None)


def test_a_button_pressed_twice_starts_one_walk_in(journey, place, desk):
    key = uuid.uuid4()
    first, second = (walk_ins.welcome(place, key=key, doer=desk, at=journey.at) for _ in range(2))
    assert first.pk == second.pk == key and Enrolment.objects.count() == 1


def test_a_card_shown_twice_is_one_walk_in(journey, place, desk):
    journey.accepted()
    for _ in range(2):
        walk_ins.welcome(place, person=journey.case.person, doer=desk, at=journey.at)
    assert journey.enrolment.state == "walked_in" and Enrolment.objects.count() == 1


def test_who_is_in_care_here_already_has_another_arrival_and_nothing_moves(journey, place, desk):
    journey.engaged(place).later()
    walk_ins.welcome(place, person=journey.case.person, doer=desk, at=journey.at)
    assert journey.enrolment.state == "engaged"
    assert journey.enrolment.contacts.filter(kind=Contact.Kind.ARRIVAL, on=journey.today).exists()


def test_who_was_away_walks_in(journey, place, desk):
    journey.accepted()
    enrolments.take(journey.enrolment.id, "go_away", doer=staff(journey.people.coordinator), at=journey.at)
    walk_ins.welcome(place, person=journey.case.person, doer=desk, at=journey.at)
    assert journey.enrolment.state == "walked_in"


def test_joined_to_the_case_the_clock_stands_still_and_the_body_is_told(journey, place, desk):
    journey.accepted().later()
    walked_in = walk_ins.welcome(place, doer=desk, at=journey.at)
    walk_ins.join_case(walked_in.pk, journey.case, doer=desk, at=journey.at)
    assert journey.enrolment.pk == walked_in.pk and journey.enrolment.organization == journey.case.health
    assert Enrolment.objects.filter(state="case_over").count() == 1
    assert Pause.objects.get(subject=walked_in.pk).end is None
    assert open_task(walked_in).case_id == journey.case.pk
    told = Disclosure.objects.filter(consent__recipient=COORDINATOR)
    assert told.filter(kind="progress").last().told["place"] == "Larkmere Night Intake"


def test_what_was_signed_at_the_desk_belongs_to_the_case_once_it_is_known(journey, place, desk):
    journey.answering().accept(OFFICE)
    walked_in = walk_ins.welcome(place, doer=desk, at=journey.at)
    for recipient, home in ((OFFICE, journey.case.office), (COORDINATOR, journey.case.health)):
        sign(walked_in.person, None, Signed(recipient, "J. D."), organization=home, doer=desk, at=journey.at)
    walk_ins.join_case(walked_in.pk, journey.case, doer=desk, at=journey.at)
    carried = standing(journey.case, COORDINATOR, journey.at)
    assert carried.signature == "J. D." and carried.person == journey.case.person
    assert standing(journey.case, OFFICE, journey.at).signature == "Jane Doe"
    assert Consent.objects.filter(case=None).count() == 1


def test_a_consent_for_another_office_is_not_carried(journey, place, desk, strangers):
    journey.answering().accept(OFFICE)
    walked_in = walk_ins.welcome(place, doer=desk, at=journey.at)
    home = strangers.coordinator.organization
    sign(walked_in.person, None, Signed(COORDINATOR, "J. D."), organization=home, doer=desk, at=journey.at)
    walk_ins.join_case(walked_in.pk, journey.case, doer=desk, at=journey.at)
    assert standing(journey.case, COORDINATOR, journey.at) is None


def test_nobody_is_joined_to_a_case_without_an_offer_or_that_is_over(journey, place, desk):
    walked_in = walk_ins.welcome(place, doer=desk, at=journey.at)
    Case.objects.update(health=None)
    with pytest.raises(Refused, match="no offer"):
        walk_ins.join_case(walked_in.pk, journey.case, doer=desk, at=journey.at)
    assert walk_ins.case_to_join(journey.case.person) is None


def test_a_consent_signed_later_tells_the_coordinator_at_once_how_it_stands(journey, place):
    journey.answering().accept(OFFICE)
    enrolments.book(journey.enrolment.id, place, journey.at + DAY, doer=journey.person, at=journey.at)
    assert not Disclosure.objects.filter(consent__recipient=COORDINATOR).exists()
    signed = Signed(COORDINATOR, "Jane Doe")
    home = journey.case.health
    sign(journey.case.person, journey.case, signed, organization=home, doer=journey.person, at=journey.at)
    kinds = set(Disclosure.objects.filter(consent__recipient=COORDINATOR).values_list("kind", flat=True))
    assert kinds == {"progress", "four_facts"}


def test_four_facts_that_the_coordinator_knows_are_not_told_again(journey, place):
    journey.engaged(place)
    told = Disclosure.objects.filter(consent__recipient=COORDINATOR, kind="four_facts")
    before = told.count()
    journey.later().engage()
    assert told.count() == before and told.last().told["engaged"] is True


def test_one_clinic_has_one_walk_in_of_a_person_whatever_the_door(journey, place, desk):
    person = walk_ins.welcome(place, doer=desk, at=journey.at).person
    other = a_service(journey.people, title="Day clinic")
    assert walk_ins.welcome(other, person=person, doer=desk, at=journey.at).person == person
    assert Enrolment.objects.count() == 1
