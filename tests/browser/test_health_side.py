"""The health side in a real browser: a clinic's cracked phone, a peer, a coordinator; with JavaScript and without."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from instead.office.accounts.doers import staff
from instead.office.court import actions as court
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import documents, own_word, walk_ins
from instead.office.enrolments.models import Enrolment
from instead.office.people.models import Person
from support.browser import PHONE, assert_good_at_every_width, at_width
from support.journey import DAY, Journey, a_service
from support.office import NOW


@pytest.fixture
def clinic(office):
    """Three people at one clinic an hour ago: one asked for, one booked and due, one who missed."""
    asked = Journey(office.folder, 1)
    people = asked.people
    place = a_service(people)
    booked, missed = Journey(office.folder, 2, people), Journey(office.folder, 3, people)
    for one, name in ((asked, "Quill, Ada"), (booked, "Fenn, Bo"), (missed, "Marsh, Cy")):
        Person.objects.filter(pk=one.case.person_id).update(name=name, phone="215-555-0100")
        one.at = NOW - 2 * DAY
        one.accepted()
    asked.refer(place)
    for one in (booked, missed):
        one.book(place).later(1)
    enrolments.miss(missed.enrolment.id, doer=staff(people.provider), at=missed.at)
    return asked, booked, missed


def test_no_page_of_a_clinic_has_a_barrier(clinic, open_page):
    asked, booked, _ = clinic
    people = asked.people
    own_word.was_there(booked.enrolment.id, booked.today, doer=booked.person, at=booked.at)
    walked_in = walk_ins.welcome(booked.enrolment.service, doer=staff(people.provider), at=NOW)
    page = open_page(people.provider)
    service = booked.enrolment.service_id
    named = [
        ("referral", asked.enrolment.referrals.get().pk),
        ("enrolment", booked.enrolment.pk),
        ("describe", service),
    ]
    named += [("enrolment", walked_in.pk), ("desk-consent", walked_in.pk)]
    plain = ("referrals", "attendance", "outreach", "walk-in", "card", "places", "directory")
    for address in (*(reverse(name) for name in plain), *(reverse(name, args=[one]) for name, one in named)):
        page.goto(address)
        for details in page.locator("details").all():
            details.evaluate("one => one.open = true")
        assert_good_at_every_width(page)


def test_no_page_of_a_coordinator_has_a_barrier(clinic, open_page):
    asked, booked, _ = clinic
    docket = booked.docket()
    court.list_hearing(docket.id, NOW + 3 * DAY, doer=staff(booked.people.prosecutor), at=NOW)
    documents.upload(booked.case.id, b"%PDF-1.4", doer=booked.person, at=NOW)
    page = open_page(asked.people.coordinator)
    case = booked.case.pk
    for address in (
        reverse("coordination"),
        reverse("health-case", args=[case]),
        reverse("health-places", args=[case]),
        reverse("directory"),
        reverse("directory-import"),
    ):
        page.goto(address)
        for details in page.locator("details").all():
            details.evaluate("one => one.open = true")
        assert_good_at_every_width(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_night_at_the_clinic_on_a_phone(clinic, open_page, javascript):
    asked, booked, _ = clinic
    page = at_width(open_page(asked.people.provider, javascript=javascript), PHONE)
    page.goto(reverse("walk-in"))
    page.get_by_label("Name, if they say one").fill("Somebody")
    page.get_by_role("button", name="Start").click()
    assert "Care first" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Ask for consent").first.click()
    page.get_by_role("link", name="Spanish").click()
    office = page.get_by_role("article", name="Qué se le puede decir a la fiscalía")
    office.get_by_label("Mi firma").fill("Somebody")
    office.get_by_role("button", name="Firmar").click()
    assert Enrolment.objects.get(person__name="Somebody").state == "engaged"
    page.goto(reverse("referrals"))
    referral = page.get_by_role("article", name="Quill, Ada")
    for tap in ("Full", "Undo", "Accept"):
        referral.get_by_role("button", name=tap).click()
    assert asked.enrolment.referrals.get().state == "accepted"
    page.goto(reverse("attendance"))
    line = page.get_by_role("listitem").filter(has_text="Fenn, Bo")
    line.get_by_role("button", name="Came").click()
    assert booked.enrolment.state == "assessed"
    line.get_by_role("button", name="Undo").click()
    assert booked.enrolment.state == "booked"
    page.goto(reverse("places"))
    page.get_by_role("button", name="Still 3").click()
    assert "said just now" in page.inner_text("main")


def test_the_list_is_saved_filled_and_brought_back(clinic, open_page, office):
    asked, booked, _ = clinic
    page = open_page(asked.people.provider, javascript=False)
    page.goto(reverse("attendance"))
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save the list").click()
    path = office.folder / "filled.csv"
    saving.value.save_as(path)
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    filled = [row.replace(",,", ",yes,", 1) if "Fenn, Bo" in row else row for row in rows]
    path.write_text("\n".join(filled), encoding="utf-8")
    page.get_by_label("The filled list").set_input_files(path)
    page.get_by_role("button", name="Bring it back").click()
    assert "1 marked" in page.inner_text("main") and booked.enrolment.state == "assessed"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_peer_reaches_somebody_excuses_and_books_again(clinic, open_page, javascript):
    *_, missed = clinic
    page = at_width(open_page(missed.people.peer, javascript=javascript), PHONE)
    page.goto(reverse("outreach"))
    person = page.get_by_role("article", name="Marsh, Cy")
    person.get_by_label("How it went").select_option("reached")
    person.get_by_role("button", name="Keep").click()
    person.get_by_text("There was a good reason").click()
    person.get_by_label("Reason").select_option("transport")
    person.get_by_role("button", name="Excuse").click()
    assert missed.enrolment.state == "to_book"
    expect(page.get_by_text("Nobody is to be reached")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_coordinator_chooses_a_place_with_the_person_and_books_it(clinic, open_page, javascript):
    asked = clinic[0]
    page = open_page(asked.people.coordinator, javascript=javascript)
    page.goto(reverse("coordination"))
    page.get_by_role("link", name="Quill, Ada").click()
    page.get_by_role("link", name="Places to choose from").click()
    place = page.get_by_role("article", name="Larkmere Night Intake")
    place.get_by_text("Book an appointment here").click()
    place.get_by_label("Day").fill((NOW + 5 * DAY).date().isoformat())
    place.get_by_label("Hour").fill("09:30")
    place.get_by_role("button", name="Book", exact=True).click()
    assert "Booked" in page.get_by_role("status").inner_text()
    appointment = asked.enrolment.appointments.get()
    assert appointment.at.astimezone(dt.UTC).hour == 13
