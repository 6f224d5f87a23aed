"""Every page, file, error and log line, as every role: nothing beyond the role's ceiling is found in it.

Words that stand nowhere else are put where each kind of thing is kept. Then every link is followed from the first page
of every role, forged addresses are asked for, and every answer is searched.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import uuid
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from pypdf import PdfReader

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.accounts.models import Organization, User
from instead.office.consents.models import Consent
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments.models import Contact
from instead.office.my_page import sessions
from instead.office.treatment.models import Service
from support.journey import Journey, People, a_service
from support.office import SIDES, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAME, STORY, CHARGE = "Quillfeather, Zed", "XSTORYX", "35 § 780-113 §§ A16"
PLACE, CARE, LEVEL, NOTE = "XPLACEX Clinic", "XCAREX", "3.7", "XNOTEX"
#: What may be found in an answer to each role. The charge's number is no secret of treatment, but none of a clinic's.
BEYOND = {
    User.Role.PROSECUTOR: (PLACE, CARE, NOTE, "XHOURX"),
    User.Role.ANALYST: (PLACE, CARE, NOTE, STORY, NAME, "XHOURX"),
    User.Role.ADMINISTRATOR: (NOTE, STORY, "XHOURX"),
    User.Role.COORDINATOR: (CARE, NOTE, STORY, "A16"),
    User.Role.PROVIDER_STAFF: (STORY, "A16", "780-113"),
    User.Role.PEER: (STORY, "A16", "780-113"),
    User.Role.DEFENSE_COUNSEL: (PLACE, CARE, NOTE, "XHOURX"),
}
#: Lists of all clinics, and the policy for the public, say nothing of a person: no person's name may stand there, and
#: neither a clinic's name nor the law is a secret.
OF_NOBODY = ("/directory/", "/places/", "/public/")
_MOST = 150


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        if tag == "a" and (of.get("href") or "").startswith(("/", "?")):
            self.found.append(of["href"])


def words_in(answer):
    """Everything readable in an answer, headers included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    if body.startswith(b"%PDF-"):
        pages = PdfReader(io.BytesIO(body)).pages
        return headers + "\n".join(page.extract_text() for page in pages), []
    text = body.decode("utf-8", errors="replace")
    links = Links()
    links.feed(text)
    return headers + text, links.found


def crawl(client, start):
    """Every page that links lead to, each address once, ids that differ only in number included."""
    waiting, seen = [start], set()
    while waiting and len(seen) < _MOST:
        address = waiting.pop(0).split("#")[0]
        if address in seen or "sign-out" in address:
            continue
        seen.add(address)
        answer = client.get(address)
        for _ in range(4):
            if answer.status_code not in (301, 302):
                break
            answer = client.get(answer["Location"])
        text, links = words_in(answer)
        yield address, answer.status_code, text
        base = address.split("?")[0]
        waiting += [link if link.startswith("/") else base + link for link in links]


