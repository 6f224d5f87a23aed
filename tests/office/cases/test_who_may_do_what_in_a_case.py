"""Every page and every form about a case: for the right role, and closed to every other, to strangers and to nobody."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.cases import contests
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.closing import second_look
from instead.office.closing.models import Proof, SecondLook
from instead.office.court import actions as court
from instead.office.court.models import Warrant
from instead.office.ledger.models import Entry
from support.journey import DAY, Journey
from support.office import somebody
from support.pages import signed_in, stranger

pytestmark = pytest.mark.django_db
PROSECUTOR = (User.Role.PROSECUTOR,)
COURT = (User.Role.PROSECUTOR, User.Role.COORDINATOR, User.Role.DEFENSE_COUNSEL)
#: Each address with what it is about and who may use it.
PAGES = {
    "case": ("case", PROSECUTOR),
    "send-offer": ("case", PROSECUTOR),
    "offer-letter": ("offer", PROSECUTOR),
    "case-court": ("case", COURT),
}
FORMS = {
    "answer": ("case", PROSECUTOR),
    "answer-contest": ("contest", PROSECUTOR),
    "take-up-again": ("case", PROSECUTOR),
    "leave-as-it-is": ("case", PROSECUTOR),
    "send-offer": ("case", PROSECUTOR),
    "offer-again": ("case", PROSECUTOR),
    "verify-proof": ("proof", PROSECUTOR),
    "one-more": ("proof", PROSECUTOR),
    "doubt-proof": ("case", PROSECUTOR),
    "start-service": ("case", PROSECUTOR),
    "more-service": ("case", PROSECUTOR),
    "open-second-look": ("case", PROSECUTOR),
    "office-reasons": ("look", PROSECUTOR),
    "keep-offer": ("look", PROSECUTOR),
    "end-offer": ("look", PROSECUTOR),
    "move-case": ("case", PROSECUTOR),
    "record-death": ("case", PROSECUTOR),
    "reopen-case": ("case", PROSECUTOR),
    "ask-court": ("case", PROSECUTOR),
    "finish-withdrawal": ("case", PROSECUTOR),
    "ask-docket": ("docket", PROSECUTOR),
    "on-record": ("docket", PROSECUTOR),
    "add-docket": ("case", PROSECUTOR),
    "docket-clock": ("docket", PROSECUTOR),
    "clear-warrant": ("warrant", PROSECUTOR),
    "add-listing": ("docket", COURT),
    "settle-listing": ("listing", COURT),
    "add-warrant": ("case", COURT),
    "begin-custody": ("case", COURT),
    "end-custody": ("custody", COURT),
    "way-to-court": ("listing", (User.Role.COORDINATOR,)),
}


@pytest.fixture
def journey(tmp_path):
    return Journey(tmp_path).engaged().file()


@pytest.fixture
def things(journey):
    """One of everything that an address can name, all of one case."""
    doer, case, at = staff(journey.people.coordinator), journey.case, journey.at
    docket = journey.docket()
    warrant = court.learn_of_warrant(case.id, Warrant.Kind.BENCH, journey.today, source="police", doer=doer, at=at)
    custody = court.begin_custody(case.id, journey.today, source="police", doer=doer, at=at)
    made = contests.contest(
        case.id, "heroin_found", False, "Flour.", policy_in_force(), actor=journey.people.counsel, at=at
    )
    look = second_look.open_second_look(case.id, SecondLook.Because.NEW_ARREST, doer=doer, at=at)
    found = {
        "case": case,
        "offer": journey.offer,
        "proof": Proof.objects.get(),
        "contest": made,
        "look": look,
        "docket": docket,
        "listing": court.list_hearing(docket.id, at + DAY, doer=doer, at=at),
        "warrant": warrant,
        "custody": custody,
    }
    return {name: thing.pk for name, thing in found.items()}


def everybody(journey, roles):
    """One of each role but these in the journey's own organizations, and one stranger of each of these roles."""
    people = journey.people
    own = {user.role: user for user in (people.prosecutor, people.coordinator, people.provider, people.peer)}
    own[User.Role.DEFENSE_COUNSEL] = people.counsel
    for role in (User.Role.ANALYST, User.Role.ADMINISTRATOR):
        own[role] = User.objects.filter(role=role).first() or somebody(role)
    return [user for role, user in own.items() if role not in roles] + [_stranger(role) for role in roles]


def _stranger(role):
    return User.objects.filter(username=f"strange-{role}").first() or stranger(role)


def address(name, things):
    """The address of a page or a form about one of the things."""
    about, _ = PAGES.get(name) or FORMS[name]
    return reverse(name, args=[things[about]])


def theirs(name, journey):
    """Somebody who may use a form."""
    _, roles = FORMS[name]
    return journey.people.prosecutor if User.Role.PROSECUTOR in roles else journey.people.coordinator


def answers(user, journey, method, *addresses):
    """The status of each address for somebody."""
    with signed_in(user, journey) as client:
        return [getattr(client, method)(one).status_code for one in addresses]


def test_nobody_is_sent_to_sign_in(things):
    for name in {*PAGES, *FORMS}:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address(name, things))
            assert answer.status_code == 302 and answer.url.startswith(reverse("login")), name


def test_a_page_is_closed_to_everybody_else(things, journey, settings):
    settings.INSTEAD_PHONE = "215 555 0100"
    strangers = {roles: everybody(journey, roles) for _, roles in PAGES.values()}
    for name, (_, roles) in PAGES.items():
        for user in strangers[roles]:
            assert answers(user, journey, "get", address(name, things)) == [403], (name, user.role)
        assert answers(journey.people.prosecutor, journey, "get", address(name, things))[0] in (200, 302), name


def test_a_form_does_nothing_for_anybody_else(things, journey):
    strangers = {roles: everybody(journey, roles) for _, roles in FORMS.values()}
    before = Entry.objects.count()
    for name, (_, roles) in FORMS.items():
        for user in strangers[roles]:
            assert answers(user, journey, "post", address(name, things)) == [403], (name, user.role)
    assert Entry.objects.count() == before


def test_a_form_that_is_sent_empty_says_what_is_missing_or_why_not(things, journey):
    does_its_work = {"clear-warrant", "docket-clock"}
    for name in FORMS.keys() - does_its_work:
        with signed_in(theirs(name, journey), journey) as client:
            shown = client.post(address(name, things), follow=True).content.decode()
        assert "Not done: " in shown, name


def test_a_forged_id_is_not_found_and_a_link_changes_nothing(things, journey):
    for name in FORMS:
        user, forged = theirs(name, journey), reverse(name, args=[uuid.uuid4()])
        assert answers(user, journey, "post", forged) == [404], name
        if name not in PAGES:
            assert answers(user, journey, "get", address(name, things)) == [405], name
    for name in PAGES:
        assert answers(journey.people.prosecutor, journey, "get", reverse(name, args=[uuid.uuid4()])) == [404], name


def test_a_form_without_its_token_is_refused(things, journey):
    client = Client(enforce_csrf_checks=True)
    client.force_login(journey.people.prosecutor)
    assert {client.post(address(name, things)).status_code for name in FORMS} == {403}
