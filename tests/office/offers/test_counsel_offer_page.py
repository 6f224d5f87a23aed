"""The offer on counsel's side: what it promises, the meeting, the forms, yes and no, and an interpreter."""

import pytest
from django.urls import reverse

from instead.office import clock
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.consents.actions import Signed, sign
from instead.office.consents.forms_2_31 import WORDS
from instead.office.consents.models import Consent
from instead.office.court.models import SpeedyTrialWaiver
from instead.office.offers import actions as offers
from instead.office.offers.interpreting import ask_interpreter
from instead.office.people.models import Person
from instead.office.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(journey, people, sign_in):
    journey.offered()
    return sign_in(people.counsel, journey.at)


def offer_page(journey):
    return reverse("counsel-offer", args=[journey.case.id])


def of_offer(name, journey):
    return reverse(name, args=[journey.offer.id])


def signing(*recipients, waiver="2019-05-04", **more):
    """What is sent for a yes with these forms signed."""
    signed = {f"sign-{one}": "yes" for one in recipients} | {f"name-{one}": "Jane Doe" for one in recipients}
    return {"waiver": waiver, "language": "en", **signed, **more}


def test_the_offer_asks_no_admission_and_no_money_and_says_what_it_promises(journey, reader):
    shown = reader.read(offer_page(journey))
    for words in (
        "No plea and no admission",
        "There is no fee",
        "Saying no costs nothing",
        "Use immunity",
        "It binds this office only",
        "no federal authority and no immigration authority",
        "12 hours of community service",
        "Nothing is taken away before it",
    ):
        assert words in shown


def test_a_plea_that_is_asked_is_not_hidden(journey, reader):
    terms = {**journey.offer.terms, "plea": "no_contest"}
    type(journey.offer).objects.update(terms=terms)
    shown = reader.read(offer_page(journey))
    assert "A plea is asked: no contest." in shown and "No plea and no admission" not in shown


@pytest.mark.parametrize(
    ("ticked", "said"),
    [({}, "report was in hand"), ({"report": "yes"}, "the clock waits"), ({"clear": "yes"}, "report was in hand")],
)
def test_without_both_confirmations_the_clock_waits(journey, reader, ticked, said):
    assert said in reader.send(of_offer("counsel-met", journey), **ticked)
    assert journey.state == "offered" and journey.offer.met_at is None


def test_the_clock_starts_with_the_meeting(journey, reader):
    shown = reader.send(of_offer("counsel-met", journey), report="yes", clear="yes")
    assert "The answer is due by Mon, May 13, 2019" in shown and journey.state == "answering"
    assert "Not done" in reader.send(of_offer("counsel-met", journey), report="yes", clear="yes")


def test_every_form_is_shown_word_for_word_with_what_it_means_to_leave_it(journey, reader):
    journey.meet()
    shown = reader.read(of_offer("counsel-yes", journey))
    for words in (
        *WORDS["en"].description.values(),
        *WORDS["en"].purpose.values(),
        WORDS["en"].revocable_from,
        "A yes needs this one.",
        "Free to sign or to leave.",
        "taking one back is no failure",
        "Rules 600 and 1013",
    ):
        assert words.replace("'", "&#x27;") in shown


def test_forms_are_read_and_kept_in_the_language_of_the_person(a_journey, people, sign_in):
    journey = a_journey().confirm().send("es").meet()
    reader = sign_in(people.counsel, journey.at)
    shown = reader.answer(of_offer("counsel-yes", journey)).content.decode()
    assert 'lang="es"' in shown and WORDS["es"].expires_event in shown
    assert WORDS["en"].expires_event in reader.read(of_offer("counsel-yes", journey) + "?language=en")
    reader.send(of_offer("counsel-yes", journey), **signing("office", language="es"))
    assert Consent.objects.get().language == "es" and Consent.objects.get().expires_event == WORDS["es"].expires_event


