"""Script in every field, forged ids, another person's ids."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from instead.office import clock
from instead.office.consents.models import Consent
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments.models import Appointment, Referral
from instead.office.ledger.models import Entry
from instead.office.ledger.verify import verify
from instead.office.treatment.models import Provider
from support.journey import DAY
from support.my_page import PNG, SCRIPT, signatures, the_intake, words
from support.office import NOW

pytestmark = pytest.mark.django_db


def booking():
    """A day and an hour two days from now."""
    return {"day": (NOW + 2 * DAY).date().isoformat(), "hour": "10:00"}


GOOD = {"phone": "215 555 0142", "email": "jane@example.org", "language": "en"}


def test_script_in_every_text_field_stays_text(at, settings, tmp_path):
    settings.INSTEAD_DOCUMENTS = tmp_path / "papers"
    journey, browser = at("answering", person={"name": SCRIPT, "born": "1988-01-01"})
    browser.post("/my/letter/yes/", signatures(journey, office=SCRIPT, counsel=SCRIPT) | {"waiver": SCRIPT})
    browser.post("/my/me/", GOOD | {"address": SCRIPT, "language": "en"})
    Provider.objects.update(name=SCRIPT, address=SCRIPT)
    for address in (
        "",
        "letter/",
        "places/",
        f"places/{the_intake().pk}/",
        "forms/",
        "log/",
        "me/",
        "leave/",
        "paper/",
    ):
        assert "<script" not in browser.get(f"/my/{address}").content.decode(), address
    assert Consent.objects.filter(signature=SCRIPT).count() == 2


def test_characters_that_no_database_holds_are_left_out(at):
    journey, browser = at("answering")
    assert browser.post("/my/letter/yes/", signatures(journey, office="\x00", counsel="x\x00")).status_code == 400
    browser.post("/my/letter/yes/", signatures(journey, office="Jane\x00 \x1bDoe\u2028") | {"waiver": "J\x00"})
    assert Consent.objects.get().signature == "Jane Doe"
    browser.post("/my/me/", GOOD | {"address": "12\x00 Elm", "phone": "215\x00555 0142"})
    journey.case.person.refresh_from_db()
    assert journey.case.person.address == "12 Elm" and journey.case.person.phone == "+12155550142"


@pytest.fixture
def other(at):
    """Somebody else, with everything that has an id, and the browser of the one who forges."""
    journey, _ = at("asked")
    forger, browser = at("answering", 2, people=journey.people)
    return journey, forger, browser


def test_another_persons_ids_do_nothing_and_say_nothing(other):
    journey, forger, browser = other
    before = (journey.state, journey.enrolment.state, Entry.objects.count())
    consent = Consent.objects.filter(case=journey.case).first()
    asked = Referral.objects.get(enrolment__case=journey.case)
    forged = [
        ("/my/letter/yes/", signatures(forger) | {"offer": journey.offer.id}),
        ("/my/letter/no/", {"offer": journey.offer.id}),
        ("/my/places/other/", {"asked": asked.pk}),
        ("/my/there/", {"way": journey.enrolment.id, "on": journey.today.isoformat()}),
        ("/my/back/", {"way": journey.enrolment.id}),
        ("/my/leave/", {"way": journey.enrolment.id}),
        ("/my/send/", {"case": journey.case.id}),
        ("/my/paper/", {"case": journey.case.id, "file": SimpleUploadedFile("a.png", PNG)}),
        ("/my/hours/", {"case": journey.case.id, "hours": "5"}),
        ("/my/forms/", {"back": consent.pk}),
        ("/my/forms/", {"case": journey.case.id, "sign-office": "Jane"}),
    ]
    for address, sent in forged:
        answer = browser.post(address, sent)
        assert answer.status_code == 404 and "There is nothing here" in words(answer), address
    assert browser.get("/my/letter/", {"for": journey.offer.id}).status_code == 404
    assert browser.get("/my/hours/", {"for": journey.case.id}).status_code == 404
    assert (journey.state, journey.enrolment.state, Entry.objects.count()) == before
    assert verify().found == 0


@pytest.mark.parametrize("wrong", ["", SCRIPT, "1 or 1=1", str(uuid.UUID(int=7)), "0" * 5000, "\x00"])
def test_ids_that_are_none_do_nothing(at, wrong):
    journey, browser = at("engaged")
    entries = Entry.objects.count()
    for address, name in (
        ("places/other/", "asked"),
        ("there/", "way"),
        ("back/", "way"),
        ("leave/", "way"),
        ("send/", "case"),
        ("hours/", "case"),
    ):
        answer = browser.post(f"/my/{address}", {name: wrong})
        assert answer.status_code == 404 and "<script>" not in answer.content.decode(), address
    assert browser.post("/my/forms/", {"back": wrong}).status_code == 404
    assert browser.get("/my/letter/", {"for": wrong or "x"}).status_code == 404
    assert Entry.objects.count() == entries and journey


@pytest.mark.parametrize("address", ["places/", "letter/"])
def test_an_address_with_a_forged_number_is_not_there(at, address):
    _, browser = at("to_book")
    assert browser.get(f"/my/{address}{uuid.uuid4()}/").status_code == 404
    assert browser.post(f"/my/{address}{uuid.uuid4()}/ask/").status_code == 404


def test_where_nothing_can_be_booked_a_forged_booking_is_not_there(at):
    journey, browser = at("engaged")
    assert browser.post(f"/my/places/{the_intake().pk}/", booking()).status_code == 404
    assert not Appointment.objects.filter(state="booked").exists() and journey


def test_a_page_that_was_open_when_the_case_ended_says_that_things_changed(at):
    journey, browser = at("booked")
    way = journey.enrolment.id
    enrolments.take(way, "leave", doer=journey.person, at=journey.at)
    with clock.standing_still(journey.at):
        page = words(browser.post("/my/there/", {"way": way}, follow=True))
    assert "Nothing was done just now" in page
