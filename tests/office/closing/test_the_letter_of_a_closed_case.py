"""The letter of a closed case: for office, counsel and person; only once the court's record says so; never why."""

import io

import pytest
from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader

from instead.office import clock
from instead.office.accounts.models import Organization, User
from instead.office.my_page import sessions
from instead.office.treatment.models import Service
from support.journey import Journey, a_service
from support.office import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def telephone(settings):
    settings.INSTEAD_PHONE = "215-555-0119"


@pytest.fixture
def closed(tmp_path):
    journey = Journey(tmp_path, 1).withdrawn()
    with clock.standing_still(journey.at):
        yield journey


def text_of(answer):
    assert answer["Content-Type"] == "application/pdf", answer.content[:200]
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


@pytest.mark.parametrize("who", ["prosecutor", "counsel"])
def test_office_and_counsel_have_it(client, closed, who):
    client.force_login(getattr(closed.people, who))
    words = text_of(client.get(reverse("closed-letter", args=[closed.case.pk])))
    assert "MC-51-CR-0000001-2019" in words and "treatment" not in words.lower()


def test_the_person_has_it_on_the_page(client, closed):
    client.cookies = sessions.open_for(HttpResponse(), closed.case.person, at=closed.at).cookies
    assert reverse("my-closed", args=[closed.case.pk]) in client.get(reverse("my-page")).content.decode()
    assert "MC-51-CR-0000001-2019" in text_of(client.get(reverse("my-closed", args=[closed.case.pk])))


def test_somebody_else_s_letter_is_not_there(client, closed, tmp_path):
    other = Journey(tmp_path, 2, closed.people).offered()
    client.cookies = sessions.open_for(HttpResponse(), other.case.person, at=closed.at).cookies
    answer = client.get(reverse("my-closed", args=[closed.case.pk]))
    assert answer["Content-Type"] != "application/pdf"


def test_there_is_none_before_the_court_s_record_says_so(client, tmp_path):
    journey = Journey(tmp_path, 1).engaged().file().verify()
    journey.docket()
    journey.ask_court()
    client.force_login(journey.people.prosecutor)
    with clock.standing_still(journey.at):
        said = client.get(reverse("closed-letter", args=[journey.case.pk]), follow=True).content.decode()
    assert "does not say yet" in said


@pytest.mark.parametrize("role", [User.Role.COORDINATOR, User.Role.PROVIDER_STAFF, User.Role.ANALYST])
def test_another_role_is_refused(client, closed, role):
    client.force_login(User.objects.filter(role=role).first() or somebody(role))
    assert client.get(reverse("closed-letter", args=[closed.case.pk])).status_code == 403


def test_counsel_of_another_defender_is_refused(client, closed):
    elsewhere = Organization.objects.create(name="elsewhere", kind=Organization.Kind.DEFENSE)
    client.force_login(somebody(User.Role.DEFENSE_COUNSEL, "stranger", elsewhere))
    assert client.get(reverse("closed-letter", args=[closed.case.pk])).status_code == 403


def test_a_card_comes_as_a_sheet_to_print(client, tmp_path):
    journey = Journey(tmp_path, 1).accepted()
    client.force_login(journey.people.counsel)
    address = reverse("ways-in", args=[journey.case.person_id])
    with clock.standing_still(journey.at):
        assert "no place is known" in client.post(address, {"make": "sheet"}, follow=True).content.decode()
        journey.book(_open_day_and_night(journey))
        words = text_of(client.post(address, {"make": "sheet"}))
    assert "988" in words and "Larkmere" in words and "215-555-0119" in words


def _open_day_and_night(journey):
    service = a_service(journey.people)
    hours = [[day, 0, 1440] for day in range(7)]
    Service.objects.filter(pk=service.pk).update(walk_in=True, hours=hours)
    return service
