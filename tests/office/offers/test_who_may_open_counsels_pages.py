"""Every page and every form of counsel's: counsel, a colleague, another defender, every other role, and nobody."""

import uuid

import pytest
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.closing import second_look
from instead.office.closing.models import SecondLook
from instead.office.consents.models import Consent
from instead.office.enrolments.filing_urls import filing_urls
from instead.office.ledger.models import Entry
from instead.office.offers.counsel_urls import counsel_urls
from support.office import somebody

pytestmark = pytest.mark.django_db
OTHERS = [role for role in User.Role if role != User.Role.DEFENSE_COUNSEL]


@pytest.fixture
def at_stake(journey, people):
    """A case that is open in every way: an answered offer, consents, and a second look."""
    journey.accepted()
    because = SecondLook.Because.NEW_ARREST
    second_look.open_second_look(journey.case.id, because, doer=staff(people.prosecutor), at=journey.at)
    with clock.standing_still(journey.at):
        yield journey


def ids(journey=None):
    """What stands in the addresses: of this case, or of nothing that exists."""
    if journey is None:
        return {name: uuid.uuid4() for name in ("case_id", "offer_id", "consent_id", "look_id")}
    return {
        "case_id": journey.case.id,
        "offer_id": journey.offer.id,
        "consent_id": Consent.objects.first().id,
        "look_id": SecondLook.objects.get().id,
    }


#: Each address by its name: how it is opened by somebody who may, and with which words in it beside the ids.
READ = (
    "counsel-cases",
    "counsel-case",
    "counsel-offer",
    "counsel-letter",
    "counsel-letter-file",
    "counsel-progress",
    "counsel-consents",
)
FORMS = ("counsel-contest", "counsel-yes", "counsel-hours", "counsel-second-look", "counsel-file-proof")
SENT = (
    "counsel-interpreter",
    "counsel-met",
    "counsel-no",
    "counsel-treatment",
    "counsel-sign",
    "counsel-take-back",
    "counsel-look",
    "counsel-paper",
)
WORDS = {"fact_name": "age", "recipient": "counsel"}
PATTERNS = {pattern.name: pattern for pattern in (*counsel_urls, *filing_urls)}
ALL = [*((name, "get") for name in READ + FORMS), *((name, "post") for name in FORMS + SENT)]


def address(name, journey=None):
    wanted = PATTERNS[name].pattern.converters
    known = ids(journey) | WORDS
    return reverse(name, kwargs={word: known[word] for word in wanted})


def test_every_address_is_tried_here():
    assert set(PATTERNS) == {*READ, *FORMS, *SENT}


@pytest.mark.parametrize(("name", "method"), ALL)
@pytest.mark.parametrize("who", ["counsel", "colleague"])
def test_counsel_and_colleagues_may(at_stake, people, colleague, client, name, method, who):
    client.force_login(people.counsel if who == "counsel" else colleague)
    answer = getattr(client, method)(address(name, at_stake))
    assert answer.status_code in (200, 302, 422)
    assert not (answer.status_code == 302 and answer.url.startswith(reverse("login")))


@pytest.mark.parametrize(("name", "method"), [pair for pair in ALL if pair[0] != "counsel-cases"])
def test_another_defender_may_not(at_stake, stranger, client, name, method):
    refused(client, stranger, address(name, at_stake), method)


@pytest.mark.parametrize(("name", "method"), ALL)
def test_every_other_role_may_not(at_stake, client, name, method):
    for role in OTHERS:
        user = User.objects.filter(role=role).first() or somebody(role)
        refused(client, user, address(name, at_stake), method)


def test_no_other_role_of_a_defender_may(at_stake, people, client):
    inside = somebody(User.Role.ADMINISTRATOR, "inside", people.counsel.organization)
    for name in READ:
        refused(client, inside, address(name, at_stake), "get")


def refused(client, user, where, method):
    before = Entry.objects.count()
    client.force_login(user)
    answer = getattr(client, method)(where)
    assert answer.status_code == 403, f"{user} at {where}"
    shown = answer.content.decode()
    assert "not yours to open" in shown and "U1000011" not in shown
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("name", "method"), ALL)
def test_nobody_is_sent_to_sign_in(at_stake, client, name, method):
    before = Entry.objects.count()
    answer = getattr(client, method)(address(name, at_stake))
    assert answer.status_code == 302 and answer.url.startswith(reverse("login"))
    assert Entry.objects.count() == before


def test_somebody_who_left_may_not(at_stake, people, client):
    client.force_login(people.counsel)
    User.objects.filter(pk=people.counsel.pk).update(is_active=False)
    assert client.get(address("counsel-case", at_stake)).status_code in (302, 403)


@pytest.mark.parametrize(("name", "method"), [pair for pair in ALL if pair[0] != "counsel-cases"])
def test_a_forged_id_is_not_found(people, client, name, method):
    client.force_login(people.counsel)
    assert getattr(client, method)(address(name)).status_code == 404


@pytest.mark.parametrize("name", SENT)
def test_nothing_is_done_by_a_link(at_stake, people, client, name):
    client.force_login(people.counsel)
    assert client.get(address(name, at_stake)).status_code == 405


def test_a_consent_of_another_client_cannot_be_taken_back(at_stake, stranger, client):
    client.force_login(stranger)
    assert client.post(address("counsel-take-back", at_stake)).status_code == 403
    assert not Consent.objects.filter(revoked_at__isnull=False).exists()
