"""Who may make a link or a card, who may see what was made, and the staff's page about them."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from instead.office import clock
from instead.office.accounts.doers import staff, the_person
from instead.office.accounts.models import Organization, User
from instead.office.ledger.models import Entry, Payload
from instead.office.my_page.actions import close_everywhere, issue_card, issue_link
from instead.office.my_page.codes import person_of_code
from instead.office.my_page.links import Worth, link_of, worth_of
from instead.office.my_page.models import Card, Link, OpenPage
from instead.office.notices.models import Reminder
from instead.office.notices.senders import CannotSend
from instead.office.people.models import Person
from support.my_page import at_step, my_browser
from support.office import SIDES, home_of, somebody

pytestmark = pytest.mark.django_db

MAY = (User.Role.COORDINATOR, User.Role.PROVIDER_STAFF, User.Role.PEER, User.Role.DEFENSE_COUNSEL)


@pytest.fixture
def journey(tmp_path):
    journey = at_step("booked", tmp_path)
    with clock.standing_still(journey.at):
        yield journey


def ours(role):
    """Somebody with this role where the person is prosecuted, defended, coordinated or cared for."""
    return User.objects.filter(role=role).exclude(username__startswith="stranger").first() or somebody(role)


def stranger(role):
    home, _ = Organization.objects.get_or_create(name=f"another {SIDES[role]}", kind=SIDES[role])
    return somebody(role, f"stranger-{role}", home)


@pytest.mark.parametrize("role", list(User.Role))
@pytest.mark.parametrize("verb", [issue_link, issue_card])
def test_who_may_make_a_way_in_and_see_it(journey, role, verb):
    person = journey.case.person
    if role in MAY:
        assert verb(person, actor=ours(role), at=journey.at)
        assert Entry.objects.filter(subject=person.pk, actor_id=ours(role).pk, kind__startswith="page ").count() == 1
    else:
        with pytest.raises(PermissionDenied):
            verb(person, actor=ours(role), at=journey.at)
    with pytest.raises(PermissionDenied):
        verb(person, actor=stranger(role), at=journey.at)
    assert Link.objects.count() + Card.objects.count() == (role in MAY)


@pytest.mark.parametrize("role", list(User.Role))
def test_who_may_close_every_open_page(journey, role):
    person = journey.case.person
    my_browser(person, journey.at)
    with pytest.raises(PermissionDenied):
        close_everywhere(person, doer=staff(stranger(role)), at=journey.at)
    with pytest.raises(PermissionDenied):
        close_everywhere(person, doer=the_person(Person.objects.create(name="Other")), at=journey.at)
    if role in MAY:
        assert close_everywhere(person, doer=staff(ours(role)), at=journey.at) == 1
    else:
        with pytest.raises(PermissionDenied):
            close_everywhere(person, doer=staff(ours(role)), at=journey.at)
        assert OpenPage.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize(("kind", "sees"), [("prosecution", False), ("health", True), ("provider", True)])
def test_an_administrator_of_the_prosecution_has_it_sent_and_sees_nothing(journey, kind, sees):
    person, home = journey.case.person, home_of(Organization.Kind(kind))
    actor = somebody(User.Role.ADMINISTRATOR, "admin", home)
    assert issue_link(person, actor=actor, at=journey.at, to_be_sent=True)
    for verb in (issue_link, issue_card):
        if sees:
            assert verb(person, actor=actor, at=journey.at)
        else:
            with pytest.raises(PermissionDenied):
                verb(person, actor=actor, at=journey.at)


def test_a_provider_that_cared_for_somebody_once_is_not_asked_any_more(journey, tmp_path):
    other = at_step("to_book", tmp_path, 2, journey.people)
    with pytest.raises(PermissionDenied):
        issue_link(other.case.person, actor=journey.people.provider, at=journey.at)


def page(client, person, **sent):
    address = reverse("ways-in", args=[person.pk])
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("role", list(User.Role))
def test_who_may_open_the_page_about_ways_in(client, journey, role):
    allowed = role in MAY or role == User.Role.ADMINISTRATOR
    for user, may in ((ours(role), allowed), (stranger(role), False)):
        client.force_login(user)
        assert page(client, journey.case.person)[0] == (200 if may else 403)
        assert page(client, journey.case.person, make="link")[0] == (
            200 if may and role != User.Role.ADMINISTRATOR else 403
        )


def test_nobody_is_sent_to_sign_in(journey):
    assert "sign-in" in Client().get(reverse("ways-in", args=[journey.case.person.pk])).url


def test_a_link_is_shown_once_and_works(client, journey):
    client.force_login(journey.people.coordinator)
    shown = page(client, journey.case.person, make="link")[1]
    (secret,) = re.findall(r"http://testserver/my/([\w-]{32})/", shown)
    assert "It is shown once" in shown and worth_of(link_of(secret), journey.at) is Worth.GOOD
    again = page(client, journey.case.person)[1]
    assert secret not in again and "One is out since" in again
    assert "Go to your first" in Client().post("/my/open/", {"link": secret}, follow=True).content.decode()
    assert "and used" in page(client, journey.case.person)[1]


def test_where_the_office_is_reached_over_https_a_link_says_so(client, journey, settings):
    client.force_login(journey.people.coordinator)
    settings.SECURE_SSL_REDIRECT = True
    answer = client.post(reverse("ways-in", args=[journey.case.person.pk]), {"make": "link"}, secure=True)
    assert "https://testserver/my/" in answer.content.decode()


def test_a_card_is_shown_once_and_works(client, journey):
    client.force_login(journey.people.peer)
    shown = page(client, journey.case.person, make="card")[1]
    (code,) = re.findall(r"<code>([2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{4})</code>", shown)
    assert code not in page(client, journey.case.person)[1]
    assert "Go to your first" in Client().post("/my/open/", {"code": code}, follow=True).content.decode()


def reachable(person):
    person.phone, person.email = "215-555-0142", "jane@example.org"
    person.save()
    return person


@pytest.mark.parametrize(("make", "sent_to"), [("text", "+12155550142"), ("email", "jane@example.org")])
def test_a_link_is_sent_to_the_person_and_shown_to_nobody(client, journey, settings, tmp_path, make, sent_to):
    settings.INSTEAD_SENDERS, settings.INSTEAD_OUTBOX = {"text": "file", "email": "file"}, tmp_path
    person = reachable(journey.case.person)
    client.force_login(somebody(User.Role.ADMINISTRATOR))
    shown = page(client, person, make=make)[1]
    written = (tmp_path / f"{make}.jsonl").read_text()
    (secret,) = re.findall(r"http://testserver/my/([\w-]{32})/", written)
    assert sent_to in written and secret not in shown and "Sent." in shown
    assert worth_of(link_of(secret), journey.at) is Worth.GOOD
    assert secret not in " ".join(Payload.objects.values_list("content", flat=True))


def test_an_administrator_of_the_prosecution_sees_no_button_that_shows(client, journey):
    client.force_login(somebody(User.Role.ADMINISTRATOR))
    shown = page(client, reachable(journey.case.person))[1]
    assert "You cannot see it" in shown and 'value="link"' not in shown and 'value="card"' not in shown
    assert "open in" not in shown


def test_without_a_number_nothing_is_made(client, journey):
    client.force_login(journey.people.coordinator)
    for make in ("text", "email", "nonsense"):
        assert "Not done" in page(client, journey.case.person, make=make)[1]
    assert not Link.objects.exists()


def test_what_a_gateway_says_is_not_shown_for_it_may_hold_the_link(client, journey, monkeypatch):
    class Gateway:
        def send(self, message):
            raise ValueError(f"cannot send {message.body}")

    monkeypatch.setattr("instead.office.my_page.sending.sender_for", lambda _channel: Gateway())
    client.force_login(journey.people.coordinator)
    shown = page(client, reachable(journey.case.person), make="text")[1]
    assert "Not sent" in shown and "/my/" not in shown.split("<main")[1]


def test_a_gateway_that_refuses_is_told(client, journey, monkeypatch):
    class Gateway:
        def send(self, _message):
            raise CannotSend(Reminder.Reason.NOT_SET_UP)

    monkeypatch.setattr("instead.office.my_page.sending.sender_for", lambda _channel: Gateway())
    client.force_login(journey.people.coordinator)
    assert "not set up" in page(client, reachable(journey.case.person), make="text")[1]


def test_a_lost_phone_is_closed_by_staff(client, journey):
    my_browser(journey.case.person, journey.at)
    client.force_login(journey.people.counsel)
    assert "open in 1 browser." in page(client, journey.case.person)[1]
    assert "are closed" in page(client, journey.case.person, make="close")[1]
    assert "open in 0 browsers." in page(client, journey.case.person)[1]


@pytest.fixture
def printable(journey):
    """The person's coordinator has a number; nothing else is missing for a card."""
    health = journey.people.coordinator.organization
    health.phone = "215-555-0190"
    health.save()
    return journey


@pytest.mark.parametrize(("language", "said"), [("en", "Sick now?"), ("es", "día y noche")])
def test_a_card_comes_as_a_sheet_with_a_code_that_works(client, printable, settings, language, said):
    settings.INSTEAD_REMINDER_PHONE = "215-555-0199"
    Person.objects.update(language=language)
    client.force_login(printable.people.coordinator)
    answer = client.post(reverse("ways-in", args=[printable.case.person.pk]), {"make": "sheet"})
    assert answer["Content-Type"] == "application/pdf"
    text = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages))
    for word in ("Larkmere Night Intake", "215-555-0190", "215-555-0199", "testserver/my/", said):
        assert word in text, word
    code = re.search(r"[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{4}", text)[0]
    assert person_of_code(code, printable.at) == printable.case.person and "Doe" not in text


def test_where_a_card_cannot_be_written_none_is_made(client, journey):
    before = issue_card(journey.case.person, actor=journey.people.counsel, at=journey.at)
    client.force_login(journey.people.coordinator)
    assert "INSTEAD_PHONE" in page(client, journey.case.person, make="sheet")[1]
    assert person_of_code(before, journey.at) == journey.case.person
