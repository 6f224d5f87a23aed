"""How it goes on counsel's side: by consent alone; proof, papers, hours, the second look, and consents taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from instead.office.accounts.doers import staff
from instead.office.closing import proof, second_look, service
from instead.office.closing.models import Document, Proof, SecondLook, ServiceHours
from instead.office.consents import actions as consents
from instead.office.consents.models import Consent, Disclosure
from instead.office.court import actions as court
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments.documents import MOST_BYTES, stored_at
from instead.office.ledger.models import Entry
from support.journey import DAY, a_service

pytestmark = pytest.mark.django_db
OFFICE, COUNSEL = Consent.Recipient.OFFICE, Consent.Recipient.COUNSEL


@pytest.fixture(autouse=True)
def papers_apart(settings, tmp_path):
    settings.INSTEAD_DOCUMENTS = tmp_path / "documents"


@pytest.fixture
def counsel(people, sign_in):
    """Counsel signed in at the moment where a journey is."""
    return lambda journey: sign_in(people.counsel, journey.at)


def page(name, journey):
    return reverse(f"counsel-{name}", args=[journey.case.id])


def engaged(journey, *recipients):
    """On the way into treatment, with only these consents signed besides the coordinator's."""
    journey.answering().accept(*recipients, Consent.Recipient.COORDINATOR)
    return journey.book(a_service(journey.people)).later(2).assess().later().engage()


# What may be known


def test_without_a_consent_for_counsel_nothing_is_told(journey, counsel):
    engaged(journey, OFFICE).file()
    for name in ("progress", "file-proof"):
        shown = counsel(journey).read(page(name, journey))
        assert "No consent for you stands" in shown
        assert "Assessed on" not in shown and "Engaged in treatment" not in shown


def test_with_a_consent_the_four_facts_are_shown_as_they_were_told(journey, counsel):
    engaged(journey, OFFICE, COUNSEL)
    assert "Nothing has been told to you yet" in counsel(journey).read(page("progress", journey))
    journey.file()
    shown = counsel(journey).read(page("progress", journey))
    assert "Assessed on May 6, 2019 Engaged in treatment yes Attendance attends Completed no" in shown


def test_asking_how_it_stands_is_a_disclosure_on_record(journey, counsel):
    engaged(journey, OFFICE, COUNSEL)
    shown = counsel(journey).send(page("look", journey))
    assert "Engaged in treatment yes" in shown
    told = Disclosure.objects.get(consent__recipient=COUNSEL)
    assert told.as_role == "defense_counsel" and told.notice
    assert Entry.objects.filter(kind="disclosure", subject=journey.case.id).exists()


def test_what_is_not_known_is_said(journey, counsel):
    journey.accepted()
    shown = counsel(journey).send(page("look", journey))
    assert "Assessed on not known" in shown


def test_another_condition_is_told_without_a_word_of_why(journey, counsel, people):
    journey.accepted().book(a_service(people)).later(2).assess()
    enrolments.take(journey.enrolment.id, "find_not_needed", doer=staff(people.provider), at=journey.at)
    reader = counsel(journey)
    before = reader.read(page("progress", journey))
    assert "Another condition takes the place" not in before and "The office says what it asks next" in before
    shown = reader.send(page("look", journey))
    assert "Another condition takes the place of treatment. Why is not told." in shown
    assert "Assessed on" not in shown


def test_asking_without_a_consent_is_refused(journey, counsel):
    engaged(journey, OFFICE)
    assert "has not agreed that the defense counsel is told" in counsel(journey).send(page("look", journey))
    assert not Disclosure.objects.filter(consent__recipient=COUNSEL).exists()


def test_once_taken_back_nothing_is_shown(journey, counsel):
    engaged(journey, OFFICE, COUNSEL).file()
    reader = counsel(journey)
    shown = reader.send(reverse("counsel-take-back", args=[Consent.objects.get(recipient=COUNSEL).id]))
    assert "Taken back." in shown and journey.state == "proof_filed"
    assert "Engaged in treatment" not in reader.read(page("progress", journey))


# Proof


def test_proof_is_filed_by_the_consent_for_the_office(journey, counsel):
    engaged(journey, OFFICE)
    reader = counsel(journey)
    assert "You do not see what is told." in reader.read(page("file-proof", journey))
    shown = reader.send(page("file-proof", journey))
    assert "Proof is filed." in shown and "Filed May 7, 2019: filed." in shown and journey.state == "proof_filed"
    assert Disclosure.objects.get(consent__recipient=OFFICE).as_role == "defense_counsel"


