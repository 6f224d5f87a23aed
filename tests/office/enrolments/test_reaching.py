"""How somebody is reached: what may be learned at a desk, and that a try is kept without a word of what was said."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import staff
from instead.office.enrolments import reaching, walk_ins
from instead.office.enrolments.models import Outreach
from instead.office.enrolments.queries.outreach import outreach_list
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.people.models import Person
from support.journey import a_service

Way, Result = Outreach.Way, Outreach.Result


def learn(journey, enrolment, doer=None, **details):
    doer = doer or staff(journey.people.peer)
    return reaching.learn_details(enrolment.id, reaching.Details(**details), doer=doer, at=journey.at)


def test_a_walk_in_gets_a_name_when_they_say_one(journey, place):
    enrolment = walk_ins.welcome(place, doer=staff(journey.people.peer), at=journey.at)
    learn(journey, enrolment, name=" Doe, Jane ", born=dt.date(1988, 2, 1), phone="215-555-0100", language="es")
    person = Person.objects.get(pk=enrolment.person_id)
    assert (person.name, person.phone, person.language) == ("Doe, Jane", "215-555-0100", "es")
    payload = Entry.objects.get(kind="details learned").payload.content
    assert "Doe" not in payload and "0100" not in payload


def test_who_somebody_in_a_case_is_is_not_decided_at_a_desk(journey, place):
    journey.accepted().book(place)
    Person.objects.filter(pk=journey.case.person_id).update(name="Doe, Jane")
    learn(journey, journey.enrolment, name="Roe, Rita", phone="1", language="en")
    person = Person.objects.get(pk=journey.case.person_id)
    assert (person.name, person.phone) == ("Doe, Jane", "1")


@pytest.mark.parametrize(
    "details",
    [{"language": "fr"}, {"phone": "1" * 41}, {"name": "a\nb"}, {"interpreter": "\x00"}, {"born": dt.date(1, 1, 1)}],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(journey, place, details):
    enrolment = walk_ins.welcome(place, doer=staff(journey.people.peer), at=journey.at)
    with pytest.raises(Refused):
        learn(journey, enrolment, **details)
    assert not Entry.objects.filter(kind="details learned").exists()


def test_a_try_is_kept_and_the_way_that_worked_is_the_best(journey, place):
    enrolment = walk_ins.welcome(place, doer=staff(journey.people.peer), at=journey.at)
    for way, result in ((Way.VISIT, Result.REACHED), (Way.PHONE, Result.NO_ANSWER), (Way.TEXT, Result.WRONG)):
        journey.later()
        reaching.log_try(enrolment.id, way, result, doer=staff(journey.people.peer), at=journey.at)
    (line,) = outreach_list(journey.people.peer)
    assert line.best.way == Way.VISIT and line.number_is_wrong and len(line.tries) == 3


def test_the_list_has_who_missed_walked_in_or_waits_and_nobody_else(journey, place, strangers):
    journey.accepted().book(place)
    assert outreach_list(journey.people.peer) == []
    walk_ins.welcome(place, doer=staff(journey.people.peer), at=journey.at)
    assert [line.enrolment.state for line in outreach_list(journey.people.peer)] == ["walked_in"]
    assert outreach_list(strangers.peer) == []


def test_strangers_and_the_prosecution_learn_and_log_nothing(journey, strangers):
    enrolment = walk_ins.welcome(a_service(journey.people), doer=staff(journey.people.peer), at=journey.at)
    for who in (strangers.peer, strangers.provider, strangers.coordinator, journey.people.prosecutor):
        with pytest.raises(PermissionDenied):
            learn(journey, enrolment, staff(who), phone="1", language="en")
        with pytest.raises(PermissionDenied):
            reaching.log_try(enrolment.id, Way.PHONE, Result.REACHED, doer=staff(who), at=journey.at)
    assert not Outreach.objects.exists()
