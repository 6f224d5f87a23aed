"""The page about reminders that did not arrive, the command, and the rooms that know nothing of them."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

from instead import office
from instead.cli.main import cli
from instead.office import clock
from instead.office.accounts.models import Organization, User
from instead.office.consents.actions import take_back
from instead.office.consents.models import Consent
from instead.office.notices.models import Reminder
from instead.office.notices.senders import CannotSend
from instead.office.notices.sending import send_due
from support.journey import DAY
from support.office import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(gateway, journey):
    """A reminder that did not go out, the day after it should have."""
    gateway.instead = CannotSend(Reminder.Reason.REFUSED)
    journey.at += 2 * DAY
    send_due(journey.at)
    with clock.standing_still(journey.at):
        yield Reminder.objects.get(state="failed")


def shown(client, user):
    client.force_login(user)
    answer = client.get(reverse("reminders"))
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def test_the_coordinator_sees_whom_to_call_and_says_that_it_is_done(client, failed, journey):
    status, page = shown(client, journey.people.coordinator)
    assert status == 200 and "Doe, Jane Q" in page and "(215) 555-0142" in page
    assert "the other side refused it" in page and "May 11" in page and "of 1 in all" in page
    address = reverse("reminder-seen-to", args=[failed.pk])
    assert "Seen to. It was not sent again." in client.post(address, follow=True).content.decode()
    assert "Nothing waits." in shown(client, journey.people.coordinator)[1]
    assert "Not done: somebody has seen to this one already" in client.post(address, follow=True).content.decode()


def test_without_consent_the_coordinator_sees_no_date_of_an_appointment(client, failed, journey):
    consent = Consent.objects.get(recipient="coordinator")
    take_back(consent.id, doer=journey.person, at=journey.at)
    page = shown(client, journey.people.coordinator)[1]
    assert "Date not shown: no consent" in page and "May 11" not in page
    assert failed


def test_the_administrator_sees_what_broke_and_nobodys_name_number_or_date(client, failed):
    page = shown(client, somebody(User.Role.ADMINISTRATOR))[1]
    assert "Text message: the other side refused it" in page
    assert not any(told in page for told in ("Doe", "555", "May 11", "The person knows"))
    assert client.post(reverse("reminder-seen-to", args=[failed.pk])).status_code == 403


@pytest.mark.parametrize("role", [r for r in User.Role if r not in (User.Role.COORDINATOR, User.Role.ADMINISTRATOR)])
def test_the_page_is_not_for_other_roles(client, failed, role):
    elsewhere = Organization.objects.create(name="Elsewhere", kind="health")
    client.force_login(somebody(role, "other", elsewhere))
    assert client.get(reverse("reminders")).status_code == 403
    assert client.post(reverse("reminder-seen-to", args=[failed.pk])).status_code == 403


def test_a_coordinator_of_another_body_sees_nothing_of_it(client, failed):
    elsewhere = Organization.objects.create(name="Elsewhere", kind="health")
    status, page = shown(client, somebody(User.Role.COORDINATOR, "stranger", elsewhere))
    assert status == 200 and "Nothing waits." in page and "Doe" not in page
    assert client.post(reverse("reminder-seen-to", args=[failed.pk])).status_code == 403


def test_nobody_is_sent_to_sign_in(client):
    assert client.get(reverse("reminders")).status_code == 302


@pytest.mark.usefixtures("gateway")
def test_the_command_says_what_it_did(journey):
    with clock.standing_still(journey.at + 2 * DAY):
        done = CliRunner().invoke(cli, ["office", "remind"], catch_exceptions=False)
    assert done.exit_code == 0
    assert "2 new reminders planned; 1 sent, 0 not sent, 0 of which nobody knows" in done.output


def test_a_missed_reminder_can_mean_nothing_because_no_other_room_reads_what_became_of_it():
    here = Path(office.__file__).parent
    rooms = [path for path in here.rglob("*.py") if path.relative_to(here).parts[0] not in ("notices", "my_page")]
    tables = re.compile(r"notices\.models import .*Reminder|notices import models|\.reminders\b")
    assert [path.relative_to(here).as_posix() for path in rooms if tables.search(path.read_text())] == []