def test_what_would_be_told_is_shown_first_where_counsel_may_see_it(journey, counsel):
    engaged(journey, OFFICE, COUNSEL)
    reader = counsel(journey)
    assert "Engaged in treatment" not in reader.read(page("file-proof", journey))
    assert "Engaged in treatment yes" in reader.send(page("look", journey), back="file")
    assert not Proof.objects.exists()


def test_filing_twice_is_said(journey, counsel):
    engaged(journey, OFFICE)
    reader = counsel(journey)
    reader.send(page("file-proof", journey))
    assert "proof cannot be filed while" in reader.send(page("file-proof", journey), 422)
    assert Proof.objects.count() == 1


def test_without_a_consent_for_the_office_nothing_can_be_filed(journey, counsel):
    engaged(journey, OFFICE)
    consents.take_back(Consent.objects.get(recipient=OFFICE).id, doer=journey.person, at=journey.at)
    reader = counsel(journey)
    assert "No consent for the office stands" in reader.read(page("file-proof", journey))
    assert "has not agreed" in reader.send(page("file-proof", journey), 422)
    assert not Proof.objects.exists()


def test_the_one_more_thing_is_named_with_its_date(journey, people, counsel):
    engaged(journey, OFFICE).file()
    thing = "The date of the assessment, <b>please</b>."
    proof.ask_one_more(Proof.objects.get().id, thing, actor=people.prosecutor, at=journey.at)
    shown = counsel(journey).answer(page("progress", journey)).content.decode()
    assert "The date of the assessment, &lt;b&gt;please" in shown and "One more thing by Tue, May 21, 2019" in shown


# Papers


def a_paper(content=b"%PDF-1.7 a letter", name="letter.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_paper_is_handed_in_and_what_it_says_is_shown_nowhere(journey, counsel):
    journey.accepted()
    shown = counsel(journey).send(page("paper", journey), paper=a_paper(b"%PDF-1.7 methadone", "clinic-on-9th.pdf"))
    assert "waits to be opened on the health side" in shown
    assert "methadone" not in shown and "clinic-on-9th" not in shown
    document = Document.objects.get()
    assert document.uploaded_as == "defense_counsel" and stored_at(document).read_bytes() == b"%PDF-1.7 methadone"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90 a program", "only a PDF or a picture"),
        (b"<html><script>alert(1)</script></html>", "only a PDF or a picture"),
        (b"", "the file is empty"),
        (b"%PDF-" + b"x" * MOST_BYTES, "at most 10,485,760 (10 MB)"),
    ],
)
def test_a_paper_of_the_wrong_type_or_size_is_refused(journey, counsel, content, said):
    journey.accepted()
    assert said in counsel(journey).send(page("paper", journey), paper=a_paper(content))
    assert not Document.objects.exists()


def test_no_paper_and_text_in_its_place_are_refused(journey, counsel):
    journey.accepted()
    for fields in ({}, {"paper": "%PDF-1.7"}):
        assert "choose a file first" in counsel(journey).send(page("paper", journey), **fields)


def test_the_same_paper_twice_is_one_paper(journey, counsel):
    journey.accepted()
    reader = counsel(journey)
    for _ in range(2):
        reader.send(page("paper", journey), paper=a_paper())
    assert Document.objects.count() == 1


# Hours of service


def in_service(journey, people):
    journey.accepted().book(a_service(people)).later(2).assess()
    enrolments.take(journey.enrolment.id, "find_not_needed", doer=staff(people.provider), at=journey.at)
    service.start_service(journey.case.id, actor=people.prosecutor, at=journey.at)
    return journey


HOURS = {"hours": "12", "place": "the food bank", "first_day": "2019-05-01", "last_day": "2019-05-03"}


