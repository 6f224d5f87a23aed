"""My cases: whose they are, which comes first, what is open and what is closed."""

import datetime as dt

import pytest
from django.urls import reverse

from instead.office.accounts.doers import staff
from instead.office.closing import second_look
from instead.office.closing.models import SecondLook
from instead.office.court import actions as court
from instead.office.machines import CASE
from instead.office.offers import actions as offers
from instead.office.offers.counsel_list import clients
from instead.office.offers.counsel_words import DUE, step_of, title_of

pytestmark = pytest.mark.django_db


def states(user, at, **more):
    return [line.case.state for line in clients(user, at, **more).lines]


def test_the_nearest_date_of_counsel_comes_first(a_journey, people):
    offered = a_journey(1).offered()
    a_journey(2).later(3).answering()
    accepted = a_journey(3).accepted()
    assert states(people.counsel, offered.at) == ["offered", "answering", "accepted"]
    docket = accepted.docket()
    court.list_hearing(docket.id, offered.at + dt.timedelta(days=2), doer=staff(people.prosecutor), at=offered.at)
    assert states(people.counsel, offered.at)[0] == "accepted"


def test_reasons_that_are_still_to_be_written_are_due_and_written_ones_are_not(journey, people):
    journey.accepted()
    because = SecondLook.Because.NEW_ARREST
    look = second_look.open_second_look(journey.case.id, because, doer=staff(people.prosecutor), at=journey.at)
    line = clients(people.counsel, journey.at).lines[0]
    assert line.due_words == "Your reasons by" and line.own and line.due_on is not None
    second_look.give_reasons(look.id, "A mix-up of names.", actor=people.counsel, at=journey.at)
    line = clients(people.counsel, journey.at).lines[0]
    assert not line.own and line.due_words == "The office’s turn, by" and "Your reasons are in" in line.step


def test_cases_of_colleagues_are_there_and_can_be_left_out(a_journey, people, colleague):
    a_journey(1).offered()
    theirs = a_journey(2).confirm()
    theirs.people.counsel, mine = colleague, people.counsel
    theirs.send()
    assert len(clients(mine, theirs.at).lines) == 2
    assert [line.case.counsel for line in clients(mine, theirs.at, mine=True).lines] == [mine]


def test_another_defender_sees_none_of_them(journey, stranger):
    journey.offered()
    found = clients(stranger, journey.at)
    assert (found.lines, found.open, found.closed) == ([], 0, 0)


def test_open_and_closed_are_kept_apart_and_counted(a_journey, people):
    a_journey(1).accepted()
    over = a_journey(2).answering()
    offers.refuse(over.offer.id, doer=over.person, at=over.at)
    found = clients(people.counsel, over.at)
    assert (found.open, found.closed) == (1, 1)
    assert states(people.counsel, over.at, closed=True) == ["refused"]


def test_a_date_that_has_passed_is_said(journey, people):
    journey.offered().later(30)
    line = clients(people.counsel, journey.at).lines[0]
    assert line.late and line.days < 0


def test_a_case_stands_on_the_list_from_the_offer_on(journey, people):
    journey.confirm()
    assert clients(people.counsel, journey.at).lines == []


def test_the_page_shows_dates_and_the_next_step(journey, people, sign_in):
    journey.answering()
    shown = sign_in(people.counsel, journey.at).read(reverse("counsel-cases"))
    assert "Answer by" in shown and "Talk it over with the person" in shown and "Mon, May 13" in shown
    assert "Open (1)" in shown and "Closed (0)" in shown


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "1e3", "²"])
def test_a_page_that_cannot_be_is_the_first_or_an_empty_one(journey, people, sign_in, page):
    journey.offered()
    sign_in(people.counsel, journey.at).read(reverse("counsel-cases") + f"?page={page}")


def test_the_list_asks_the_database_a_fixed_number_of_times(a_journey, people, sign_in, django_assert_max_num_queries):
    for number in range(1, 7):
        last = a_journey(number).accepted()
    counsel = sign_in(people.counsel, last.at)
    with django_assert_max_num_queries(7):
        counsel.read(reverse("counsel-cases"))


@pytest.mark.parametrize("state", [state.name for state in CASE.states])
def test_every_state_has_words_for_counsel_and_none_says_why(state):
    said = f"{title_of(state)} {step_of(state)}"
    assert title_of(state) and step_of(state)
    for word in ("engaged", "laborator", "witness", "officer", "divert", "deficient", "revoked", "another condition"):
        assert word not in said.lower()


def test_every_date_of_counsels_is_one_of_an_open_state():
    assert set(DUE) <= {state.name for state in CASE.open_states}