def test_a_yes_with_every_form(journey, reader):
    journey.meet()
    fields = signing("office", "coordinator", "counsel", **{"until-counsel": "2019-12-31"})
    shown = reader.send(of_offer("counsel-yes", journey), **fields)
    assert "The yes is on record" in shown and journey.state == "accepted"
    assert Consent.objects.count() == 3
    assert str(Consent.objects.get(recipient="counsel").expires_on) == "2019-12-31"
    assert str(SpeedyTrialWaiver.objects.get().signed_on) == "2019-05-04"


def test_a_yes_with_the_one_form_it_needs(journey, reader):
    journey.meet()
    reader.send(of_offer("counsel-yes", journey), **signing("office"))
    assert journey.state == "accepted" and Consent.objects.get().recipient == "office"


def test_a_form_that_stands_already_is_not_asked_again(journey, reader):
    journey.meet()
    signed = Signed(Consent.Recipient.OFFICE, "Jane Doe")
    sign(
        journey.case.person, journey.case, signed, organization=journey.case.office, doer=journey.person, at=journey.at
    )
    shown = reader.read(of_offer("counsel-yes", journey))
    assert "Signed already, and standing: prosecutor&#x27;s office" in shown and "Form 1 of 2" in shown
    reader.send(of_offer("counsel-yes", journey), **signing())
    assert journey.state == "accepted"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (signing("coordinator", "counsel"), "a yes needs a signed consent"),
        (signing("office", waiver=""), "is no date"),
        (signing("office", waiver="2019-05-09"), "has not come yet"),
        (signing("office", **{"name-office": " "}), "ticked but not signed"),
        (signing("office", **{"name-counsel": "Jane Doe"}), "box is not ticked"),
        (signing("office", **{"until-office": "soon"}), "is no date"),
        (signing("office", **{"until-office": "2019-01-01"}), "cannot end before it begins"),
        (signing("office", **{"name-office": "J" * 201}), "too long"),
        (signing("office", language="fr"), "there is no form in"),
    ],
)
def test_a_yes_that_cannot_be_is_said_and_nothing_typed_is_lost(journey, reader, fields, said):
    journey.meet()
    shown = reader.send(of_offer("counsel-yes", journey), status=422, **fields)
    assert "Not done:" in shown and said in shown
    assert journey.state == "answering" and not Consent.objects.exists() and not SpeedyTrialWaiver.objects.exists()


def test_what_was_typed_stands_on_the_form_again(journey, reader):
    journey.meet()
    fields = signing("office", waiver="2019-05-09", **{"name-office": '"><script>x</script>'})
    shown = reader.sent(of_offer("counsel-yes", journey), 422, **fields).content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;x' in shown and "<script>x" not in shown and 'value="2019-05-09"' in shown


def test_a_no_needs_no_reason(journey, reader):
    journey.meet()
    shown = reader.send(of_offer("counsel-no", journey))
    assert "as if no offer had been made" in shown and journey.state == "refused"
    assert "answered already" in reader.send(of_offer("counsel-no", journey))


def test_a_yes_that_is_sent_twice_is_done_once(journey, reader):
    journey.meet()
    reader.send(of_offer("counsel-yes", journey), **signing("office"))
    shown = reader.send(of_offer("counsel-yes", journey), **signing("office"))
    assert "this offer cannot be answered now" in shown and Consent.objects.count() == 1


def test_a_form_of_an_offer_that_another_one_replaced_is_refused(journey, people, reader):
    journey.meet()
    old = of_offer("counsel-yes", journey), of_offer("counsel-met", journey), of_offer("counsel-no", journey)
    reader.send(of_offer("counsel-no", journey))
    offers.offer_again(journey.case.id, "The person asks.", actor=people.prosecutor, at=journey.at)
    journey.send().meet()
    for address in old:
        assert "Not done" in reader.send(address, report="yes", clear="yes", **signing("office"))
    assert journey.state == "answering"


