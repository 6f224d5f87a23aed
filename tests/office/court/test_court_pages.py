"""The court calendar and the court's page of one case: for its prosecutor, its coordinator and its counsel."""

import datetime as dt

import pytest
from django.urls import reverse

from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.court import actions as court
from instead.office.court.calendar import calendar
from instead.office.court.models import Custody, Docket, Listing, Warrant
from instead.office.ledger.models import Entry
from support.journey import DAY, Journey, People
from support.pages import Desk, signed_in, stranger

pytestmark = pytest.mark.django_db
OWN = ("prosecutor", "coordinator", "counsel")


@pytest.fixture
def people():
    return People()


@pytest.fixture
def journey(tmp_path, people):
    return Journey(tmp_path, 1, people, person={"name": "Doe, Jane", "born": "1980-01-01"}).offered()


@pytest.fixture
def docket(journey):
    return journey.docket()


@pytest.fixture
def desk(journey):
    return Desk(journey.people.prosecutor, journey)


def listed(journey, docket, days, courtroom="403", hour=13):
    when = (journey.at + days * DAY).replace(hour=hour)
    doer = staff(journey.people.coordinator)
    return court.list_hearing(docket.id, when, courtroom=courtroom, purpose="status", doer=doer, at=journey.at)


def test_this_week_and_next_week_are_shown_and_no_other(journey, docket, desk):
    for days, room in ((0, "101"), (2, "102"), (9, "103")):
        listed(journey, docket, days, room)
    page = desk.opens("court-calendar")
    assert "This week Apr 29 to May 5, 1 day in court" in page
    assert "Next week May 6 to May 12, 1 day in court" in page
    assert "Courtroom 102" in page and "Courtroom 103" not in page
    assert "Courtroom 103" in Desk(desk.user, journey.later(2)).opens("court-calendar")


def test_by_courtroom_the_rooms_are_the_headings_and_one_can_be_chosen(journey, docket, desk):
    journey.later(2)
    for number, room in enumerate(("1104", "403", "")):
        listed(journey, docket, 2, room, hour=13 + number)
    page = desk.opens("court-calendar", by="courtroom")
    assert page.index("Courtroom 1104") < page.index("Courtroom 403") < page.index("No courtroom known")
    page = desk.opens("court-calendar", courtroom="403")
    assert "1 day in court" in page


def test_who_gets_the_person_there_is_said_and_the_words_stay_on_the_health_side(journey, docket, people):
    day = listed(journey, docket, 1)
    coordinator = Desk(people.coordinator, journey)
    coordinator.sends("way-to-court", day.id, way="Pat of Larkmere drives")
    assert "the health sees that the person gets there: Pat of Larkmere drives." in coordinator.opens("court-calendar")
    for role in (people.prosecutor, people.counsel):
        for name, args in (("court-calendar", ()), ("case-court", (journey.case.id,))):
            page = Desk(role, journey).opens(name, *args)
            assert "the health sees that the person gets there; the way is planned." in page
            assert "Larkmere" not in page


def test_before_an_offer_nobody_answers_for_the_way(tmp_path, people):
    journey = Journey(tmp_path, 7, people)
    doer = staff(people.prosecutor)
    court.list_hearing(journey.docket().id, journey.at + DAY, doer=doer, at=journey.at)
    assert "Nobody sees that the person gets there." in Desk(people.prosecutor, journey).opens("court-calendar")


def test_a_day_that_passed_stands_on_top_until_somebody_says_what_became_of_it(journey, docket, desk):
    day = listed(journey, docket, 1)
    journey.later(2)
    page = desk.opens("court-calendar")
    assert "What became of these? (1)" in page
    assert "Not done: what became of the day: choose one of" in desk.sends("settle-listing", day.id, state="")
    page = desk.sends("settle-listing", day.id, state="missed", back=reverse("court-calendar"))
    assert "On record what became of that day." in page and "What became of these?" not in page
    assert "somebody has said already" in desk.sends("settle-listing", day.id, state="appeared")
    assert Listing.objects.get().state == "missed" and not Warrant.objects.exists()


def test_a_day_to_come_is_excused_and_not_yet_missed(journey, docket, people):
    day = listed(journey, docket, 1)
    counsel = Desk(people.counsel, journey)
    assert "has not come yet" in counsel.sends("settle-listing", day.id, state="missed")
    assert "On record" in counsel.sends("settle-listing", day.id, state="excused")


