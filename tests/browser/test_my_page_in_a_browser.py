"""A person's own page on a phone's screen: light, without a barrier, without script, from the link to the proof."""

import datetime as dt

import pytest

from instead.office.accounts.doers import staff
from instead.office.closing.models import Document
from instead.office.consents.models import Consent
from instead.office.enrolments import actions as enrolments
from instead.office.my_page import sessions
from instead.office.my_page.actions import issue_card, issue_link, open_page
from instead.office.my_page.links import Worth, link_of, worth_of
from instead.office.my_page.models import OpenPage
from instead.office.tasks.clocks import office_day
from instead.office.treatment.models import Provider, Service
from support.browser import PHONE, assert_accessible, assert_good_at_every_width, assert_no_sideways_scroll
from support.journey import DAY
from support.my_page import PNG, at_step, the_intake
from support.office import NOW

#: Bytes over the wire on a cold first visit, of every person page.
MOST = 30_000
ADDRESSES = ("", "letter/", "letter/yes/", "letter/no/", "places/", "forms/", "log/", "me/", "leave/", "paper/")


def opened(page, office, journey, at):
    """Let the person's page be open in this browser, for as long as on one's own phone."""
    key = open_page(journey.case.person, OpenPage.By.LINK, own_phone=True, at=at).key
    cookie = {"name": sessions.PAGE, "value": key, "domain": "127.0.0.1", "path": sessions.PATH}
    page.context.add_cookies([cookie])
    office.let_it_be(at)


def bytes_of_a_cold_visit(page, address):
    """What came over the wire for one page in a browser that has fetched nothing yet."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    came = []
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert came
    return sum(came)


@pytest.mark.parametrize("name", ["answering", "booked", "engaged"])
def test_every_page_is_light_on_a_cold_first_visit(office, open_browser, name):
    journey = at_step(name, office.folder)
    provider = Provider.objects.create(name="Quillon Outpatient", address="1900 block Quillon Street", source="office")
    for number in range(60):
        Service.objects.create(provider=provider, title=f"Outpatient {number}")
    for address in (*ADDRESSES, f"places/{the_intake().pk}/", "nothing/"):
        page = open_browser(javascript=False, width=PHONE)
        opened(page, office, journey, journey.at)
        assert 1_000 < bytes_of_a_cold_visit(page, f"/my/{address}") < MOST, address
        page.context.close()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["answering", "asked", "engaged"])
def test_no_page_has_a_barrier_in_the_light_or_in_the_dark(office, open_browser, name, language):
    journey = at_step(name, office.folder)
    page = open_browser(width=PHONE)
    opened(page, office, journey, journey.at)
    page.goto(f"/my/?lang={language}")
    for address in (*ADDRESSES, f"places/{the_intake().pk}/", "nothing/"):
        page.goto(f"/my/{address}")
        assert_good_at_every_width(page)
        page.emulate_media(color_scheme="dark")
        assert_accessible(page)
        page.emulate_media(color_scheme="light")


def test_the_ways_in_have_no_barrier(office, open_browser):
    journey = at_step("booked", office.folder)
    secret = issue_link(journey.case.person, actor=journey.people.counsel, at=NOW)
    page = open_browser(width=PHONE)
    for address in ("/my/", f"/my/{secret}/", f"/my/{'A' * 32}/"):
        page.goto(address)
        assert_good_at_every_width(page)


def test_from_the_link_to_the_proof_without_script(office, open_browser):
    journey = at_step("answering", office.folder)
    people, at = journey.people, journey.at
    secret = issue_link(journey.case.person, actor=people.counsel, at=at)
    page = open_browser(javascript=False, width=PHONE)
    page.goto(f"/my/{secret}/")
    assert worth_of(link_of(secret), at) is Worth.GOOD
    page.get_by_role("button", name="Open my page").click()
    assert_no_sideways_scroll(page)

    page.get_by_role("link", name="Read the offer and answer").click()
    page.get_by_role("link", name="I want to say yes").click()
    page.locator("#sign-office").fill("Jane Doe")
    page.locator("#sign-coordinator").fill("Jane Doe")
    page.locator("#waiver").fill("Jane Doe")
    page.get_by_role("button", name="I say yes").click()
    assert "You said yes." in page.get_by_role("status").inner_text()
    assert Consent.objects.count() == 2

    page.get_by_role("link", name="Choose a place", exact=True).click()
    page.get_by_text("Look for what you need").click()
    page.get_by_label("Which medication?").select_option("methadone")
    page.get_by_role("button", name="Look").click()
    assert "methadone" not in page.url
    page.get_by_role("link", name="See this place").first.click()
    page.get_by_label("Day").select_option(index=2)
    page.get_by_label("Hour").select_option("10:00")
    page.get_by_role("button", name="Book").click()
    assert "Booked." in page.get_by_role("status").inner_text()

    office.let_it_be(at + 3 * DAY)
    page.goto("/my/")
    page.get_by_role("button", name="I was there").click()
    assert "Noted" in page.get_by_role("status").inner_text()
    on, doer = office_day(at + 2 * DAY), staff(people.provider)
    enrolments.assess(journey.enrolment.id, on, doer=doer, at=at + 3 * DAY)
    enrolments.engage(journey.enrolment.id, on + dt.timedelta(days=1), doer=doer, at=at + 3 * DAY)

    page.goto("/my/")
    page.get_by_role("button", name="Send my proof now").click()
    assert journey.state == "proof_filed"
    page.get_by_role("link", name="What was told about me").click()
    assert "Started treatment: yes" in page.locator("main").inner_text()
    page.get_by_role("button", name="Close my page").click()
    page.goto("/my/me/")
    assert page.url.endswith("/my/") and page.locator("#code").is_visible()


def test_a_card_a_picture_and_a_consent_taken_back(office, open_browser):
    journey = at_step("engaged", office.folder)
    office.let_it_be(journey.at)
    code = issue_card(journey.case.person, actor=journey.people.peer, at=journey.at)
    page = open_browser(javascript=False, width=PHONE)
    page.goto("/my/")
    page.get_by_label("The code on your card").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Open my page").click()

    page.get_by_role("link", name="Send a paper", exact=True).click()
    page.get_by_label("Take a picture").set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="Send the paper").click()
    assert "Your paper has arrived." in page.get_by_role("status").inner_text()
    assert Document.objects.get().content_type == "image/png"

    page.get_by_role("link", name="What I agreed to").click()
    page.get_by_role("button", name="Take it back").first.click()
    assert "never held against you" in page.get_by_role("status").inner_text()
    assert Consent.objects.filter(revoked_at=None).count() == 2
    assert journey.state == "accepted"


def test_two_people_one_phone(office, open_browser):
    first = at_step("booked", office.folder)
    second = at_step("engaged", office.folder, 2, first.people)
    office.let_it_be(second.at)
    page = open_browser(javascript=False, width=PHONE)
    for journey, title in ((first, "appointment"), (second, "Send in your proof")):
        secret = issue_link(journey.case.person, actor=first.people.counsel, at=second.at)
        page.goto(f"/my/{secret}/")
        page.get_by_role("button", name="Open my page").click()
        assert title in page.locator("h1").inner_text()
    assert OpenPage.objects.filter(closed_at=None).count() == 1


@pytest.fixture
def open_browser(open_page):
    """Under a name of its own, beside the verb that opens somebody's page."""
    return open_page
