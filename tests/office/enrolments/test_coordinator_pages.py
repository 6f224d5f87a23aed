"""The coordinator's pages: nearest deadline first, nothing of treatment without consent, every step a button."""

import re
import uuid

import pytest
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.closing.models import Document, SecondLook, ServiceHours
from instead.office.consents.models import Consent, Disclosure
from instead.office.court import actions as court
from instead.office.court.models import Listing
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import documents, referring
from instead.office.enrolments.models import Appointment, Referral
from instead.office.people.models import Person
from instead.office.treatment.models import Provider, Service
from support.journey import DAY, Journey, a_service

OFFICE, COORDINATOR = Consent.Recipient.OFFICE, Consent.Recipient.COORDINATOR
LABEL = "R / ETH / 42CFRPart2"


@pytest.fixture
def site(client, journey):
    client.force_login(journey.people.coordinator)
    with clock.another_clock(lambda: journey.at):
        yield client


def shown(site, address, *args, **more):
    return site.get(reverse(address, args=args), more).content.decode()


def press(site, address, *args, **fields):
    return site.post(reverse(address, args=args), fields, follow=True).content.decode()


def main_part(text):
    return text[text.index("<main") :]


def test_the_nearest_deadline_stands_first(site, journey, tmp_path):
    later, sooner = Journey(tmp_path, 2, journey.people), Journey(tmp_path, 3, journey.people)
    for one, name in ((later, "Later, Lee"), (sooner, "Sooner, Sue")):
        Person.objects.filter(pk=one.case.person_id).update(name=name)
    later.accepted()
    sooner.offered()
    text = shown(site, "coordination")
    assert text.index("Sooner, Sue") < text.index("Later, Lee")
    assert "Bring counsel and the person together" in text
    assert "Later, Lee" not in main_part(shown(site, "coordination", name="sooner"))


def test_people_come_to_the_list_with_an_offer_and_go_with_the_end_of_the_case(site, journey):
    assert "Nobody is with you yet" in shown(site, "coordination") or journey.case.health
    journey.engaged()
    assert "1 person" in shown(site, "coordination")
    journey.file().verify().docket()
    journey.ask_court().confirm_dockets()
    assert "0 people" in shown(site, "coordination")


def test_by_consent_place_and_appointment_are_seen_and_never_what_is_offered_there(site, journey, place):
    Service.objects.filter(pk=place.pk).update(title="Methadone clinic", level="3.7", level_edition="4", methadone=True)
    journey.accepted().book(place)
    text = shown(site, "health-case", journey.case.pk) + shown(site, "health-places", journey.case.pk)
    assert "Larkmere Night Intake" in text and LABEL in text and "Move the appointment" in text
    for never in ("ethadone", "3.7", "heroin", journey.case.charges.first().citation):
        assert never not in text


def test_without_consent_the_page_says_so_and_shows_only_what_needs_none(site, journey, place):
    journey.answering().accept(OFFICE)
    enrolments.book(journey.enrolment.id, place, journey.at + DAY, doer=journey.person, at=journey.at)
    journey.docket()
    text = shown(site, "health-case", journey.case.pk) + shown(site, "coordination")
    assert "has not agreed that you see place and appointments" in text and "no consent to see" in text
    for never in ("Larkmere", "appointment is booked", "Move the appointment", "Places to choose from"):
        assert never not in text
    assert "Not done" in press(site, "enrolment-do", journey.enrolment.pk, "missed")
    assert "Not done" in press(site, "health-case-do", journey.case.pk, "refer", service=str(place.pk))
    assert not Disclosure.objects.filter(consent__recipient=COORDINATOR).exists()


def test_without_consent_the_forms_are_one_link_away_and_signing_opens_the_view(site, journey, place):
    journey.answering().accept(OFFICE)
    enrolments.book(journey.enrolment.id, place, journey.at + DAY, doer=journey.person, at=journey.at)
    assert reverse("desk-consent", args=[journey.enrolment.pk]) in shown(site, "health-case", journey.case.pk)
    press(site, "desk-consent", journey.enrolment.pk, recipient="coordinator", signature="Jane Doe")
    text = shown(site, "health-case", journey.case.pk)
    assert "Larkmere" in text and "to read and sign together" not in text
    assert Disclosure.objects.filter(consent__recipient=COORDINATOR, kind="progress").exists()