def test_run_dates_stand_beside_the_days(journey, desk):
    doer = staff(journey.people.prosecutor)
    known = court.open_docket(
        journey.case.id, "MC-51-CR-0000001-2019", counts_from=journey.today, doer=doer, at=journey.at
    )
    unknown = court.open_docket(journey.case.id, "CP-51-CR-0000002-2019", counts_from=None, doer=doer, at=journey.at)
    for docket in (known, unknown):
        listed(journey, docket, 1)
    page = desk.opens("court-calendar")
    assert "MC-51-CR-0000001-2019 · run date Oct 31, 2019" in page
    assert "CP-51-CR-0000002-2019 · run date not known" in page


def test_warrants_and_custody_stand_on_the_calendar(journey, desk):
    court.learn_of_warrant(
        journey.case.id,
        Warrant.Kind.DETAINER,
        journey.today,
        source="police",
        doer=staff(journey.people.counsel),
        at=journey.at,
    )
    court.begin_custody(
        journey.case.id, journey.today, source="the jail", doer=staff(journey.people.counsel), at=journey.at
    )
    page = desk.opens("court-calendar")
    assert "Doe, Jane Detainer of May 4, 2019" in page and "Doe, Jane In custody since May 4, 2019" in page


@pytest.mark.parametrize("role", OWN)
def test_each_sees_the_days_of_their_own_cases_only(journey, docket, people, role):
    listed(journey, docket, 1)
    user = getattr(people, role)
    assert "Doe, Jane" in Desk(user, journey).opens("court-calendar")
    assert "Doe, Jane" in Desk(user, journey).opens("case-court", journey.case.id)
    other = stranger(User.Role(user.role))
    assert "Doe, Jane" not in Desk(other, journey).opens("court-calendar")
    with signed_in(other, journey) as client:
        assert client.get(reverse("case-court", args=[journey.case.id])).status_code == 403


@pytest.mark.parametrize("role", [User.Role.PROVIDER_STAFF, User.Role.PEER, User.Role.ANALYST, User.Role.ADMINISTRATOR])
def test_nobody_else_opens_the_calendar(journey, people, role):
    user = {"provider_staff": people.provider, "peer": people.peer}.get(role) or stranger(role)
    with signed_in(user, journey) as client:
        assert client.get(reverse("court-calendar")).status_code == 403
        assert client.get(reverse("case-court", args=[journey.case.id])).status_code == 403


def test_a_calendar_of_many_days_has_pages(journey, docket, people):
    journey.later(2)
    Listing.objects.bulk_create(
        Listing(docket=docket, at=journey.at + dt.timedelta(minutes=minute)) for minute in range(1, 131)
    )
    first, second = (calendar(people.prosecutor, journey.at, page=page) for page in (1, 2))
    assert [sum(week.count for week in one.weeks) for one in (first, second)] == [100, 30]
    page = Desk(people.prosecutor, journey).opens("court-calendar", page="2")
    assert "Page 2 of 2 Earlier" in page
    assert "Page 1 of 2" in Desk(people.prosecutor, journey).opens("court-calendar", page="scribble")


def test_a_docket_is_put_on_record_and_its_clock_reckoned(journey, desk):
    page = desk.sends("add-docket", journey.case.id, number="mc-51-cr-0000005-2019", counts_from="")
    assert "Nobody has said from which day its trial clock counts" in page
    docket = Docket.objects.get()
    page = desk.sends("docket-clock", docket.id, counts_from="2019-05-01")
    assert "Trial days used 3 of 180, from May 1, 2019" in page and "every day counts" in page
    for fields, said in (
        ({"number": "51-CR-1", "counts_from": ""}, "is no docket number"),
        ({"number": "MC-51-CR-0000005-2019", "counts_from": ""}, "on record already"),
        ({"number": "MC-51-CR-0000006-2019", "counts_from": "soon"}, "is no date"),
    ):
        assert said in desk.sends("add-docket", journey.case.id, **fields)