@pytest.fixture
def world(tmp_path):
    people = People()
    service = a_service(people, title=CARE)
    provider = service.provider
    provider.name = PLACE
    provider.save()
    Service.objects.filter(pk=service.pk).update(level=LEVEL, level_edition="4", notes=NOTE, buprenorphine=True)
    who = {"name": NAME, "born": "1988-02-03", "race": "W", "sex": "F"}
    told = Journey(tmp_path, 1, people, person=who, narrative=STORY).accepted().book(service)
    Journey(tmp_path, 2, people, person=who, narrative=STORY).engaged(service).file()
    Journey(tmp_path, 3, people, person=who, narrative=STORY).answering()
    silent = Journey(tmp_path, 4, people, person=who, narrative=STORY).answering().accept(Consent.Recipient.OFFICE)
    silent.at = told.at
    enrolments.book(silent.enrolment.pk, service, silent.at + dt.timedelta(days=1), doer=silent.person, at=silent.at)
    journey = Journey(tmp_path, 5, people, person=who, narrative=STORY).engaged(service).file().verify()
    journey.docket()
    journey.ask_court()
    Contact.objects.filter(kind=Contact.Kind.CONTACT).update(said_by_person=False)
    for role in SIDES:
        User.objects.filter(role=role).first() or somebody(role)
    with clock.standing_still(journey.at):
        yield people, told, silent


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("role", list(SIDES))
def test_nothing_beyond_the_ceiling_on_any_page(client, role, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(User.objects.filter(role=role).first())
    pages = 0
    for address, status, text in crawl(client, reverse("home")):
        assert status < 500, address
        pages += status == 200
        beyond = [NAME] if address.startswith(OF_NOBODY) else BEYOND[role]
        found = [word for word in beyond if word in text]
        assert not found, f"{role} at {address} finds {found}"
    assert pages > 2 or role == User.Role.ANALYST
    logged = "\n".join(
        f"{one.name} {one.getMessage()}" for one in caplog.records if not one.name.startswith("django.db")
    )
    assert not [word for word in (NAME, STORY, PLACE, CARE, NOTE) if word in logged]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("role", list(SIDES))
def test_a_stranger_of_the_same_role_finds_nobody(client, role):
    elsewhere = Organization.objects.create(name="elsewhere", kind=SIDES[role])
    client.force_login(somebody(role, "stranger", elsewhere))
    for address, status, text in crawl(client, reverse("home")):
        assert status < 500 and NAME not in text and STORY not in text, address


@pytest.mark.parametrize("role", list(SIDES))
def test_a_forged_address_leaks_nothing(world, client, role):
    _, told, _ = world
    client.force_login(User.objects.filter(role=role).first())
    names = ("case", "counsel-case", "health-case", "enrolment", "referral")
    for name in names:
        for pk in (uuid.uuid4(), told.case.pk, told.enrolment.pk, told.case.person_id):
            text, _ = words_in(client.get(reverse(name, args=[pk])))
            assert not [word for word in BEYOND[role] if word in text], (role, name)


def test_without_consent_the_coordinator_sees_neither_place_nor_hour(world, client):
    people, _, silent = world
    client.force_login(people.coordinator)
    for address in (reverse("health-case", args=[silent.case.pk]), reverse("enrolment", args=[silent.enrolment.pk])):
        text, _ = words_in(client.get(address))
        assert PLACE not in re.sub(r"<select.*?</select>", "", text, flags=re.DOTALL), address


def test_the_person_sees_no_police_report_of_others_and_no_level_of_care(world, client):
    _, told, _ = world
    from django.http import HttpResponse

    answer = sessions.open_for(HttpResponse(), told.case.person, at=clock.now())
    client.cookies = answer.cookies
    seen = 0
    for address, status, text in crawl(client, reverse("my-page")):
        if not address.startswith("/my/"):
            continue
        seen += 1
        assert status < 500 and NOTE not in text and LEVEL not in text.replace("3.7.", ""), address
    assert seen > 3


@pytest.mark.usefixtures("world")
def test_the_ledger_and_the_tasks_hold_ids_and_no_words_of_treatment():
    from instead.office.ledger.models import Entry, Payload
    from instead.office.tasks.models import Move, Task

    kept = [payload.content for payload in Payload.objects.all()]
    kept += [entry.kind for entry in Entry.objects.all()]
    kept += [f"{task.kind} {task.about}" for task in Task.objects.all()]
    kept += [move.because for move in Move.objects.all()]
    for word in (NAME, STORY, PLACE, CARE, NOTE, "buprenorphine"):
        assert not [one for one in kept if word in one], word


def test_what_a_clinic_is_sent_carries_the_label(world, client):
    people, told, _ = world
    doer = staff(people.coordinator)
    from instead.office.enrolments import referring

    service = Service.objects.get(title=CARE)
    if not told.enrolment.referrals.filter(state__in=("made", "accepted")).exists():
        referring.refer(told.enrolment.pk, service, doer=doer, at=clock.now())
    client.force_login(people.provider)
    for name in ("referrals", "referrals-file"):
        text, _ = words_in(client.get(reverse(name)))
        assert "42CFRPart2" in text, name


def test_the_words_searched_for_are_there_for_those_who_may_see_them(world, client):
    """The search can find something: each word stands on a page of somebody whose it is."""
    people, told, _ = world
    seen_by = (
        (people.prosecutor, reverse("case", args=[told.case.pk]), (NAME, STORY, "A16")),
        (people.coordinator, reverse("health-case", args=[told.case.pk]), (NAME, PLACE)),
        (people.provider, reverse("enrolment", args=[told.enrolment.pk]), (NAME, CARE)),
        (people.counsel, reverse("counsel-case", args=[told.case.pk]), (NAME, STORY)),
    )
    for user, address, words in seen_by:
        client.force_login(user)
        text, _ = words_in(client.get(address))
        assert [word for word in words if word not in text] == [], (user, address)
