"""The office's own numbers and the health side's: who may see them, what can be chosen, files, and how many queries."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases.models import Case, Confirmation
from instead.office.numbers import kept
from instead.office.numbers.showing import HEAD
from support.journey import Journey, a_service
from support.many_cases import analyst, many_cases
from support.office import NOW, SIDES, somebody
from support.pages import stranger, words

pytestmark = pytest.mark.django_db

OFFICE = (User.Role.PROSECUTOR, User.Role.ANALYST, User.Role.ADMINISTRATOR)
PAGES = ("numbers", "numbers-file", "public-version")


@pytest.fixture
def people():
    return many_cases(60, 3, NOW)


@pytest.fixture
def reader(people, client):
    client.force_login(analyst(people))
    with clock.standing_still(NOW):
        yield client


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def first_number(page):
    return int(words(page.content.decode()).split("Arrests received ")[1].split()[0])


@pytest.mark.parametrize("role", list(SIDES))
def test_the_office_s_own_people_see_its_numbers_and_nobody_else(role, client):
    client.force_login(somebody(role))
    for name in PAGES:
        assert client.get(reverse(name)).status_code == (200 if role in OFFICE else 403), name
    allowed = role == User.Role.COORDINATOR
    assert client.get(reverse("health-numbers")).status_code == (200 if allowed else 403)


def test_nobody_is_sent_to_sign_in_but_the_public_page_is_open(client):
    for name in (*PAGES, "health-numbers"):
        answer = client.get(reverse(name))
        assert (answer.status_code == 302 and "sign-in" in answer["Location"]) or "login" in answer["Location"]
    assert client.get(reverse("public")).status_code == 200
    assert client.post(reverse("public")).status_code == 405
    assert client.get(reverse("public-file")).status_code == 404


def test_a_role_alone_is_not_enough(people, client):
    """An analyst of a clinic and a coordinator of a prosecutor's office are not of the side whose numbers these are."""
    clinic, office = people.provider.organization, people.prosecutor.organization
    client.force_login(User.objects.create_user("odd", role=User.Role.ANALYST, organization=clinic))
    assert client.get(reverse("numbers")).status_code == 403
    client.force_login(User.objects.create_user("odder", role=User.Role.COORDINATOR, organization=office))
    assert client.get(reverse("health-numbers")).status_code == 403


@pytest.mark.usefixtures("people")
def test_a_stranger_of_the_same_role_sees_another_office_s_numbers(client):
    elsewhere = stranger(User.Role.PROSECUTOR).organization
    for role in OFFICE:
        client.force_login(somebody(role, f"strange {role}", elsewhere))
        assert first_number(client.get(reverse("numbers"))) == 0
    client.force_login(stranger(User.Role.COORDINATOR))
    assert "Assessed 0" in words(client.get(reverse("health-numbers")).content.decode())


def test_arrests_of_some_days_and_of_one_version(people, reader):
    office = people.prosecutor.organization
    assert first_number(reader.get(reverse("numbers"))) == 60
    day = NOW.date() - dt.timedelta(days=10)
    since = reader.get(reverse("numbers"), {"first": day.isoformat()})
    until = reader.get(reverse("numbers"), {"last": (day - dt.timedelta(days=1)).isoformat()})
    assert 0 < first_number(since) < 60 and first_number(since) + first_number(until) == 60
    assert first_number(reader.get(reverse("numbers"), {"version": "1"})) == 60
    Case.objects.filter(office=office, outcome="decline").first().decisions.update(policy_version="2")
    assert first_number(reader.get(reverse("numbers"), {"version": "2"})) == 1
    rows = rows_of(reader.get(reverse("numbers-file"), {"version": "2", "table": "overview"}))
    assert (rows[0]["line"], rows[0]["value"]) == ("Arrests received", "1")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "yesterday"}, "is no date; expected year-month-day"),
        ({"first": "2019-05-05", "last": "2019-05-01"}, "is before the first"),
        ({"version": "<script>"}, "No arrest was screened by version"),
        ({"last": "9999-12-31"}, "too far away"),
        ({"first": "0001-01-01"}, "too far away"),
    ],
)
def test_what_cannot_be_counted_is_said_and_everything_is_counted(reader, asked, said):
    page = reader.get(reverse("numbers"), asked)
    assert said.lower() in words(page.content.decode()).lower() and first_number(page) == 60
    assert b"<script>" not in page.content.replace(b"<script src=", b"")
    assert reader.get(reverse("numbers-file"), asked).status_code == 404