def test_hours_are_filed(journey, people, counsel):
    reader = counsel(in_service(journey, people))
    assert "0 filed of 12 asked" in reader.read(page("progress", journey))
    shown = reader.send(page("hours", journey), **HOURS)
    assert "12 hours at the food bank" in shown and journey.state == "service_filed"
    assert "cannot follow" in reader.send(page("hours", journey), 422, **HOURS)
    assert ServiceHours.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"hours": "twelve"}, "whole number"),
        ({"hours": "1.5"}, "whole number"),
        ({"hours": "0"}, "from 1 to 1,000"),
        ({"hours": "²"}, "whole number"),
        ({"place": " "}, "where the hours were done"),
        ({"first_day": "last week"}, "is no date"),
        ({"first_day": "2019-05-04", "last_day": "2019-05-01"}, "comes before the last"),
        ({"last_day": "2029-01-01"}, "not after today"),
    ],
)
def test_hours_that_cannot_be_are_said_and_nothing_typed_is_lost(journey, people, counsel, changed, said):
    reader = counsel(in_service(journey, people))
    answer = reader.sent(page("hours", journey), 422, **HOURS | changed)
    assert said in answer.content.decode() and not ServiceHours.objects.exists()
    kept = (HOURS | changed)["hours"]
    assert f'name="hours" inputmode="numeric" value="{kept}"' in answer.content.decode()


def test_what_is_still_needed_of_the_hours_is_said(journey, people, counsel):
    reader = counsel(in_service(journey, people))
    reader.send(page("hours", journey), **HOURS)
    service.ask_more_service(journey.case.id, "A signature of the food bank", actor=people.prosecutor, at=journey.at)
    assert "Still needed: A signature of the food bank" in reader.read(page("progress", journey))


def test_the_person_may_want_treatment_after_all(journey, people, counsel):
    reader = counsel(in_service(journey, people))
    assert "Your client wants treatment after all" in reader.read(page("progress", journey))
    reader.send(page("treatment", journey))
    assert journey.state == "accepted"


# The second look


@pytest.fixture
def look(journey, people):
    journey.accepted()
    because = SecondLook.Because.NEW_ARREST
    return second_look.open_second_look(journey.case.id, because, doer=staff(people.prosecutor), at=journey.at)


def look_page(look):
    return reverse("counsel-second-look", args=[look.id])


def mark(reader, look):
    return reader.answer(look_page(look)).context["seen"]


def test_both_sides_are_read_and_counsels_reasons_are_given(journey, people, counsel, look):
    second_look.give_reasons(look.id, "An arrest on May 2.", actor=people.prosecutor, at=journey.at)
    reader = counsel(journey)
    shown = reader.read(look_page(look))
    assert "a new arrest" in shown and "An arrest on May 2." in shown and "Your reasons by Fri, May 17, 2019" in shown
    reasons = "It was another person.\n<script>alert(1)</script>"
    shown = reader.sent(look_page(look), reasons=reasons, seen=mark(reader, look)).content.decode()
    assert "reasons are on record" in shown
    look.refresh_from_db()
    assert look.defense_reasons.startswith("It was another person.") and look.defense_by == people.counsel
    again = reader.answer(look_page(look)).content.decode()
    assert "&lt;script&gt;" in again and "<script>alert" not in again


def test_empty_reasons_are_refused(journey, counsel, look):
    reader = counsel(journey)
    assert "the reasons are empty" in reader.send(look_page(look), 422, reasons=" ", seen=mark(reader, look))


def test_a_colleagues_words_are_not_written_over_unread(journey, colleague, counsel, look):
    reader = counsel(journey)
    seen = mark(reader, look)
    second_look.give_reasons(look.id, "Written by Tam.", actor=colleague, at=journey.at)
    shown = reader.send(look_page(look), 422, reasons="My own words.", seen=seen)
    assert "a colleague has written meanwhile" in shown
    assert "Written by Tam." in shown and "My own words." in shown
    reader.send(look_page(look), reasons="Both our words.", seen=mark(reader, look))
    look.refresh_from_db()
    assert look.defense_reasons == "Both our words."


def test_after_the_decision_nothing_is_changed_and_nothing_typed_is_lost(journey, people, counsel, look):
    reader = counsel(journey)
    seen = mark(reader, look)
    second_look.give_reasons(look.id, "Enough.", actor=people.prosecutor, at=journey.at)
    second_look.keep_offer(look.id, new_date=None, actor=people.prosecutor, at=journey.at)
    shown = reader.send(look_page(look), 422, reasons="Too late.", seen=seen)
    assert "decided already" in shown and "Too late." in shown and "the offer stands" in shown
    assert "Earlier second looks" in reader.read(page("progress", journey))


