"""What one agreed to and what was told, how one is reached and reminded."""

import pytest

from instead.office.consents.actions import standing
from instead.office.consents.models import Consent
from instead.office.ledger.models import Entry
from instead.office.notices.models import Channel, Wish
from instead.office.people.models import Person
from support.my_page import SCRIPT, my_browser, words

pytestmark = pytest.mark.django_db


def test_each_consent_is_taken_back_at_once_and_it_is_no_failure(at):
    journey, browser = at("engaged")
    assert words(browser.get("/my/forms/")).count("In force.") == 3
    for consent in Consent.objects.all():
        page = words(browser.post("/my/forms/", {"back": consent.pk}, follow=True))
        assert "This is never held against you" in page
        assert standing(journey.case, consent.recipient, journey.at) is None
    assert journey.state == "accepted" and journey.enrolment.state == "engaged"
    again = words(browser.post("/my/forms/", {"back": Consent.objects.first().pk}, follow=True))
    assert "Nothing was done just now" in again
    assert Entry.objects.filter(kind="consent taken back").count() == 3


def test_a_consent_is_given_again_by_ones_name(at):
    journey, browser = at("engaged")
    browser.post("/my/forms/", {"back": Consent.objects.get(recipient="office").pk})
    assert "Form for the prosecutor’s office" in words(browser.get("/my/forms/"))
    assert browser.post("/my/forms/", {"case": journey.case.id}).status_code == 400
    page = words(browser.post("/my/forms/", {"case": journey.case.id, "sign-office": "Jane"}, follow=True))
    assert "Signed. You can take it back at any time." in page
    assert standing(journey.case, "office", journey.at).signature == "Jane"


def test_everything_that_was_told_stands_there_in_plain_words(at):
    journey, browser = at("engaged")
    browser.post("/my/send/", {"case": journey.case.id})
    page = words(browser.get("/my/log/"))
    for said in (
        "To the prosecutor’s office: the prosecution, by you",
        "First appointment: Monday, May 6",
        "Started treatment: yes",
        "Visits: you come",
        "Finished: not yet",
        "To your lawyer: the defense",
        "The place: Larkmere Night Intake",
        "42 CFR part 2",
        "Places that know your name",
    ):
        assert said in page, said
    assert "not_yet" not in page and "four_facts" not in page and "None" not in page


def test_what_was_told_long_ago_is_on_the_next_page(at):
    _, browser = at("engaged")
    for page in ("2", "0", "-1", "x", "99999"):
        assert browser.get("/my/log/", {"page": page}).status_code == 200


GOOD = {
    "phone": "215 555 0142",
    "email": "jane@example.org",
    "address": "12 Elm Street",
    "language": "es",
    "by_text": "yes",
    "by_letter": "yes",
}


def test_how_one_is_reached_and_reminded_is_changed(at):
    journey, browser = at("to_book")
    page = words(browser.post("/my/me/", GOOD, follow=True))
    person = Person.objects.get(pk=journey.case.person_id)
    assert "Saved." in page or "Guardado." in page
    assert (person.phone, person.email, person.language) == ("+12155550142", "jane@example.org", "es")
    assert Wish.objects.get(person=person).channels == (Channel.TEXT, Channel.LETTER)
    assert "(215) 555-0142" in browser.get("/my/me/").content.decode()
    entry = Entry.objects.get(kind="contact changed")
    assert entry.payload.value() == {"changed": ["address", "email", "language", "phone"]}
    browser.post("/my/me/", GOOD)
    assert Entry.objects.filter(kind="contact changed").count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"phone": "555"}, "phone number cannot be right"),
        ({"phone": SCRIPT}, "phone number cannot be right"),
        ({"phone": "", "by_text": "yes"}, "For text messages we need"),
        ({"email": "jane"}, "e-mail address cannot be right"),
        ({"email": f"{SCRIPT}@example.org"}, "e-mail address cannot be right"),
        ({"email": "", "by_email": "yes"}, "For e-mail we need"),
        ({"address": " ", "by_letter": "yes"}, "For letters we need"),
        ({"address": "x" * 400}, "too long"),
        ({"language": "fr"}, "Choose English or Spanish."),
    ],
)
def test_what_cannot_be_right_is_told_and_nothing_is_changed(at, changed, told):
    journey, browser = at("to_book")
    answer = browser.post("/my/me/", GOOD | changed)
    assert answer.status_code == 400 and told in words(answer) and "<script>" not in answer.content.decode()
    assert Person.objects.get(pk=journey.case.person_id).email == "" and not Wish.objects.exists()


def test_where_the_page_was_opened_is_shown(at):
    journey, browser = at("to_book")
    my_browser(journey.case.person, journey.at)
    page = words(browser.get("/my/me/"))
    assert "with the card (this one)" in page and "still open" in page
