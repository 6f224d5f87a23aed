"""The offer goes out with counsel, in the person's language, and exactly as it was looked at."""

import io
import re
import uuid

import pypdf
import pytest
from django.urls import reverse

from instead.office.accounts.models import User
from instead.office.cases import actions as cases
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.offers import actions as offers
from instead.office.offers.models import Offer
from support.journey import Journey
from support.office import somebody
from support.pages import Desk, signed_in, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_a_telephone(settings):
    settings.INSTEAD_PHONE, settings.INSTEAD_ADDRESS = "215 555 0100", ("Three Example Square",)


@pytest.fixture
def journey(tmp_path):
    journey = Journey(tmp_path, person={"name": "Rosa Example", "born": "1980-02-03"})
    return journey.confirm()


@pytest.fixture
def desk(journey):
    return Desk(journey.people.prosecutor, journey)


def choice(journey, **more):
    return {"counsel": str(journey.people.counsel.pk), "language": "en", "interpreter": ""} | more


def send(journey, desk, **more):
    decision = str(journey.case.decisions.last().id)
    return desk.sends("send-offer", journey.case.id, **choice(journey, decision=decision, **more))


def test_what_goes_out_is_shown_word_for_word_before_it_goes(journey, desk):
    page = desk.opens("send-offer", journey.case.id, **choice(journey))
    assert "Treatment, or community service where treatment is not needed" in page
    assert "7 days to answer, from the day counsel has met the person with the report in hand" in page
    assert "We offer you treatment instead of prosecution" in page and "It binds this office only" in page
    assert "No admission" in page and "No fee" in page
    assert not Offer.objects.exists() and journey.state == "offering"


def test_the_letter_is_shown_in_the_language_that_was_chosen(journey, desk):
    page = desk.opens("send-offer", journey.case.id, **choice(journey, language="es", interpreter="Quechua"))
    assert "interpreter for Quechua" in page and "Le ofrecemos" in page


def test_counsel_has_to_be_chosen_where_there_are_several(journey, desk):
    other = stranger(User.Role.DEFENSE_COUNSEL)
    page = desk.opens("send-offer", journey.case.id)
    assert "Send the offer" in page and "2. Look, then send" not in page
    assert "Not yet: choose counsel" in desk.opens("send-offer", journey.case.id, **choice(journey, counsel=""))
    page = desk.opens("send-offer", journey.case.id, **choice(journey, counsel=str(other.pk)))
    assert "strange-defense_counsel, another defense" in page


def test_the_only_counsel_is_chosen_already(journey, desk):
    assert "2. Look, then send" in desk.opens("send-offer", journey.case.id)


def test_it_is_sent_as_it_was_looked_at(journey, desk):
    page = send(journey, desk, language="es", interpreter="Quechua")
    assert "The offer is out." in page and journey.state == "offered"
    offer = Offer.objects.get()
    assert (offer.counsel, offer.language, offer.interpreter) == (journey.people.counsel, "es", "Quechua")
    assert "Spanish, interpreter for Quechua" in page


def test_it_is_sent_once(journey, desk):
    send(journey, desk)
    assert "Not done: “The offer goes out” cannot follow" in send(journey, desk)
    assert Offer.objects.count() == 1
    with signed_in(journey.people.prosecutor, journey) as client:
        answer = client.get(reverse("send-offer", args=[journey.case.id]))
    assert answer.status_code == 302


def test_a_form_that_saw_an_older_decision_is_refused(journey, desk):
    seen = str(journey.case.decisions.last().id)
    cases.answer_fact(
        journey.case.id, "prior_cases", 5, policy_in_force(), actor=journey.people.prosecutor, at=journey.at
    )
    page = desk.sends("send-offer", journey.case.id, **choice(journey, decision=seen))
    assert "look at what goes out once more" in page and not Offer.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("counsel", "scribble", "choose counsel"),
        ("counsel", str(uuid.UUID(int=7)), "choose counsel"),
        ("language", "fr", "English (en) or Spanish (es)"),
        ("decision", "scribble", "look at what goes out once more"),
    ],
)
def test_a_forged_choice_is_refused_in_words(journey, desk, field, value, said):
    decision = str(journey.case.decisions.last().id)
    page = desk.sends("send-offer", journey.case.id, **choice(journey, decision=decision) | {field: value})
    assert f"Not done: {said}" in page or said in page
    assert not Offer.objects.exists()


def test_nobody_but_counsel_is_counsel(journey, desk):
    provider = journey.people.provider
    assert "choose counsel" in send(journey, desk, counsel=str(provider.pk))
    journey.people.counsel.is_active = False
    journey.people.counsel.save()
    assert "choose counsel" in send(journey, desk)


def test_without_a_telephone_the_letter_is_not_written_and_that_is_said(journey, desk, settings):
    settings.INSTEAD_PHONE = ""
    page = desk.opens("send-offer", journey.case.id, **choice(journey))
    assert "The letter cannot be written here: the office’s telephone is not set" in page
    assert "No admission is asked, and no fee." in page


def test_a_track_that_is_not_settled_is_chosen(journey, desk, monkeypatch):
    other = policy_in_force().tracks["treatment"]
    monkeypatch.setitem(policy_in_force().tracks, "hours", other)
    journey.case.decisions.update(track="")
    page = desk.opens("send-offer", journey.case.id, **choice(journey))
    assert "What is offered The decision does not settle it." in page and "Not yet: which track" in page
    assert "2. Look, then send" in desk.opens("send-offer", journey.case.id, **choice(journey, track="hours"))
    assert "the policy has no track" in desk.opens("send-offer", journey.case.id, **choice(journey, track="x"))


def letter(journey, user):
    with signed_in(user, journey) as client:
        return client.get(reverse("offer-letter", args=[journey.offer.id]))


def test_the_letter_is_kept_as_it_went_out(journey, desk):
    journey.docket()
    send(journey, desk)
    journey.later(40).docket("CP-51-CR-0000009-2019")
    answer = letter(journey, journey.people.prosecutor)
    assert answer["Content-Type"] == "application/pdf" and 'filename="offer.pdf"' in answer["Content-Disposition"]
    found = pypdf.PdfReader(io.BytesIO(answer.content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in found.pages))
    assert "May 4, 2019" in text and "MC-51-CR-0000001-2019" in text and "CP-51" not in text


def test_a_letter_that_cannot_be_written_says_why(journey, desk, settings):
    send(journey, desk)
    settings.INSTEAD_PHONE = ""
    with signed_in(journey.people.prosecutor, journey) as client:
        answer = client.get(reverse("offer-letter", args=[journey.offer.id]), follow=True)
    assert "Not done: the office’s telephone is not set" in answer.content.decode()


def test_after_a_no_the_offer_is_made_again_with_a_reason(journey, desk):
    journey.send().meet()
    offers.refuse(journey.offer.id, doer=journey.person, at=journey.at)
    assert "needs a reason" in desk.sends("offer-again", journey.case.id, reason=" ")
    desk.sends("offer-again", journey.case.id, reason="He asked for it.")
    assert journey.state == "offering" and "Undo" not in desk.case()
    send(journey, desk)
    assert Offer.objects.filter(case=journey.case).count() == 2
    assert "Offers made before: 1." in desk.case()


def test_the_page_asks_the_database_a_fixed_number_of_times(journey, django_assert_num_queries):
    for number in range(5):
        somebody(User.Role.DEFENSE_COUNSEL, f"counsel-{number}")
    with signed_in(journey.people.prosecutor, journey) as client, django_assert_num_queries(11):
        client.get(reverse("send-offer", args=[journey.case.id]), choice(journey))