def test_a_consent_taken_back_closes_the_view_at_once(site, journey, place):
    journey.accepted().book(place)
    assert "Larkmere" in shown(site, "health-case", journey.case.pk)
    consent = journey.case.consents.get(recipient=COORDINATOR)
    assert "no failure" in press(site, "health-case-do", journey.case.pk, "take-back-consent", consent=str(consent.pk))
    assert "Larkmere" not in main_part(shown(site, "health-case", journey.case.pk))
    assert journey.state == "accepted" and not SecondLook.objects.exists()


def test_a_place_is_chosen_with_its_reasons_and_asked(site, journey, place):
    journey.accepted()
    far = Provider.objects.create(name="No Answer Here", source="list", zip_code="19134")
    Service.objects.create(provider=far, title="Program", latitude=39.99, longitude=-75.11)
    text = shown(site, "health-places", journey.case.pk, zip="19134", language="es", open_at="2019-05-06T09:00")
    for words in (
        "Larkmere",
        "No Answer Here",
        "Call them",
        "3 of 3 places free",
        "0.0 miles",
        "Spanish is spoken is not",
    ):
        assert words in text
    assert "Hours are not known" in text
    assert "is asked" in press(site, "health-case-do", journey.case.pk, "refer", service=str(place.pk))
    assert Referral.objects.get().state == "made"
    assert "Asked, and has not said no" in shown(site, "health-places", journey.case.pk)
    assert "Not done" in press(site, "health-case-do", journey.case.pk, "refer", service=str(place.pk))


def test_nothing_is_hidden_among_the_places(site, journey):
    journey.accepted()
    for number in range(15):
        provider = Provider.objects.create(name=f"Clinic {number:02d}", source="list")
        Service.objects.create(provider=provider, title="Program")
    assert "12 of 15 shown" in shown(site, "health-places", journey.case.pk)
    every = shown(site, "health-places", journey.case.pk, all="1")
    assert all(f"Clinic {number:02d}" in every for number in range(15))


@pytest.mark.parametrize("wish", [{"zip": "99999"}, {"zip": "a<b>"}, {"open_at": "soon"}, {"language": "xx"}])
def test_a_wish_that_cannot_be_read_is_told_or_left_out(site, journey, wish):
    journey.accepted()
    answer = site.get(reverse("health-places", args=[journey.case.pk]), wish)
    text = answer.content.decode()
    assert answer.status_code == 200 and "<b>" not in text
    assert ("Not used:" in text) == ("language" not in wish)


def test_booking_moving_and_excusing(site, journey, place):
    journey.accepted()
    id_, day = journey.enrolment.pk, (journey.today + 3 * DAY).isoformat()
    assert "Booked" in press(site, "enrolment-do", id_, "book", service=str(place.pk), day=day, hour="10:00")
    assert "Booked" in press(site, "enrolment-do", id_, "book", service=str(place.pk), day=day, hour="11:00")
    states = sorted(Appointment.objects.values_list("state", flat=True))
    assert states == ["booked", "moved"]
    journey.later(4)
    assert "did not come" in press(site, "enrolment-do", id_, "missed")
    assert "Excused" in press(site, "enrolment-do", id_, "excuse", reason="court")
    assert Appointment.objects.filter(excuse="court").count() == 1


def test_away_and_back_stop_and_start_the_persons_clock(site, journey, place):
    journey.accepted().book(place)
    assert "stands still" in press(site, "enrolment-do", journey.enrolment.pk, "away")
    assert journey.enrolment.state == "away"
    assert "Back" in press(site, "enrolment-do", journey.enrolment.pk, "back-to-booking")
    assert journey.enrolment.state == "to_book"


def test_a_question_to_a_clinic_is_taken_back_or_the_person_chooses_otherwise(site, journey, place):
    journey.accepted()
    one, two = journey.refer(place), journey.refer(a_service(journey.people, title="Day"))
    press(site, "referral-end", one.pk, "take-back")
    press(site, "referral-end", two.pk, "otherwise")
    assert sorted(Referral.objects.values_list("state", flat=True)) == ["taken_back", "withdrawn"]


