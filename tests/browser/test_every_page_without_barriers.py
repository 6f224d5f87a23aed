"""Every page of every role: axe finds no barrier of WCAG 2.2 AA at a desk and on a phone; nothing scrolls sideways.

Links are followed from each role's first page; of addresses that differ in an id alone one is looked at.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.demonstration.mode import found
from instead.office.demonstration.models import Installation
from instead.office.my_page.actions import issue_link
from support.browser import PHONE, assert_good_at_every_width, assert_no_sideways_scroll
from support.journey import Journey, People, a_service
from support.office import NOW, SIDES, somebody

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
#: Files to keep and ways out are no pages.
_NO_PAGE = re.compile(r"sign-out|\.pdf|\.csv|\.svg")
_MOST = 60


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        target = dict(attrs).get("href") or ""
        if tag == "a" and target.startswith("/") and not _NO_PAGE.search(target):
            self.found.append(target.split("#")[0].split("?")[0])


def pages_of(user):
    """The addresses that somebody can reach by links, one of each kind."""
    client = Client()
    client.force_login(user)
    waiting, seen = ["/"], {}
    while waiting and len(seen) < _MOST:
        address = waiting.pop(0)
        kind = _ID.sub("…", address)
        if kind in seen:
            continue
        answer = client.get(address, follow=True)
        seen[kind] = address if answer.status_code == 200 else ""
        links = _Links()
        links.feed(answer.content.decode(errors="replace") if not answer.streaming else "")
        waiting += links.found
    return [address for address in seen.values() if address]


@pytest.fixture
def at_work(office):
    """Cases at every step, with somebody of every role."""
    people = People()
    service = a_service(people)
    folder = office.folder

    def case(number, **more):
        return Journey(folder, number, people, person={"name": f"Quill, Ada {number}", "born": "1980-01-01"}, **more)

    case(1, overdose__call_only=None)
    case(2)
    case(3).confirm()
    case(4).offered()
    case(5).answering()
    case(6).accepted().book(service)
    case(7).engaged(service).file()
    latest = case(8).engaged(service).file().verify()
    latest.docket()
    latest.ask_court()
    for role in SIDES:
        User.objects.filter(role=role).first() or somebody(role)
    office.let_it_be(latest.at)
    return people


@pytest.mark.parametrize("role", list(SIDES))
@pytest.mark.usefixtures("at_work")
def test_no_page_of_a_role_has_a_barrier(open_page, role):
    user = User.objects.filter(role=role).first()
    addresses = pages_of(user)
    assert len(addresses) > 3
    page = open_page(user)
    for address in addresses:
        page.goto(address)
        assert_good_at_every_width(page)


@pytest.mark.parametrize("role", list(SIDES))
@pytest.mark.usefixtures("at_work")
def test_every_page_works_without_javascript(open_page, role):
    user = User.objects.filter(role=role).first()
    page = open_page(user, javascript=False, width=PHONE)
    for address in pages_of(user):
        assert page.goto(address).status == 200, address
        assert page.locator("h1").count() == 1, address
        for form in page.locator("form").all():
            inside = form.locator("button, input[type=submit]").count()
            assert inside or page.locator(f"[form='{form.get_attribute('id')}']").count(), address
        assert_no_sideways_scroll(page)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_of_the_person_has_a_barrier(office, open_page, at_work, language):
    journey = Journey(office.folder, 20, at_work).answering()
    office.let_it_be(journey.at)
    page = open_page(None, width=PHONE)
    page.goto(f"/my/{issue_link(journey.case.person, actor=at_work.counsel, at=journey.at)}/?lang={language}")
    assert_good_at_every_width(page)
    page.locator("main form button").first.click()
    page.wait_for_url("**/my/")
    page.wait_for_load_state()
    addresses = sorted({link.get_attribute("href") for link in page.locator("main a[href^='/my/']").all()})
    assert len(addresses) > 4
    for address in ["/my/", *addresses]:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        assert_good_at_every_width(page)


@pytest.mark.usefixtures("at_work")
def test_the_public_page_and_the_first_page_of_a_demonstration(open_page):
    page = open_page(None)
    for address in ("/public/", "/sign-in/", "/about/"):
        assert page.goto(address).status == 200
        assert_good_at_every_width(page)
    Case.objects.update(arrested_at=NOW)
    found(Installation.Kind.DEMONSTRATION, at=timezone.now(), clock_at=NOW)
    for address in ("/demonstration/", "/demonstration/?policy=harder-drugs-answer"):
        page.goto(address)
        page.locator(".dot").first.click()
        page.wait_for_selector(".why-because")
        assert "Nobody here exists" in page.inner_text("body")
        assert_good_at_every_width(page)
