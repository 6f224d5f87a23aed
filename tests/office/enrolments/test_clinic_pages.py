"""The clinic's pages: what they show, what one tap does, and what never stands on them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.cases.models import Case
from instead.office.consents.models import Consent, Disclosure
from instead.office.enrolments import own_word, walk_ins
from instead.office.enrolments.models import Enrolment, Referral
from instead.office.my_page.actions import issue_card
from instead.office.people.models import Person
from instead.office.treatment.models import Provider, Service
from support.journey import Journey, a_service

LABEL = "R / ETH / 42CFRPart2"


@pytest.fixture
def site(client, journey):
    client.force_login(journey.people.provider)
    with clock.another_clock(lambda: journey.at):
        yield client


def shown(site, address, *args, **more):
    return site.get(reverse(address, args=args), more).content.decode()


def press(site, address, *args, **fields):
    return site.post(reverse(address, args=args), fields, follow=True).content.decode()


def test_a_referral_is_labeled_and_says_whom_to_expect_and_nothing_of_the_case(site, journey, place):
    Person.objects.filter(pk=journey.case.person_id).update(
        name="Doe, Jane", interpreter="Russian", phone="215-555-0100"
    )
    Case.objects.filter(pk=journey.case.pk).update(narrative="0.4 g of heroin in the left shoe")
    journey.accepted()
    journey.refer(place)
    text = shown(site, "referrals") + shown(site, "enrolment", journey.enrolment.pk) + shown(site, "attendance")
    for words in (LABEL, "Doe, Jane", "215-555-0100", "answer by", "3 of 3 places free"):
        assert words in text
    charge = journey.case.charges.first().citation
    for never in (charge, journey.case.source_key, "left shoe", "heroin", " mg"):
        assert never not in text


def test_the_file_of_referrals_has_the_label_in_every_row(site, journey, place):
    journey.accepted()
    Person.objects.filter(pk=journey.case.person_id).update(name="@SUM(1)")
    journey.refer(place)
    answer = site.get(reverse("referrals-file"))
    assert answer["Content-Disposition"] == 'attachment; filename="referrals.csv"'
    header, row = answer.content.decode().strip().splitlines()
    assert row.startswith(LABEL) and "'@SUM(1)" in row and header.startswith("\ufefflabel")


def test_one_tap_accepts_another_says_full_and_undo_takes_it_back(site, journey, place):
    journey.accepted()
    referral = journey.refer(place)
    assert "full" in press(site, "referral-do", referral.pk, "full")
    assert "waits for your answer again" in press(site, "referral-do", referral.pk, "undo")
    assert "held until" in press(site, "referral-do", referral.pk, "accept", hours="12")
    referral.refresh_from_db()
    assert (referral.hold.expires_at - journey.at).total_seconds() == 12 * 3600
    assert "Not done" in press(site, "referral-do", referral.pk, "accept")
    assert "Arrived" in press(site, "referral-do", referral.pk, "arrived")
    assert journey.enrolment.arrived_at == journey.at


@pytest.mark.parametrize("fields", [{"hours": "9999"}, {"hours": "-1"}, {"hours": "x"}])
def test_a_hold_of_an_hour_that_is_none_is_refused(site, journey, place, fields):
    journey.accepted()
    referral = journey.refer(place)
    assert "Not done" in press(site, "referral-do", referral.pk, "accept", **fields)
    assert "Not done: choose a place from the list" in press(
        site, "referral-do", referral.pk, "not-suitable", better="x"
    )
    referral.refresh_from_db()
    assert referral.state == "made"


def test_without_a_free_place_full_is_the_answer(site, journey):
    place = a_service(journey.people, places=0)
    journey.accepted()
    referral = journey.refer(place)
    assert "The last place is taken." in press(site, "referral-do", referral.pk, "accept")


def test_a_better_place_is_named_and_no_reason_is_asked(site, journey, place):
    journey.accepted()
    referral, better = journey.refer(place), a_service(journey.people, title="Night intake")
    press(site, "referral-do", referral.pk, "not-suitable", better=str(better.pk))
    referral.refresh_from_db()
    assert referral.better == better
    assert not re.search(r"<(textarea|input type=\"text\")", shown(site, "referrals"))


def test_todays_list_is_marked_line_by_line(site, journey, place):
    journey.accepted().book(place).later(1)
    journey.at = journey.enrolment.appointments.get().at
    enrolment = journey.enrolment
    text = shown(site, "attendance")
    assert LABEL in text and "Did not come" in text and "1 appointment not marked yet" in text
    on = journey.today.isoformat()
    assert "Marked: came." in press(site, "came", enrolment.pk, on=on, seen="booked", day=on)
    assert "marked already" in press(site, "came", enrolment.pk, on=on, seen="booked", day=on)
    assert "First contact too" in shown(site, "attendance")


def test_a_slip_of_the_thumb_is_undone_on_the_line(site, journey, place):
    journey.accepted().book(place).later(2)
    enrolment = journey.enrolment
    on = enrolment.appointments.get().at.date().isoformat()
    press(site, "came", enrolment.pk, on=on, seen="booked")
    assert ">Undo<" in shown(site, "attendance")
    assert "The line is as it was" in press(site, "unmark", enrolment.pk)
    assert ">Undo<" not in shown(site, "attendance") and journey.enrolment.state == "booked"
    assert "Not done" in press(site, "unmark", enrolment.pk)


def test_an_appointment_nobody_marked_stays_on_the_list_of_the_next_days(site, journey, place):
    journey.accepted().book(place).later(5)
    assert "not marked" in shown(site, "attendance")
    assert "The day before" in shown(site, "attendance")
    assert journey.enrolment.state == "booked"


@pytest.mark.parametrize("day", ["2019-13-01", "1999-01-01", "2031-01-01", "<script>"])
def test_a_day_that_is_none_shows_today(site, day):
    text = shown(site, "attendance", day=day)
    assert "Today’s list" in text and "<script>" not in text


def test_what_somebody_says_of_themselves_waits_at_the_top_for_one_tap(site, journey, place):
    journey.accepted().book(place).later(2)
    said = own_word.was_there(journey.enrolment.id, journey.today, doer=journey.person, at=journey.at)
    assert "They say they were there" in shown(site, "attendance")
    assert "Confirmed" in press(site, "own-word", said.pk, "seen")
    assert "They say they were there" not in shown(site, "attendance")
    assert journey.enrolment.state == "assessed"


def test_the_list_goes_out_and_comes_back(site, journey, place):
    journey.accepted().book(place).later(2)
    header, row = site.get(reverse("attendance-file")).content.decode().splitlines()
    back = SimpleUploadedFile("list.csv", f"{header}\n{row.replace(',,', ',yes,', 1)}".encode())
    answer = site.post(reverse("attendance-upload"), {"file": back}).content.decode()
    assert "1 row = 1 marked + 0 so already + 0 left empty + 0 set aside" in answer
    assert journey.enrolment.state == "assessed"
    assert "choose a file first" in press(site, "attendance-upload")


def test_a_walk_in_is_one_page_and_one_button(site, place):
    once = re.search(r'name="once" value="([^"]+)"', shown(site, "walk-in"))[1]
    for _ in range(2):
        assert "Care first" in press(site, "walk-in", once=once, service="", name="", code="")
    enrolment = Enrolment.objects.get()
    assert enrolment.service == place and enrolment.state == "walked_in"


@pytest.mark.usefixtures("place")
def test_a_walk_in_at_a_door_of_another_clinic_is_refused(site, strangers):
    elsewhere = Provider.objects.create(name="Tassel", organization=strangers.peer.organization, source="office")
    foreign = Service.objects.create(provider=elsewhere, title="Outpatient")
    answer = site.post(reverse("walk-in"), {"service": str(foreign.pk)})
    assert answer.status_code == 422 and not Enrolment.objects.exists()


@pytest.mark.usefixtures("place")
def test_a_card_says_who_it_is_and_whose_case(site, journey):
    journey.accepted()
    code = issue_card(journey.case.person, actor=journey.people.coordinator, at=journey.at)
    press(site, "walk-in", code=code.lower())
    assert journey.enrolment.state == "walked_in" and Enrolment.objects.count() == 1


@pytest.mark.usefixtures("place")
def test_a_wrong_card_starts_nothing_and_says_so(site):
    answer = site.post(reverse("walk-in"), {"code": "AAAAAAAAAA", "name": "<b>Jane</b>"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "start without it" in text and "&lt;b&gt;Jane" in text
    assert not Enrolment.objects.exists()


def test_later_the_card_joins_the_walk_in_to_its_case(site, journey, place):
    journey.accepted().later()
    walked_in = walk_ins.welcome(place, doer=staff(journey.people.provider), at=journey.at)
    assert "no open offer" in press(site, "join", walked_in.pk)
    code = issue_card(journey.case.person, actor=journey.people.coordinator, at=journey.at)
    assert "Joined" in press(site, "join", walked_in.pk, code=code)
    walked_in.refresh_from_db()
    assert walked_in.case == journey.case


def test_consent_is_asked_in_the_persons_language_and_then_the_arrival_counts(site, journey, place):
    walked_in = walk_ins.welcome(place, doer=staff(journey.people.provider), at=journey.at)
    text = shown(site, "desk-consent", walked_in.pk, language="es")
    for words in ("¿Podemos decirlo?", "Cuatro datos y nada más", "Quién puede decirlo", "Cuándo termina", LABEL):
        assert words in text
    signed = press(site, "desk-consent", walked_in.pk, recipient="office", signature="J. Doe", language="es")
    assert "Signed" in signed
    walked_in.refresh_from_db()
    consent = Consent.objects.get()
    assert walked_in.state == "engaged" and walked_in.engaged_on == journey.today
    assert (consent.language, consent.signature) == ("es", "J. Doe") and "Cuatro datos" in consent.description
    assert "already" in press(site, "desk-consent", walked_in.pk, recipient="office", signature="J. Doe")


def test_a_signature_on_paper_is_kept_as_one(site, journey, place):
    walked_in = walk_ins.welcome(place, doer=staff(journey.people.peer), at=journey.at)
    press(site, "desk-consent", walked_in.pk, recipient="coordinator", signature="J. Doe", how="paper")
    assert Consent.objects.get().signature == "on paper: J. Doe"


@pytest.mark.parametrize(
    "fields",
    [
        {"recipient": "office", "signature": "  "},
        {"recipient": "office", "signature": " ", "how": "paper"},
        {"recipient": "counsel", "signature": "J."},
        {"recipient": "everybody", "signature": "J."},
        {},
    ],
)
def test_a_form_that_is_not_signed_or_is_none_is_refused(site, journey, place, fields):
    walked_in = walk_ins.welcome(place, doer=staff(journey.people.provider), at=journey.at)
    assert "Not done" in press(site, "desk-consent", walked_in.pk, **fields)
    assert not Consent.objects.exists()


def test_a_consent_is_taken_back_at_the_desk_at_once_and_is_no_failure(site, journey, place):
    journey.engaged(place)
    consent = journey.case.consents.get(recipient="office")
    assert "no failure" in press(site, "take-back-at-desk", journey.enrolment.pk, consent.pk)
    consent.refresh_from_db()
    assert consent.revoked_at == journey.at and journey.enrolment.state == "engaged"
    assert "Not done" in press(site, "take-back-at-desk", journey.enrolment.pk, consent.pk)


def test_a_card_takes_a_consent_back_at_any_desk(client, journey, strangers):
    journey.accepted()
    consent = journey.case.consents.get(recipient="coordinator")
    code = issue_card(journey.case.person, actor=journey.people.coordinator, at=journey.at)
    client.force_login(strangers.peer)
    with clock.standing_still(journey.at):
        assert "Take back" in press(client, "card", code=code)
        assert "no failure" in press(client, "card", code=code, take_back=str(consent.pk))
        assert "Not done" in press(client, "card", code="nothing")
    consent.refresh_from_db()
    assert consent.revoked_at is not None


def test_a_consent_of_somebody_else_is_not_taken_back(site, journey, place, tmp_path):
    journey.engaged(place)
    other = Journey(tmp_path, 2, journey.people).accepted()
    consent = other.case.consents.first()
    assert "no such consent" in press(site, "take-back-at-desk", journey.enrolment.pk, consent.pk)
    consent.refresh_from_db()
    assert consent.revoked_at is None


def test_the_attendance_form_is_filed_with_the_four_facts_and_no_more(site, journey, place):
    journey.engaged(place)
    assert "File these four facts" in shown(site, "enrolment", journey.enrolment.pk)
    assert "Filed" in press(site, "enrolment-do", journey.enrolment.pk, "file-proof")
    assert journey.state == "proof_filed"
    told = Disclosure.objects.get(consent__recipient="office")
    assert set(told.told) == {"assessed_on", "engaged", "attendance", "completed"}


def test_without_consent_there_is_nothing_to_file(site, journey, place):
    journey.engaged(place)
    press(site, "take-back-at-desk", journey.enrolment.pk, journey.case.consents.get(recipient="office").pk)
    assert "Nothing is filed" in shown(site, "enrolment", journey.enrolment.pk)
    assert "Not done" in press(site, "enrolment-do", journey.enrolment.pk, "file-proof")


def test_peers_excuse_book_again_and_log_from_their_list(client, journey, place):
    journey.accepted().book(place).later(2)
    site = client
    client.force_login(journey.people.provider)
    with clock.another_clock(lambda: journey.at):
        press(site, "did-not-come", journey.enrolment.appointments.get().pk)
        client.force_login(journey.people.peer)
        text = shown(site, "outreach")
        assert LABEL in text and "An appointment was missed" in text
        press(site, "enrolment-do", journey.enrolment.pk, "tried", way="phone", result="reached", back="outreach")
        assert "Best way so far: by phone" in shown(site, "outreach")
        assert "Not done" in press(site, "enrolment-do", journey.enrolment.pk, "excuse", reason="because")
        press(site, "enrolment-do", journey.enrolment.pk, "excuse", reason="illness")
        assert journey.enrolment.state == "to_book"
        day = (journey.today.replace(day=28)).isoformat()
        assert "Booked" in press(site, "enrolment-do", journey.enrolment.pk, "book", day=day, hour="09:30")
        assert "Not done" in press(site, "enrolment-do", journey.enrolment.pk, "book", day="2001-01-01", hour="09:30")
        assert "Not done" in press(site, "enrolment-do", journey.enrolment.pk, "book", day="", hour="25:99")


@pytest.mark.parametrize("verb", ["assessed", "engaged", "completed", "was-there"])
def test_a_day_that_is_no_day_is_told_on_the_page(site, journey, place, verb):
    journey.accepted().book(place)
    for on in ("", "yesterday", "2031-01-01", "9" * 400):
        assert "Not done" in press(site, "enrolment-do", journey.enrolment.pk, verb, on=on)


def test_script_in_a_name_is_text_on_every_page(site, journey, place):
    journey.accepted().book(place)
    Person.objects.filter(pk=journey.case.person_id).update(
        name="<script>alert(1)</script>", phone="<img src=x>", interpreter="<b>"
    )
    journey.refer(place)
    journey.later(2)
    pages = ["referrals", "attendance", "outreach", "places"]
    texts = [shown(site, name) for name in pages] + [shown(site, "enrolment", journey.enrolment.pk)]
    for text in texts:
        assert "<script>alert" not in text and "<img src=x>" not in text
        assert re.findall(r"<script(?! src=\"/static/)|<style| style=| on[a-z]+=", text) == []


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    site, journey, place, tmp_path, django_assert_max_num_queries
):
    for number in range(2, 7):
        one = Journey(tmp_path, number, journey.people).accepted()
        one.book(place) if number % 2 else one.refer(place)
    journey.later(2)
    for name, most in (("referrals", 14), ("attendance", 13), ("outreach", 12), ("places", 10), ("walk-in", 8)):
        with django_assert_max_num_queries(most):
            assert site.get(reverse(name)).status_code == 200
    with django_assert_max_num_queries(26):
        site.get(reverse("enrolment", args=[one.enrolment.pk]))
    assert Referral.objects.count() == 3
