"""Choosing a place, booking, asking; what one looks for is kept nowhere; being there; leaving and coming back."""

import datetime as dt
import re

import pytest

from instead.office.accounts.doers import staff
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments.models import Appointment, Contact, Enrolment, Referral
from instead.office.ledger.models import Entry
from instead.office.people.models import Person
from instead.office.treatment.hours import Hours
from instead.office.treatment.models import Provider, Service
from support.journey import DAY
from support.my_page import SCRIPT, the_intake, words
from support.office import NOW

pytestmark = pytest.mark.django_db


def booking(days=2, hour="10:00"):
    day = (NOW + days * DAY).date()
    return {"day": day.isoformat(), "hour": hour}


def test_a_place_is_chosen_and_a_day_booked(at):
    journey, browser = at("to_book")
    assert "Larkmere Night Intake" in words(browser.get("/my/places/"))
    address = f"/my/places/{the_intake().pk}/"
    assert "The prosecutor’s office sees none of it" in words(browser.get(address))
    page = words(browser.post(address, booking(), follow=True))
    assert "Booked." in page and "Tuesday, May 7, 10 a.m." in page
    assert Appointment.objects.get().made_as == "person" and journey.enrolment.state == "booked"


def test_a_booking_pressed_twice_is_one_appointment_and_a_later_one_moves_it(at):
    _, browser = at("to_book")
    address = f"/my/places/{the_intake().pk}/"
    for _ in range(2):
        browser.post(address, booking())
    assert Appointment.objects.filter(state="booked").count() == 1
    browser.post(address, booking(3, "15:30"))
    assert Appointment.objects.get(state="booked").at.astimezone().day in (7, 8)
    assert not Appointment.objects.filter(state="missed").exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"day": "", "hour": ""}, "Choose a day and an hour"),
        ({"day": SCRIPT, "hour": "10:00"}, "Choose a day and an hour"),
        ({"day": "2019-05-04", "hour": "10:00"}, "That hour has passed"),
        ({"day": "2019-08-04", "hour": "10:00"}, "more than three weeks"),
        (
            {"day": "2019-05-05", "hour": "10:00"},
            "The place is closed then. It is open Monday to Friday 8 a.m. to 5 p.m.",
        ),
    ],
)
def test_a_day_that_cannot_be_booked_is_told(at, sent, told):
    journey, browser = at("to_book")
    week = Hours.of([(day, 480, 1020) for day in range(5)])
    Service.objects.filter(title="Intake").update(hours=week.as_json())
    answer = browser.post(f"/my/places/{the_intake().pk}/", sent)
    assert answer.status_code == 400 and told in words(answer)
    assert "<script>" not in answer.content.decode() and journey.enrolment.state == "to_book"


def test_only_hours_at_which_the_place_is_open_are_offered(at):
    _, browser = at("to_book")
    Service.objects.filter(title="Intake").update(hours=Hours.of([(0, 540, 660)]).as_json())
    page = browser.get(f"/my/places/{the_intake().pk}/").content.decode()
    assert re.findall(r'<option value="(\d\d:\d\d)"', page) == ["09:00", "09:30", "10:00", "10:30"]
    assert re.findall(r'<option value="(2019-\S+)"', page) == ["2019-05-06", "2019-05-13", "2019-05-20"]


def test_what_one_looks_for_is_used_and_kept_nowhere(at, caplog):
    journey, browser = at("to_book")
    Service.objects.filter(title="Intake").update(buprenorphine=True, methadone=False)
    caplog.set_level("DEBUG", "django.request")
    page = words(browser.post("/my/places/", {"medication": "buprenorphine", "zip": "19134", "now": "yes"}))
    assert "Has buprenorphine" in page and "0.0 miles away" in page
    assert "Does not have methadone" in words(browser.post("/my/places/", {"medication": "methadone"}))
    assert "medication" not in "".join(cookie.value for cookie in browser.cookies.values())
    assert "buprenorphine" not in browser.get("/my/places/").content.decode().split("<ul")[-1]
    tables = (Enrolment, Person, Referral, Entry)
    assert "buprenorphine" not in str([list(table.objects.values()) for table in tables]) + caplog.text
    assert journey


