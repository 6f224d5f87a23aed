"""The offer: read first, answered once, with the forms in full, and never by a stale page."""

import pytest

from instead.office.accounts.doers import staff
from instead.office.consents.models import Consent
from instead.office.offers import actions as offers
from support.my_page import signatures, words

pytestmark = pytest.mark.django_db


def test_the_offer_is_read_before_it_can_be_answered(at):
    journey, browser = at("offered")
    page = words(browser.get("/my/letter/"))
    for said in ("No plea.", "No admission.", "No money.", "binds this office only", "not immigration", "second look"):
        assert said in page
    assert "I want to say yes" not in page
    assert browser.get("/my/letter/yes/").status_code == 302
    browser.post("/my/letter/yes/", signatures(journey))
    browser.post("/my/letter/no/", {"offer": journey.offer.id})
    assert journey.state == "offered" and not Consent.objects.exists()


def test_the_forms_are_shown_in_full_in_the_language_of_the_page(at):
    _, browser = at("answering")
    for language, said in (
        ("en", ("Four facts and no more", "How to take it back", "Taking back counts from", "It ends with")),
        ("es", ("Cuatro datos y nada más", "Cómo retirarlo", "Desde cuándo vale retirarlo", "Termina con")),
    ):
        browser.get(f"/my/?lang={language}")
        page = words(browser.get("/my/letter/yes/"))
        assert all(page.count(one) >= 3 for one in said), language
        assert "180" in page and "365" in page


def test_yes_with_the_forms_that_were_signed(at):
    journey, browser = at("answering")
    browser.get("/my/?lang=es")
    page = words(browser.post("/my/letter/yes/", signatures(journey, counsel="Jane Doe"), follow=True))
    assert "Dijo que sí." in page and journey.state == "accepted"
    consents = {consent.recipient: consent for consent in Consent.objects.all()}
    assert set(consents) == {"office", "counsel"}
    assert consents["office"].language == "es" and consents["office"].description.startswith("Cuatro datos")
    assert journey.case.waivers.get().signed_on == journey.today and journey.offer.answered_as == "person"


@pytest.mark.parametrize(
    ("left_out", "told"),
    [("sign-office", "Sign the form for the prosecutor’s office"), ("waiver", "Sign the paper about the time")],
)
def test_what_is_missing_for_a_yes_is_told_and_nothing_typed_is_lost(at, left_out, told):
    journey, browser = at("answering")
    answer = browser.post("/my/letter/yes/", signatures(journey, counsel="J. Doe") | {left_out: " "})
    assert answer.status_code == 400 and told in words(answer) and 'value="J. Doe"' in answer.content.decode()
    assert journey.state == "answering" and not Consent.objects.exists()


def test_yes_pressed_twice_is_one_yes(at):
    journey, browser = at("answering")
    sent = signatures(journey, counsel="Jane Doe")
    browser.post("/my/letter/yes/", sent)
    again = browser.post("/my/letter/yes/", sent, follow=True)
    assert again.status_code == 200 and "You said yes." in words(again)
    assert Consent.objects.count() == 2 and journey.case.waivers.count() == 1


def test_no_is_asked_once_more_and_needs_no_reason(at):
    journey, browser = at("answering")
    assert "Nobody holds it against you" in words(browser.get("/my/letter/no/"))
    assert journey.state == "answering"
    page = words(browser.post("/my/letter/no/", {"offer": journey.offer.id}, follow=True))
    assert "Nothing gets worse because of it" in page and journey.state == "refused"
    again = words(browser.post("/my/letter/no/", {"offer": journey.offer.id}, follow=True))
    assert "Nothing was done just now" in again and journey.state == "refused"


def test_a_no_after_a_yes_from_a_stale_page_changes_nothing(at):
    journey, browser = at("answering")
    browser.post("/my/letter/yes/", signatures(journey))
    page = words(browser.post("/my/letter/no/", {"offer": journey.offer.id}, follow=True))
    assert "Nothing was done just now" in page and journey.state == "accepted"


def test_counsel_answered_meanwhile(at):
    journey, browser = at("answering")
    offers.refuse(journey.offer.id, doer=staff(journey.people.counsel), at=journey.at)
    page = browser.post("/my/letter/yes/", signatures(journey), follow=True)
    assert "You said no." in words(page) and journey.state == "refused"