def test_a_file_has_every_number_with_the_number_it_is_of(reader):
    answer = reader.get(reverse("numbers-file"))
    rows = rows_of(answer)
    assert tuple(rows[0]) == HEAD and "attachment" in answer["Content-Disposition"]
    offered = next(row for row in rows if row["line"] == "An offer went out")
    assert offered["of"] == "60" and offered["of whom"] == "arrests"
    assert float(offered["from percent"]) < float(offered["percent"]) < float(offered["to percent"])
    assert all(row["of"] for row in rows if row["percent"])
    only = rows_of(reader.get(reverse("numbers-file"), {"table": "ends"}))
    assert {row["table"] for row in only} == {"How cases ended"}
    assert reader.get(reverse("numbers-file"), {"table": "nothing"}).status_code == 404


@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", " =1", "\n=1", "＝1"])
def test_no_reason_becomes_a_formula(reader, people, start):
    case = Case.objects.filter(decisions__confirmations__outcome="divert").first()
    Confirmation.objects.filter(decision__case=case).update(outcome="decline", reason=start)
    rows = rows_of(reader.get(reverse("numbers-file"), {"table": "override-reasons"}))
    assert [row["line"] for row in rows if row["line"] in (start, f"'{start}")] == [f"'{start}"] * 3
    assert "1+1" in reader.get(reverse("numbers")).content.decode()
    assert people.prosecutor.organization == case.office


def test_reasons_are_for_the_office_and_shown_as_they_were_written(reader, client):
    Confirmation.objects.filter(outcome="decline").update(reason="<b>Jane</b> & co")
    page = reader.get(reverse("numbers")).content.decode()
    assert "&lt;b&gt;Jane&lt;/b&gt; &amp; co" in page and "<b>Jane" not in page
    client.logout()
    assert "Jane" not in client.get(reverse("public")).content.decode()


def test_race_has_its_note_beside_the_table(reader):
    page = words(reader.get(reverse("numbers")).content.decode())
    assert "Race is as police recorded it at the arrest; they may have assumed it." in page


def test_the_number_of_queries_does_not_grow_with_the_cases(people, client, django_assert_max_num_queries):
    client.force_login(analyst(people))
    for more in (0, 200):
        many_cases(more, 9, NOW, people)
        kept._kept.clear()
        with clock.standing_still(NOW), django_assert_max_num_queries(30):
            assert first_number(client.get(reverse("numbers"))) == 60 + more
    with clock.standing_still(NOW), django_assert_max_num_queries(8):
        client.get(reverse("numbers"))
    client.force_login(people.coordinator)
    with django_assert_max_num_queries(22):
        client.get(reverse("health-numbers"))
    client.logout()
    with django_assert_max_num_queries(4):
        client.get(reverse("public"))


def test_numbers_are_counted_again_when_something_happened(tmp_path, client):
    journey = Journey(tmp_path)
    client.force_login(somebody(User.Role.ANALYST))

    def page():
        with clock.standing_still(journey.at):
            return words(client.get(reverse("numbers")).content.decode())

    assert "An offer went out 0" in page()
    journey.offered()
    assert "An offer went out 1" in page()


def test_the_office_s_page_knows_of_treatment_only_what_was_told(tmp_path, client):
    """Somebody is in treatment, and nobody has told the office: it is in no number of the office's."""
    journey = Journey(tmp_path)
    journey.accepted().book(a_service(journey.people)).later(2).assess().later().engage()
    client.force_login(somebody(User.Role.ANALYST))

    def told():
        with clock.standing_still(journey.at):
            rows = rows_of(client.get(reverse("numbers-file"), {"table": "success"}))
        return next(row for row in rows if "begun (one attended contact), as far" in row["line"])

    assert (told()["value"], told()["of"]) == ("0", "0")
    journey.file()
    assert (told()["value"], told()["of"]) == ("1", "1")
    from instead.office.consents import actions as consents
    from instead.office.consents.models import Consent

    office = Consent.objects.get(case=journey.case, recipient="office")
    consents.take_back(office.id, doer=journey.person, at=journey.at)
    assert (told()["value"], told()["of"]) == ("0", "0")
    with clock.standing_still(journey.at):
        page = words(client.get(reverse("numbers")).content.decode())
    assert "Not known: the person’s consent ended 1 100.0 % of 1" in page and "Offer ended 0" in page


def test_permissions_are_sentences_about_people():
    from instead.office.numbers.permissions import may_publish, may_see_numbers

    nobody = RequestFactory().get("/")
    nobody.user = AnonymousUser()
    assert not may_see_numbers.test(nobody.user) and not may_publish.test(nobody.user)