def test_the_answer_of_the_person_is_shown(journey, reader):
    journey.meet()
    offers.refuse(journey.offer.id, doer=journey.person, at=journey.at)
    assert "The answer was no , on May 4, 2019, given by the person." in reader.read(offer_page(journey))


def test_an_interpreter_is_asked_for_and_found(journey, reader):
    shown = reader.send(reverse("counsel-interpreter", args=[journey.case.id]), language=" Portuguese ")
    assert "Asked for: Portuguese" in shown and Person.objects.get().interpreter == "Portuguese"
    task = Task.objects.get(kind="interpreter", done_at=None)
    assert task.role == "coordinator" and task.due_on is not None
    reader.send(reverse("counsel-interpreter", args=[journey.case.id]), found="yes")
    assert not Task.objects.filter(kind="interpreter", done_at=None).exists()
    shown = reader.send(reverse("counsel-interpreter", args=[journey.case.id]), found="yes")
    assert "nobody is looking for an interpreter" in shown


def test_the_coordinator_says_that_an_interpreter_is_found(journey, people, reader, client):
    reader.send(reverse("counsel-interpreter", args=[journey.case.id]), language="Khmer")
    client.force_login(people.coordinator)
    page = reverse("health-case", args=[journey.case.id])
    assert "An interpreter is needed: Khmer" in reader.read(page)
    reader.send(reverse("health-case-do", args=[journey.case.id, "interpreter-found"]))
    assert "An interpreter is needed: Khmer" not in reader.read(page)
    assert not Task.objects.filter(kind="interpreter", done_at=None).exists()


@pytest.mark.parametrize(("language", "said"), [("", "name the language"), ("x" * 61, "too long")])
def test_a_language_that_cannot_be_is_said(journey, reader, language, said):
    assert said in reader.send(reverse("counsel-interpreter", args=[journey.case.id]), language=language)
    assert Person.objects.get().interpreter == ""


def test_the_search_for_an_interpreter_ends_with_the_meeting(journey, people):
    journey.offered()
    ask_interpreter(journey.case.id, "Khmer", actor=people.counsel, at=journey.at)
    journey.meet()
    assert not Task.objects.filter(kind="interpreter", done_at=None).exists()


def test_an_interpreter_that_the_office_asks_for_with_the_offer_is_looked_for(journey, people):
    journey.confirm()
    offers.send_offer(
        journey.case.id,
        policy_in_force(),
        counsel=people.counsel,
        language="en",
        interpreter="Khmer",
        actor=people.prosecutor,
        at=journey.at,
    )
    assert Task.objects.filter(kind="interpreter", done_at=None).exists()


def test_the_letter_is_read_word_for_word_in_both_languages_and_as_a_file(journey, reader, settings):
    settings.INSTEAD_PHONE = "215 555 0100"
    journey.case.person.__class__.objects.update(name="<script>alert(1)</script>")
    english = reader.answer(of_offer("counsel-letter", journey)).content.decode()
    assert "Nobody asks you to say that you did something." in english
    assert "<script>alert" not in english and "215 555 0100" in english
    spanish = reader.answer(of_offer("counsel-letter", journey) + "?language=es").content.decode()
    assert 'lang="es"' in spanish and spanish != english
    file = reader.answer(of_offer("counsel-letter-file", journey) + "?language=es")
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF-")


def test_a_letter_that_cannot_be_written_says_why(journey, reader):
    shown = reader.read(of_offer("counsel-letter", journey))
    assert "The letter cannot be written here" in shown and "telephone is not set" in shown
    with clock.standing_still(journey.at):
        answer = reader.client.get(of_offer("counsel-letter-file", journey), follow=True)
    assert "telephone is not set" in answer.content.decode()


@pytest.mark.parametrize("name", ["counsel-offer", "counsel-yes"])
def test_the_pages_ask_the_database_a_fixed_number_of_times(journey, reader, name, django_assert_max_num_queries):
    journey.meet()
    address = offer_page(journey) if name == "counsel-offer" else of_offer(name, journey)
    with django_assert_max_num_queries(17):
        reader.read(address)