def test_a_waiver_is_shown_with_its_span_and_its_signature(journey, desk):
    journey.docket()
    journey.meet().accept().later(3)
    page = desk.opens("case-court", journey.case.id)
    assert "Speedy trial waived from May 4, 2019 until the case returns. Signed May 4, 2019." in page
    assert "Run date held by the waiver" in page


def test_a_day_in_court_is_added_by_whoever_answers_for_it(journey, docket, people):
    fields = {"when": "2019-05-20T09:30", "courtroom": "403", "purpose": "trial"}
    page = Desk(people.coordinator, journey).sends("add-listing", docket.id, **fields)
    assert "Mon, May 20, 2019 9:30 AM Courtroom 403" in page
    desk = Desk(people.counsel, journey)
    assert "listed for that moment already" in desk.sends("add-listing", docket.id, **fields)
    assert "is no day and hour" in desk.sends("add-listing", docket.id, **fields | {"when": "Monday"})
    assert "choose one of" in desk.sends("add-listing", docket.id, **fields | {"purpose": "he relapsed"})


def test_a_warrant_is_put_on_record_once_and_cleared_by_the_office(journey, desk, people):
    fields = {"kind": "bench", "issued_on": "2019-05-03", "source": "police"}
    page = desk.sends("add-warrant", journey.case.id, **fields)
    assert "Bench warrant of May 3, 2019" in page
    assert "on record already" in desk.sends("add-warrant", journey.case.id, **fields)
    assert "choose one of" in desk.sends("add-warrant", journey.case.id, **fields | {"kind": "x"})
    assert "from whom: choose one of" in desk.sends("add-warrant", journey.case.id, **fields | {"source": "a clinic"})
    warrant = Warrant.objects.get()
    assert warrant.of_this_case
    with signed_in(people.coordinator, journey) as client:
        assert client.post(reverse("clear-warrant", args=[warrant.id])).status_code == 403
    assert "Cleared May 4, 2019" in desk.sends("clear-warrant", warrant.id)


def test_a_warrant_of_another_matter_is_marked(journey, desk):
    fields = {"kind": "other", "issued_on": "2019-05-03", "source": "police", "other_case": "1"}
    assert "another matter" in desk.sends("add-warrant", journey.case.id, **fields)
    assert not Warrant.objects.get().of_this_case


def test_custody_begins_and_ends(journey, people):
    desk = Desk(people.counsel, journey)
    page = desk.sends("begin-custody", journey.case.id, since="2019-05-04", source="the jail")
    assert "In custody since May 4, 2019" in page
    assert "already that the person is held" in desk.sends(
        "begin-custody", journey.case.id, since="2019-05-04", source="the jail"
    )
    custody = Custody.objects.get()
    assert "lies between" in desk.sends("end-custody", custody.id, until="2019-06-01")
    assert "run again from tomorrow on" in desk.sends("end-custody", custody.id, until="2019-05-04")
    assert "already that the person is free" in desk.sends("end-custody", custody.id, until="2019-05-04")


def test_a_form_leads_back_to_where_it_was_and_never_elsewhere(journey, docket, people):
    day = listed(journey, docket, 1)
    with signed_in(people.counsel, journey) as client:
        back = reverse("court-calendar")
        sent = client.post(reverse("settle-listing", args=[day.id]), {"state": "excused", "back": back})
        assert sent.url == back
        for evil in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
            sent = client.post(reverse("settle-listing", args=[day.id]), {"state": "excused", "back": evil})
            assert sent.url == reverse("case-court", args=[journey.case.id])


def test_what_is_refused_leaves_no_entry(journey, docket, desk):
    before = Entry.objects.count()
    desk.sends("add-listing", docket.id, when="", purpose="trial")
    desk.sends("add-warrant", journey.case.id, kind="bench", issued_on="", source="police")
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("name", "most"), [("court-calendar", 11), ("case-court", 10)])
def test_the_pages_ask_the_database_a_fixed_number_of_times(
    journey, docket, people, name, most, django_assert_num_queries
):
    args = [] if name == "court-calendar" else [journey.case.id]
    listed(journey, docket, 1)
    with signed_in(people.prosecutor, journey) as client:
        with django_assert_num_queries(most):
            client.get(reverse(name, args=args))
        for hour in range(14, 19):
            listed(journey, docket, 1, hour=hour)
        with django_assert_num_queries(most):
            client.get(reverse(name, args=args))