def test_days_in_court_are_planned_and_settled(site, journey):
    journey.accepted()
    day = court.list_hearing(
        journey.docket().id, journey.at + 2 * DAY, doer=staff(journey.people.prosecutor), at=journey.at
    )
    press(site, "listing-do", day.pk, "plan", way_there="with Ms. Reyes")
    assert "with Ms. Reyes" in shown(site, "health-case", journey.case.pk)
    assert "Not done" in press(site, "listing-do", day.pk, "there")
    assert "Not done" in press(site, "listing-do", day.pk, "plan", way_there=" ")
    assert "Excused" in press(site, "listing-do", day.pk, "excused")
    assert Listing.objects.get().state == "excused"
    assert "Not done" in press(site, "listing-do", day.pk, "excused")


def test_custody_is_noted_and_ended(site, journey):
    journey.accepted()
    assert "In custody" in press(site, "health-case-do", journey.case.pk, "custody", since=journey.today.isoformat())
    assert "In custody since" in shown(site, "health-case", journey.case.pk)
    assert "Not done" in press(site, "health-case-do", journey.case.pk, "custody", since=journey.today.isoformat())
    assert "free" in press(site, "health-case-do", journey.case.pk, "free", until="")
    assert "Not done" in press(site, "health-case-do", journey.case.pk, "free", until="")


@pytest.fixture
def paper(journey):
    journey.engaged()
    return documents.upload(journey.case.id, b"%PDF-1.4 <script>", doer=staff(journey.people.counsel), at=journey.at)


def test_a_paper_is_saved_and_never_shown_by_the_browser(site, journey, paper):
    answer = site.post(reverse("open-paper", args=[paper.pk]))
    assert answer.content == b"%PDF-1.4 <script>"
    assert answer["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"] == "application/pdf" and "default-src 'none'" in answer["Content-Security-Policy"]
    paper.refresh_from_db()
    assert paper.opened_by == journey.people.coordinator


def test_a_paper_becomes_four_facts_and_is_destroyed(site, paper):
    assert "open the paper first" in press(site, "reduce-paper", paper.pk, engaged="yes")
    site.post(reverse("open-paper", args=[paper.pk]))
    assert "the form is empty" in press(site, "reduce-paper", paper.pk)
    assert "Not done" in press(site, "reduce-paper", paper.pk, attendance="heroin")
    assert "Not done" in press(site, "reduce-paper", paper.pk, assessed_on="2031-01-01")
    assert "destroyed" in press(site, "reduce-paper", paper.pk, engaged="yes", attendance="attending")
    told = Disclosure.objects.get(consent__recipient=OFFICE).told
    assert told == {"assessed_on": None, "engaged": True, "attendance": "attending", "completed": None}
    assert not documents.stored_at(Document.objects.get()).exists()
    assert "Not done" in press(site, "open-paper", paper.pk)


def test_a_paper_that_says_nothing_is_destroyed(site, paper):
    site.post(reverse("open-paper", args=[paper.pk]))
    assert "Destroyed" in press(site, "destroy-paper", paper.pk)
    assert not documents.stored_at(paper).exists() and not Disclosure.objects.filter(consent__recipient=OFFICE)


def test_hours_of_service_are_filed_for_the_person(site, journey):
    journey.accepted()
    press(site, "health-case-do", journey.case.pk, "start-service")
    assert journey.state == "service"
    today = journey.today.isoformat()
    good = {"hours": "12", "place": "food bank", "first_day": today, "last_day": today}
    for bad in ({"hours": "-3"}, {"hours": "1" * 30}, {"place": ""}, {"last_day": "2031-01-01"}, {"first_day": "x"}):
        assert "Not done" in press(site, "health-case-do", journey.case.pk, "file-hours", **(good | bad))
    assert "Filed" in press(site, "health-case-do", journey.case.pk, "file-hours", **good)
    assert ServiceHours.objects.get().hours == 12 and journey.state == "service_filed"


def test_another_condition_is_said_when_consent_came_later(site, journey, place):
    journey.answering().accept(OFFICE, COORDINATOR)
    journey.book(place).later(2).assess()
    consent = journey.case.consents.get(recipient=OFFICE)
    press(site, "health-case-do", journey.case.pk, "take-back-consent", consent=str(consent.pk))
    enrolments.take(journey.enrolment.id, "find_not_needed", doer=staff(journey.people.provider), at=journey.at)
    assert journey.state == "accepted"
    assert "may not be told yet" in shown(site, "health-case", journey.case.pk)
    assert "Not done" in press(site, "health-case-do", journey.case.pk, "other-condition")
    press(site, "desk-consent", journey.enrolment.pk, recipient="office", signature="Jane Doe")
    assert "no word of why" in press(site, "health-case-do", journey.case.pk, "other-condition")
    assert journey.state == "other_condition"


