"""The first page: where to go now, what is asked, by when and where, what happens next, what closes the case."""

import datetime as dt
import re

import pytest
from django.utils import translation

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.closing.models import Proof
from instead.office.court import actions as court
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import walk_ins
from instead.office.machines import CASE, ENROLMENT
from instead.office.my_page.steps import Situation, step_of
from instead.office.notices.day_words import day_in_words
from instead.office.people.models import Person
from instead.office.tasks.models import Task
from instead.office.treatment.hours import Hours
from instead.office.treatment.models import Service
from support.journey import DAY
from support.my_page import PHONE, STEPS, my_browser
from support.office import NOW

pytestmark = pytest.mark.django_db

#: Words of the office that mean something else to the person, or frighten.
NEVER = re.compile(
    r"divert|diversion|deficien|revok|violat|fail|complian|defendant|offender|addict|abus|clean|"
    r"desv[ií]|deficien|revoc|incumpl|infrac|adict|abus|delincuente",
    re.I,
)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("name", STEPS)
def test_it_says_what_is_asked_in_both_languages(at, name):
    journey, browser = at(name)
    page = words(browser.get("/my/"))
    assert STEPS[name][1] in page, journey.state
    assert not NEVER.search(page)
    browser.get("/my/?lang=es")
    spanish = words(browser.get("/my/"))
    assert "¿Se siente mal ahora?" in spanish and not NEVER.search(spanish)
    assert STEPS[name][1] not in spanish
    names = re.compile("the (defense|health|provider|prosecution)")
    english = re.findall(r"\b(?:the|your|you|with|and)\b", names.sub("", spanish))
    assert not english, english


@pytest.mark.parametrize("name", ["to_book", "withdrawn"])
def test_the_first_thing_is_where_to_go_now(at, name):
    _, browser = at(name)
    page = browser.get("/my/").content.decode()
    main = page.split("<main")[1]
    first = words_of(main.split("</section>")[0])
    assert "Sick now? Go to Larkmere Night Intake , open day and night: 2900 block Larkmere Street." in first
    assert f'href="tel:+1{PHONE.replace("-", "")}"' in main.split("</section>")[0]
    assert first.index("Larkmere") < first.index("911") < first.index("988")


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip(' >"')


def test_a_place_that_is_closed_now_is_not_where_to_go_now(at):
    journey, _ = at("to_book")
    Service.objects.filter(title="Intake").update(walk_in_hours=Hours.of([(1, 540, 1020)]).as_json())  # Tuesdays
    saturday = words(my_browser(journey.case.person, NOW).get("/my/"))
    assert "We do not know of a place where you can walk in right now." in saturday and "911" in saturday
    tuesday = dt.datetime(2019, 5, 7, 15, 0, tzinfo=dt.UTC)
    with clock.standing_still(tuesday):
        assert "open until 5 p.m." in words(my_browser(journey.case.person, tuesday).get("/my/"))


def test_a_place_whose_hours_nobody_knows_or_that_is_not_for_everybody_is_not_named(at):
    _, browser = at("to_book")
    Service.objects.filter(title="Intake").update(only_for="women")
    assert "We do not know of a place" in words(browser.get("/my/"))
    Service.objects.filter(title="Intake").update(only_for="", hours=None)
    assert "We do not know of a place" in words(browser.get("/my/"))


def test_the_date_is_the_persons_own_and_in_words(at):
    journey, browser = at("to_book")
    due = Task.objects.get(machine="enrolment", kind="to_book", done_at=None).due_on
    with translation.override("en"):
        assert f"By {day_in_words(due)}" in words(browser.get("/my/"))
    assert journey.state == "accepted"


@pytest.mark.parametrize("name", ["offered", "engaged", "proof_filed", "verified"])
def test_a_date_that_is_somebody_elses_promise_is_not_shown_as_the_persons(at, name):
    _, browser = at(name)
    assert not re.search(r"By (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|to)", words(browser.get("/my/")))


def test_an_appointment_is_a_day_an_hour_and_a_door(at):
    journey, browser = at("booked")
    page = words(browser.get("/my/"))
    assert "Tomorrow, Sunday, May 5, 9 p.m." in page and "2900 block Larkmere Street" in page
    assert "Call (215) 555-0101" in page and journey