def test_the_search_is_sent_and_never_in_an_address(at):
    _, browser = at("to_book")
    assert '<form method="post" action="/my/places/#list"' in browser.get("/my/places/").content.decode()
    assert "Has methadone" not in words(browser.get("/my/places/?medication=methadone"))


@pytest.mark.parametrize(
    "sent",
    [
        {"zip": SCRIPT, "language": SCRIPT, "medication": SCRIPT, "page": SCRIPT},
        {"zip": "00000", "page": "999"},
        {"page": "0"},
        {"zip": "١٩١٣٤", "page": "-1"},
    ],
)
def test_nonsense_in_the_search_is_no_error(at, sent):
    _, browser = at("to_book")
    answer = browser.post("/my/places/", sent)
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()


def test_no_place_is_left_out_and_a_page_of_them_stays_light(at):
    _, browser = at("to_book")
    provider = Provider.objects.create(name="Tassel", source="office")
    for number in range(20):
        Service.objects.create(provider=provider, title=f"Service {number}")
    seen, page = set(), 1
    while True:
        shown = browser.post("/my/places/", {"page": page}).content.decode()
        seen |= set(re.findall(r"/my/places/([0-9a-f-]{36})/", shown))
        if "More places" not in shown:
            break
        page += 1
    assert len(seen) == Service.objects.count() and page == 3


def test_a_place_is_asked_and_another_one_wanted(at):
    journey, browser = at("assessed")
    address = f"/my/places/{the_intake().pk}/"
    assert "It sees no charges" in words(browser.get(address))
    page = words(browser.post(f"{address}ask/", follow=True))
    assert "You asked Larkmere Night Intake for a place." in page
    assert "Nothing was done just now" in words(browser.post(f"{address}ask/", follow=True))
    asked = Referral.objects.get()
    assert "Choose another place" in words(browser.post("/my/places/other/", {"asked": asked.pk}, follow=True))
    asked.refresh_from_db()
    assert asked.state == "withdrawn" and journey.enrolment.state == "assessed"


def test_a_place_that_keeps_a_place_says_until_when(at):
    from instead.office.enrolments import referring

    journey, browser = at("asked")
    referring.accept(Referral.objects.get().pk, doer=staff(journey.people.provider), at=journey.at)
    page = words(browser.get("/my/"))
    assert "Larkmere Night Intake keeps a place for you." in page and "If you come later, go all the same." in page


def test_i_was_there_is_noted_once_and_waits_for_the_place(at):
    journey, browser = at("hour_passed")
    sent = {"way": journey.enrolment.id, "on": (journey.today - dt.timedelta(days=1)).isoformat()}
    for _ in range(2):
        page = words(browser.post("/my/there/", sent, follow=True))
    assert "You said that you were there" in page and Contact.objects.get().said_by_person
    enrolments.assess(
        journey.enrolment.id, Contact.objects.get().on, doer=staff(journey.people.provider), at=journey.at
    )
    assert "You said that you were there" not in words(browser.get("/my/"))


@pytest.mark.parametrize("on", ["2019-12-31", "2018-01-01"])
def test_a_day_on_which_nobody_can_have_been_there(at, on):
    journey, browser = at("hour_passed")
    page = words(browser.post("/my/there/", {"way": journey.enrolment.id, "on": on}, follow=True))
    assert "Nothing was done just now" in page and not Contact.objects.exists()


def test_leaving_and_coming_back(at):
    journey, browser = at("booked")
    assert "canceled" in words(browser.get("/my/leave/"))
    page = words(browser.post("/my/leave/", {"way": journey.enrolment.id}, follow=True))
    assert "You can come back any day" in page and journey.enrolment.state == "left"
    page = words(browser.post("/my/back/", {"way": journey.enrolment.id}, follow=True))
    assert "Good to have you back" in page and journey.enrolment.state == "to_book"
    assert journey.state == "accepted" and "no treatment here" not in words(browser.get("/my/leave/"))