def test_missed_appointments_are_named_only_to_a_counsel_who_may_know(journey, people, counsel):
    place = a_service(people)
    journey.answering().accept(OFFICE, Consent.Recipient.COORDINATOR)
    for _ in range(2):
        journey.book(place).later(2)
        enrolments.miss(journey.enrolment.id, doer=staff(people.provider), at=journey.at)
    reader = counsel(journey)
    look = SecondLook.objects.get()
    assert "missed appointments" not in reader.read(look_page(look))
    reader.send(reverse("counsel-sign", args=[journey.case.id, "counsel"]), **signing("counsel"))
    assert "missed appointments" in reader.read(look_page(look))


# In court


def test_the_next_day_in_court_and_the_trial_clock_are_shown(journey, people, counsel):
    journey.accepted()
    docket = journey.docket()
    court.list_hearing(docket.id, journey.at + 9 * DAY, courtroom="903", doer=staff(people.prosecutor), at=journey.at)
    shown = counsel(journey).read(page("progress", journey))
    assert "Next: Mon, May 13, 2019, 9:00 PM , courtroom 903" in shown
    assert "Pa.R.Crim.P. 1013" in shown and "held by the waiver" in shown and "If the case returned today" in shown
    assert "Speedy trial waived from May 4, 2019 until the case returns, signed May 4, 2019." in shown


# Consents


def signing(recipient, **more):
    return {f"sign-{recipient}": "yes", f"name-{recipient}": "Jane Doe", "language": "en", **more}


def test_every_consent_is_shown_word_for_word_and_can_be_taken_back(journey, counsel):
    journey.accepted()
    reader = counsel(journey)
    shown = reader.read(page("consents", journey))
    assert shown.count("stands") >= 3 and "At once, by this office&#x27;s choice" in shown
    for consent in Consent.objects.all():
        reader.send(reverse("counsel-take-back", args=[consent.id]))
    shown = reader.read(page("consents", journey))
    assert "taken back May 4, 2019" in shown and journey.state == "accepted" and not SecondLook.objects.exists()


def test_taking_back_twice_is_said(journey, counsel):
    journey.accepted()
    reader = counsel(journey)
    address = reverse("counsel-take-back", args=[Consent.objects.first().id])
    reader.send(address)
    assert "taken back already" in reader.send(address)


def test_a_form_left_unsigned_can_be_signed_later(journey, counsel):
    journey.answering().accept(OFFICE)
    reader = counsel(journey)
    address = reverse("counsel-sign", args=[journey.case.id, "counsel"])
    assert "Signed, and on record." in reader.send(address, **signing("counsel"))
    assert "there is a consent for the defense counsel already" in reader.send(address, **signing("counsel"))
    assert Consent.objects.filter(recipient=COUNSEL).count() == 1


def test_a_form_that_is_not_signed_is_said(journey, counsel):
    journey.answering().accept(OFFICE)
    reader = counsel(journey)
    address = reverse("counsel-sign", args=[journey.case.id, "counsel"])
    for fields, said in (
        ({}, "not signed"),
        ({"name-counsel": "J"}, "not ticked"),
        ({"sign-counsel": "yes"}, "ticked but"),
    ):
        assert said in reader.send(address, **fields)
    reader.send(reverse("counsel-sign", args=[journey.case.id, "neighbor"]), 404)
    assert not Consent.objects.filter(recipient=COUNSEL).exists()


def test_no_form_is_signed_before_the_yes_or_after_the_end(journey, counsel):
    journey.answering()
    reader = counsel(journey)
    address = reverse("counsel-sign", args=[journey.case.id, "office"])
    assert "with the yes or after it" in reader.send(address, **signing("office"))
    assert "Can still be signed" not in reader.read(page("consents", journey))
    journey.accept(OFFICE, Consent.Recipient.COORDINATOR).book(a_service(journey.people)).later(2).assess().engage()
    journey.file().verify()
    journey.docket()
    journey.ask_court().confirm_dockets()
    reader = counsel(journey)
    assert journey.state == "withdrawn_engaged"
    assert "not once the case is over" in reader.send(
        reverse("counsel-sign", args=[journey.case.id, "counsel"]), **signing("counsel")
    )
    assert "Can still be signed" not in reader.read(page("consents", journey))


@pytest.mark.parametrize("name", ["progress", "consents", "file-proof", "hours"])
def test_the_pages_ask_the_database_a_fixed_number_of_times(journey, counsel, name, django_assert_max_num_queries):
    engaged(journey, OFFICE, COUNSEL).file()
    reader = counsel(journey)
    with django_assert_max_num_queries(24):
        reader.read(page(name, journey))