def test_proof_is_filed_from_the_page_and_a_second_look_is_asked_for(site, journey, place):
    journey.engaged(place)
    assert "Filed" in press(site, "enrolment-do", journey.enrolment.pk, "file-proof")
    assert "Not done" in press(site, "health-case-do", journey.case.pk, "second-look", because="consent_revoked")
    assert "Not done" in press(site, "health-case-do", journey.case.pk, "second-look", because="reopened")
    assert "second look is open" in press(site, "health-case-do", journey.case.pk, "second-look", because="new_arrest")
    assert journey.state == "second_look"


def test_every_change_that_the_coordinator_learns_of_is_logged_with_consent_and_notice(site, journey, place):
    """Each step of the clinic that shows on the coordinator's page has its disclosure."""
    journey.accepted()
    told = Disclosure.objects.filter(consent__recipient=COORDINATOR)
    doer, id_ = staff(journey.people.provider), journey.enrolment.pk
    referral = journey.refer(place)
    steps = [
        lambda: referring.answer_no(referral.id, "answer_full", doer=doer, at=journey.at),
        lambda: referring.undo_answer(referral.id, doer=doer, at=journey.at),
        lambda: referring.accept(referral.id, doer=doer, at=journey.at),
        lambda: referring.arrive(referral.id, doer=doer, at=journey.at),
        lambda: enrolments.assess(id_, journey.today, doer=doer, at=journey.at),
        lambda: enrolments.take(id_, "wait_for_place", doer=doer, at=journey.at),
        lambda: enrolments.engage(id_, journey.today, doer=doer, at=journey.at),
        lambda: enrolments.complete(id_, journey.today, doer=doer, at=journey.at),
    ]
    for step in steps:
        before = told.count()
        journey.later(0)
        step()
        assert told.count() > before
    assert all(one.notice and one.consent.recipient == COORDINATOR for one in told)
    before = told.count()
    press(site, "enrolment-do", id_, "came-back")
    assert told.count() == before  # what she does herself is not told to her


def test_script_in_every_field_is_text(site, journey, place):
    journey.accepted().book(place)
    evil = "<script>alert(1)</script>"
    Person.objects.filter(pk=journey.case.person_id).update(name=evil, interpreter=evil[:60], phone=evil[:40])
    Provider.objects.update(name=evil)
    day = court.list_hearing(
        journey.docket().id, journey.at + DAY, doer=staff(journey.people.prosecutor), at=journey.at
    )
    press(site, "listing-do", day.pk, "plan", way_there=evil)
    for address, args in (
        ("coordination", ()),
        ("health-case", (journey.case.pk,)),
        ("health-places", (journey.case.pk,)),
    ):
        text = shown(site, address, *args, name=evil) if address != "health-case" else shown(site, address, *args)
        assert "<script>alert" not in text
        assert re.findall(r"<script(?! src=\"/static/)|<style| style=| on[a-z]+=", text) == []


def test_forged_consents_and_places_are_refused(site, journey, tmp_path):
    journey.accepted()
    other = Journey(tmp_path, 2, journey.people).accepted()
    foreign = other.case.consents.first()
    for typed in (str(foreign.pk), str(uuid.uuid4()), "x", ""):
        assert "Not done" in press(site, "health-case-do", journey.case.pk, "take-back-consent", consent=typed)
        assert "Not done" in press(site, "health-case-do", journey.case.pk, "refer", service=typed)
    foreign.refresh_from_db()
    assert foreign.revoked_at is None


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    site, journey, place, tmp_path, django_assert_max_num_queries
):
    journey.accepted().book(place)
    for number in range(2, 8):
        Journey(tmp_path, number, journey.people).accepted()
    with django_assert_max_num_queries(10):
        site.get(reverse("coordination"))
    with django_assert_max_num_queries(34):
        site.get(reverse("health-case", args=[journey.case.pk]))
    with django_assert_max_num_queries(13):
        site.get(reverse("health-places", args=[journey.case.pk]))
