"""Open work: whose it is, what comes first, how it is handed on, and that nothing stays with somebody who left."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.accounts.models import Organization, User
from instead.office.cases.models import Case
from instead.office.consents.models import Consent
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import walk_ins
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.tasks import actions
from instead.office.tasks.models import Task
from instead.office.tasks.queries import When, today
from support.journey import DAY, Journey, People, a_service
from support.office import NOW, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return People()


@pytest.fixture(autouse=True)
def at_night():
    with clock.standing_still(NOW):
        yield


def kinds(user, at=NOW):
    return [line.task.kind for line in today(user, at).lines]


def test_each_role_sees_its_own_work(tmp_path, people):
    Journey(tmp_path, 1, people)
    Journey(tmp_path, 2, people).offered()
    Journey(tmp_path, 3, people).answering()
    Journey(tmp_path, 4, people).accepted()
    assert kinds(people.prosecutor) == ["screened"]
    assert sorted(kinds(people.coordinator)) == ["accepted", "offered", "to_book"]
    assert kinds(people.counsel) == ["answering"]


def test_a_stranger_of_the_same_role_sees_nothing(tmp_path, people):
    Journey(tmp_path, 1, people).accepted()
    elsewhere = Organization.objects.create(name="elsewhere", kind=Organization.Kind.HEALTH)
    assert kinds(somebody(User.Role.COORDINATOR, "stranger", elsewhere)) == []


def test_the_nearest_date_comes_first_and_each_is_said_in_words(tmp_path, people):
    Journey(tmp_path, 1, people).accepted()
    journey = Journey(tmp_path, 2, people).offered().later(13)
    work = today(people.coordinator, journey.at)
    assert [line.when for line in work.lines] == [When.OVERDUE, When.AT_RISK, When.AT_RISK]
    assert work.counts[When.OVERDUE] == 1 and work.open == 3


def test_work_is_handed_on_within_a_role(tmp_path, people):
    Journey(tmp_path, 1, people)
    colleague = somebody(User.Role.PROSECUTOR, "colleague")
    task = Task.objects.get(done_at=None)
    actions.assign(task.id, colleague, actor=people.prosecutor, at=NOW)
    assert today(people.prosecutor, NOW, mine=True).lines == []
    with pytest.raises(Refused, match="within one role"):
        actions.assign(task.id, people.coordinator, actor=people.prosecutor, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.assign(task.id, None, actor=people.coordinator, at=NOW)
    assert Entry.objects.filter(kind="task assigned").count() == 1


def test_nothing_stays_with_somebody_who_left(tmp_path, people):
    journey = Journey(tmp_path, 1, people).offered()
    heir = somebody(User.Role.DEFENSE_COUNSEL, "heir")
    boss = somebody(User.Role.ADMINISTRATOR, "boss", people.counsel.organization)
    with pytest.raises(Refused, match="open cases"):
        actions.see_off(people.counsel, None, actor=boss, at=NOW)
    actions.see_off(people.counsel, heir, actor=boss, at=NOW)
    assert Case.objects.get(pk=journey.case.pk).counsel == heir
    assert not User.objects.get(pk=people.counsel.pk).is_active
    with pytest.raises(PermissionDenied):
        actions.see_off(people.prosecutor, None, actor=boss, at=NOW)


def test_somebody_who_walked_in_has_a_line_without_a_case(people):
    walk_ins.welcome(a_service(people), name="Lee", doer=staff(people.provider), at=NOW)
    assert [line.who for line in today(people.provider, NOW).lines] == ["Lee"]


def test_the_page_shows_the_work_and_hands_it_on(tmp_path, people, client, django_assert_max_num_queries):
    for number in range(1, 6):
        Journey(tmp_path, number, people)
    client.force_login(people.prosecutor)
    with django_assert_max_num_queries(8):
        shown = client.get(reverse("today")).content.decode()
    assert "The policy has an answer; a prosecutor looks at it" in shown
    task = Task.objects.filter(done_at=None).first()
    said = client.post(reverse("assign", args=[task.id]), {"to": str(people.prosecutor.pk)}, follow=True)
    assert "Handed on" in said.content.decode()
    said = client.post(reverse("assign", args=[task.id]), {"to": str(uuid.uuid4())}, follow=True)
    assert "no such colleague" in said.content.decode()


@pytest.mark.parametrize("role", [User.Role.ANALYST])
def test_who_owns_no_work_has_no_today(client, role):
    client.force_login(somebody(role))
    assert client.get(reverse("today")).status_code == 403


def test_nobody_is_sent_to_sign_in(client):
    assert client.get(reverse("today")).url.startswith(reverse("login"))


def test_only_an_administrator_of_the_house_sees_people_off(client, people):
    boss = somebody(User.Role.ADMINISTRATOR)
    client.force_login(people.prosecutor)
    assert client.get(reverse("people")).status_code == 403
    client.force_login(boss)
    assert client.get(reverse("people")).status_code == 200
    assert client.post(reverse("see-off", args=[people.counsel.pk])).status_code == 403
    assert client.post(reverse("see-off", args=[uuid.uuid4()])).status_code == 404
    said = client.post(reverse("see-off", args=[people.prosecutor.pk]), follow=True).content.decode()
    assert "has left" in said


def test_without_consent_a_coordinator_is_not_told_what_work_of_treatment_is(tmp_path, people):
    place = a_service(people)
    seen, unseen = Journey(tmp_path, 1, people), Journey(tmp_path, 2, people)
    for journey, recipients in ((seen, ()), (unseen, (Consent.Recipient.OFFICE,))):
        journey.answering().accept(*recipients)
        enrolments.book(journey.enrolment.id, place, journey.at + DAY, doer=journey.person, at=journey.at)
    said = {
        line.task.case_id: line.kind.title
        for line in today(people.coordinator, NOW).lines
        if line.task.kind == "booked"
    }
    assert said == {seen.case.id: "The first appointment is booked", unseen.case.id: "On the way into treatment"}
