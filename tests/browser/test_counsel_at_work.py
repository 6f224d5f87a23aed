"""Defense counsel's work in a real browser: from the offer to proof, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from instead.office.accounts.doers import staff
from instead.office.cases.models import Contest
from instead.office.closing import proof, second_look, service
from instead.office.closing.models import Document, Proof, SecondLook
from instead.office.consents.models import Consent
from instead.office.enrolments import actions as enrolments
from support.browser import assert_good_at_every_width
from support.journey import Journey, a_service

NAME = "Quill, Ada"
HEADINGS = ("Report and decision", "Offer", "How it goes", "Consents")


@pytest.fixture
def journey(office):
    """An offer that is out."""
    person = {"name": NAME, "born": "1980-01-01"}
    made = Journey(office.folder, narrative="<b>Two packets</b> " + "long" * 60, person=person)
    return made.offered()


def open_case(open_page, journey, **more):
    page = open_page(journey.people.counsel, **more)
    page.goto("/counsel/")
    page.get_by_role("link", name=NAME, exact=True).click()
    return page


def every_page(page):
    """Each part of the case, with everything on it unfolded."""
    for heading in HEADINGS:
        page.get_by_role("link", name=heading, exact=True).click()
        page.wait_for_load_state()
        for summary in page.locator("summary").all():
            summary.click()
        assert_good_at_every_width(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_counsel_contests_meets_and_answers_yes(journey, open_page, javascript):
    page = open_case(open_page, journey, javascript=javascript)
    page.get_by_role("link", name="How old was the person").click()
    page.get_by_label("What is it?").fill("16")
    page.get_by_label("Why?").fill("The birth certificate says so.")
    page.get_by_role("button", name="Contest this fact").click()
    expect(page.get_by_role("heading", name="What you contest")).to_be_visible()
    page.get_by_role("link", name="Offer", exact=True).click()
    page.get_by_role("button", name="We have met").click()
    assert "ask the office for it" in page.get_by_role("alert").inner_text()
    page.get_by_text("I had the arrest report in hand.").click()
    page.get_by_text("The person was neither intoxicated nor in withdrawal.").click()
    page.get_by_role("button", name="We have met").click()
    page.get_by_role("link", name="The person says yes").click()
    form = page.get_by_role("group", name="Form").first  # which waits for the page; a list of what is there does not
    form.get_by_text("The person signs this form").click()
    form.get_by_label("Signature").fill("Ada Quill")
    page.get_by_label("The date on the signed waiver").fill("2019-05-04")
    page.get_by_role("button", name="Tell the office: yes").click()
    assert "The yes is on record" in page.get_by_role("status").inner_text()
    assert journey.state == "accepted" and Consent.objects.get().signature == "Ada Quill"
    assert Contest.objects.get().code == 16


@pytest.mark.parametrize("javascript", [True, False])
def test_proof_and_a_paper_are_filed(journey, office, open_page, javascript):
    journey.meet().accept().book(a_service(journey.people)).later(2).assess().later().engage()
    office.let_it_be(journey.at)
    paper = office.folder / "letter.pdf"
    paper.write_bytes(b"%PDF-1.7 a letter")
    page = open_case(open_page, journey, javascript=javascript)
    page.get_by_role("link", name="How it goes").click()
    page.get_by_label("PDF or picture").set_input_files(paper)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("waits to be opened on the health side")).to_be_visible()
    assert Document.objects.count() == 1
    page.get_by_role("link", name="File proof").click()
    page.get_by_role("button", name="Show me how it stands now").click()
    expect(page.get_by_text("Engaged in treatment", exact=True)).to_be_visible()
    page.get_by_role("button", name="File proof").click()
    assert "Proof is filed." in page.get_by_role("status").inner_text() and journey.state == "proof_filed"


def test_no_page_has_a_barrier_before_the_answer(journey, open_page):
    page = open_case(open_page, journey)
    page.goto("/counsel/")
    assert_good_at_every_width(page)
    page.get_by_role("link", name=NAME, exact=True).click()
    every_page(page)
    page.get_by_role("link", name="Report and decision").click()
    for question in ("How old was the person", "Is a violent offense charged?"):
        page.get_by_role("link", name=question).click()
        assert_good_at_every_width(page)
        page.get_by_role("link", name="Leave it").click()
    journey.meet()
    page.get_by_role("link", name="Offer", exact=True).click()
    page.get_by_role("link", name="The person says yes").click()
    assert_good_at_every_width(page)
    page.get_by_label("The date on the signed waiver").fill("2019-05-04")
    page.get_by_role("button", name="Tell the office: yes").click()
    assert "a yes needs a signed consent" in page.get_by_role("alert").inner_text()
    assert_good_at_every_width(page)


def test_no_page_has_a_barrier_on_the_way(journey, office, open_page):
    people = journey.people
    journey.meet().accept().book(a_service(people)).later(2).assess().later().engage().file()
    proof.ask_one_more(Proof.objects.get().id, "The date of the assessment.", actor=people.prosecutor, at=journey.at)
    office.let_it_be(journey.at)
    page = open_case(open_page, journey)
    every_page(page)
    page.get_by_role("link", name="How it goes").click()
    page.get_by_role("link", name="File proof").click()
    assert_good_at_every_width(page)
    because = SecondLook.Because.NEW_ARREST
    look = second_look.open_second_look(journey.case.id, because, doer=staff(people.prosecutor), at=journey.at)
    second_look.give_reasons(look.id, "An arrest on May 2.", actor=people.prosecutor, at=journey.at)
    page.get_by_role("link", name="How it goes").click()
    page.get_by_role("link", name="Read, and give your reasons").click()
    assert_good_at_every_width(page)
    page.get_by_label("Why should the offer stand?").fill("It was another person.")
    page.get_by_role("button", name="Give our reasons").click()
    assert "on record" in page.get_by_role("status").inner_text()


def test_no_page_about_hours_has_a_barrier(journey, office, open_page):
    people = journey.people
    journey.meet().accept().book(a_service(people)).later(2).assess()
    enrolments.take(journey.enrolment.id, "find_not_needed", doer=staff(people.provider), at=journey.at)
    service.start_service(journey.case.id, actor=people.prosecutor, at=journey.at)
    office.let_it_be(journey.at)
    page = open_case(open_page, journey)
    every_page(page)
    page.get_by_role("link", name="How it goes").click()
    page.get_by_role("link", name="File hours").click()
    assert_good_at_every_width(page)
