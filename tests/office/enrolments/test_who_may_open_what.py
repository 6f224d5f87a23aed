"""Every page and every button of the health side: the right role, a wrong role, a stranger of the same role, nobody."""

import uuid

import pytest
from django.urls import reverse

from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.court import actions as court
from instead.office.enrolments import documents, own_word
from instead.office.ledger.models import Entry
from instead.office.treatment import actions as places
from support.journey import DAY
from support.office import somebody

pytestmark = pytest.mark.usefixtures("now")
STAFF, PEER, COORDINATOR, ADMIN = "provider", "peer", "coordinator", "administrator"
CLINIC, HEALTH = {STAFF, PEER}, {STAFF, PEER, COORDINATOR}


@pytest.fixture
def things(journey, place):
    """One of everything that an address can name, as it stands in one case."""
    journey.accepted().book(place)
    day = court.list_hearing(
        journey.docket().id, journey.at + 3 * DAY, doer=staff(journey.people.prosecutor), at=journey.at
    )
    paper = documents.upload(journey.case.id, b"%PDF-1.4", doer=journey.person, at=journey.at)
    referral = journey.refer(place)
    said = own_word.was_there(journey.enrolment.id, journey.today, doer=journey.person, at=journey.at)
    hold = places.hold_place(
        journey.people.coordinator, place, for_enrolment=uuid.uuid4(), expires_at=journey.at + DAY, at=journey.at
    )
    consent = journey.case.consents.first()
    return {
        "enrolment": journey.enrolment.pk,
        "appointment": journey.enrolment.appointments.get().pk,
        "case": journey.case.pk,
        "listing": day.pk,
        "paper": paper.pk,
        "referral": referral.pk,
        "contact": said.pk,
        "service": place.pk,
        "hold": hold.pk,
        "consent": consent.pk,
        "provider": place.provider_id,
    }


#: Address, what it names, further parts of it, and who may open it (GET) or press it (POST).
PAGES = [
    ("referrals", "", (), {STAFF}),
    ("referrals-file", "", (), {STAFF}),
    ("referral", "referral", (), {STAFF, COORDINATOR}),
    ("attendance", "", (), {STAFF}),
    ("attendance-file", "", (), {STAFF}),
    ("walk-in", "", (), CLINIC),
    ("card", "", (), CLINIC),
    ("outreach", "", (), CLINIC),
    ("enrolment", "enrolment", (), HEALTH),
    ("desk-consent", "enrolment", (), HEALTH),
    ("coordination", "", (), {COORDINATOR}),
    ("health-case", "case", (), {COORDINATOR}),
    ("health-places", "case", (), {COORDINATOR}),
    ("places", "", (), {STAFF}),
    ("describe", "service", (), {STAFF}),
    ("directory", "", (), HEALTH | {ADMIN}),
    ("directory-import", "", (), {COORDINATOR, ADMIN}),
]
BUTTONS = [
    ("referral-do", "referral", ("undo",), {STAFF}),
    ("attendance-upload", "", (), {STAFF}),
    ("came", "enrolment", (), {STAFF}),
    ("unmark", "enrolment", (), {STAFF}),
    ("did-not-come", "appointment", (), {STAFF}),
    ("own-word", "contact", ("seen",), {STAFF}),
    ("walk-in", "", (), CLINIC),
    ("card", "", (), CLINIC),
    ("enrolment-do", "enrolment", ("tried",), HEALTH),
    ("join", "enrolment", (), CLINIC),
    ("desk-consent", "enrolment", (), HEALTH),
    ("take-back-at-desk", "enrolment", ("consent",), HEALTH),
    ("health-case-do", "case", ("refer",), {COORDINATOR}),
    ("listing-do", "listing", ("plan",), {COORDINATOR}),
    ("referral-end", "referral", ("take-back",), {COORDINATOR}),
    ("open-paper", "paper", (), {COORDINATOR}),
    ("reduce-paper", "paper", (), {COORDINATOR}),
    ("destroy-paper", "paper", (), {COORDINATOR}),
    ("capacity", "service", ("number",), {STAFF}),
    ("describe", "service", (), {STAFF}),
    ("release", "hold", (), {STAFF}),
    ("directory-import", "", (), {COORDINATOR, ADMIN}),
    ("entrust", "provider", (), {ADMIN}),
]
#: Pages and buttons about nothing in particular: a stranger of the right role has their own, which is another.
ONES_OWN = {name for name, about, _, _ in PAGES + BUTTONS if not about}