def test_a_day_that_has_passed_does_not_frighten(at):
    journey, browser = at("to_book")
    assert "has passed" not in words(browser.get("/my/"))
    late = journey.at + 20 * DAY
    with clock.standing_still(late):
        page = words(my_browser(journey.case.person, late).get("/my/"))
    assert "That day has passed. Nothing is taken away because of it alone." in page


def test_days_in_court_stand_there_with_courtroom_and_way(at):
    journey, browser = at("to_book")
    doer = staff(journey.people.prosecutor)
    when = NOW + 20 * DAY
    court.list_hearing(journey.docket().id, when, courtroom="403", doer=doer, at=NOW)
    page = words(browser.get("/my/"))
    assert "Friday, May 24, 9 p.m." in page and "courtroom 403" in page and "Municipal Court" in page
    browser.get("/my/?lang=es")
    assert "sala 403" in words(browser.get("/my/")) and "Tribunal Municipal" in words(browser.get("/my/"))


def test_whom_to_call_is_there_or_it_is_said_that_nobody_knows(at):
    journey, browser = at("to_book")
    page = words(browser.get("/my/"))
    assert "Your lawyer" in page and "We do not have the number here" in page
    counsel = journey.people.counsel
    counsel.phone = "215-555-0102"
    counsel.save()
    assert "Call (215) 555-0102" in words(browser.get("/my/"))


def test_each_button_says_who_sees_it(at):
    people = None
    for number, name in enumerate(("answering", "booked", "hour_passed", "asked", "engaged", "left"), 1):
        journey, browser = at(name, number, people=people)
        people = journey.people
        page = browser.get("/my/").content.decode().split("</section>")
        for form in re.findall(r"<form.*?</form>", "".join(page[1:]), re.S):
            if "my/close" not in form:
                assert 'class="hint"' in form, (name, form)


def test_there_is_a_step_for_every_state_of_a_case_and_of_a_way():
    with translation.override("en"):
        nothing = step_of(Situation(case_state="no such state")).title
        for state in CASE.states:
            if state.name not in ("accepted", "merged", "died"):
                step = step_of(Situation(case_state=state.name))
                early = state.name in ("received", "needs_facts", "screened", "review", "offering", "other_condition")
                assert step.title and (step.title != nothing or early), state.name
        for state in ENROLMENT.states:
            if state.name not in ("case_over", "died"):
                assert step_of(Situation(case_state="accepted", way_state=state.name)).text or state.name in (
                    "engaged",
                    "attending",
                    "completed",
                ), state.name


def test_one_more_thing_is_named(at):
    _, browser = at("one_more")
    assert "The date is missing." in words(browser.get("/my/"))
    assert Proof.objects.get().state == "one_more"


def test_a_walk_in_without_a_case_has_a_page_too(at):

    journey, _ = at("screened")
    service = Service.objects.get(title="Intake")
    way = walk_ins.welcome(service, name="Roe, Sam", doer=staff(journey.people.peer), at=journey.at)
    page = words(my_browser(way.person, journey.at).get("/my/"))
    assert "You are being cared for" in page and "What closes your case" not in page


def test_somebody_without_anything_is_told_so(at):

    journey, _ = at("screened")
    page = words(my_browser(Person.objects.create(name="Roe, Sam"), journey.at).get("/my/"))
    assert "Nothing is asked of you." in page


def test_two_cases_are_two_parts_and_the_open_one_comes_first(at):
    journey, browser = at("withdrawn")
    other, _ = at("to_book", 2, people=journey.people)
    type(other.case).objects.filter(pk=other.case.pk).update(person=journey.case.person)
    type(other.case).objects.update(arrested_at=NOW)
    page = words(browser.get("/my/"))
    assert page.index("Choose a place and a day") < page.index("It is over")
    assert page.count("About the arrest of") == 2


def test_the_page_asks_the_database_few_questions(at, django_assert_max_num_queries):
    journey, browser = at("booked")
    enrolments.book(
        journey.enrolment.id, Service.objects.get(title="Intake"), NOW + 3 * DAY, doer=journey.person, at=NOW
    )
    with django_assert_max_num_queries(30):
        browser.get("/my/")