def address(name, about, parts, things):
    more = [things.get(part, part) for part in parts]
    return reverse(name, args=[*([things[about]] if about else []), *more])


def everybody(journey, strangers):
    others = {role.value: somebody(role) for role in (User.Role.ANALYST, User.Role.ADMINISTRATOR)}
    named = ("prosecutor", "coordinator", "provider", "peer", "counsel")
    return others | {name: getattr(journey.people, name) for name in named}, vars(strangers)


def entries():
    return Entry.objects.exclude(kind="document opened").count()


@pytest.mark.parametrize(("name", "about", "parts", "allowed"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_opens_for_its_roles_alone(client, journey, strangers, things, name, about, parts, allowed):
    page = address(name, about, parts, things)
    own, elsewhere = everybody(journey, strangers)
    for who, user in own.items():
        client.force_login(user)
        status = client.get(page).status_code
        assert status in ((200, 302) if who in allowed else (403,)), (name, who, status)
    for who, user in elsewhere.items():
        client.force_login(user)
        status = client.get(page).status_code
        assert status in ((200,) if who in allowed and name in ONES_OWN else (403,)), (name, "elsewhere", who, status)
    client.logout()
    assert client.get(page).url.startswith(reverse("login"))


@pytest.mark.parametrize(("name", "about", "parts", "allowed"), BUTTONS, ids=[one[0] for one in BUTTONS])
def test_a_button_is_pressed_by_its_roles_alone(client, journey, strangers, things, name, about, parts, allowed):
    button = address(name, about, parts, things)
    own, elsewhere = everybody(journey, strangers)
    before = entries()
    for who, user in (*own.items(), *elsewhere.items()):
        mine = who in allowed and (name in ONES_OWN or user in own.values())
        if not mine:
            client.force_login(user)
            assert client.post(button).status_code == 403, (name, who)
    client.logout()
    assert client.post(button).url.startswith(reverse("login"))
    assert entries() == before
    for who in sorted(allowed):
        client.force_login(own[who])
        assert client.post(button).status_code in (200, 302, 422), (name, who)


@pytest.mark.parametrize(("name", "about", "parts", "allowed"), BUTTONS, ids=[one[0] for one in BUTTONS])
def test_a_button_is_no_link_and_a_forged_id_is_not_found(client, journey, things, name, about, parts, allowed):
    client.force_login(
        {ADMIN: somebody(User.Role.ADMINISTRATOR)}.get(next(iter(allowed)))
        or getattr(journey.people, sorted(allowed)[-1])
    )
    forged = {key: uuid.uuid4() for key in things}
    if about:
        assert client.post(address(name, about, parts, forged)).status_code == 404
    if name not in {page for page, _, _, _ in PAGES}:
        assert client.get(address(name, about, parts, things)).status_code == 405


def test_a_verb_that_is_none_is_not_found(client, journey, things):
    client.force_login(journey.people.provider)
    for name, about in (("referral-do", "referral"), ("enrolment-do", "enrolment"), ("own-word", "contact")):
        assert client.post(reverse(name, args=[things[about], "fly"])).status_code == 404
    assert client.post(reverse("capacity", args=[things["service"], "fly"])).status_code == 404
    client.force_login(journey.people.coordinator)
    for name, about in (("health-case-do", "case"), ("listing-do", "listing"), ("referral-end", "referral")):
        assert client.post(reverse(name, args=[things[about], "fly"])).status_code == 404


def test_a_role_in_an_organization_of_the_wrong_side_opens_nothing(client, journey):
    for role in (User.Role.COORDINATOR, User.Role.PROVIDER_STAFF, User.Role.PEER):
        client.force_login(somebody(role, f"misplaced-{role}", journey.people.prosecutor.organization))
        for name, about, _, _ in PAGES:
            if not about:
                assert client.get(reverse(name)).status_code == 403, (role, name)
