"""The code on a card: every slip is seen, every way of writing is read, nothing is kept that opens anything."""

import datetime as dt
import random
import re

import pytest

from instead.office.ledger.models import Payload
from instead.office.my_page.actions import issue_card
from instead.office.my_page.codes import ALPHABET, LENGTH, check_character, grouped, new_code, person_of_code, read_code
from instead.office.my_page.models import Card, Tries
from instead.office.my_page.tries import Door, TooManyTries
from instead.office.people.models import Person
from instead.office.tasks.clocks import number_of
from support.my_page import at_step
from support.office import NOW

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
DICE = random.Random(3)


def a_code():
    body = "".join(DICE.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def wrong_code():
    """A code that could be one and is nobody's."""
    return a_code()


@pytest.fixture
def journey(tmp_path):
    return at_step("offered", tmp_path)


def test_the_alphabet_is_a_prime_number_of_characters_that_look_different():
    assert len(ALPHABET) == len(set(ALPHABET)) == 29
    assert not set("01ILOSU") & set(ALPHABET)


def test_every_single_slip_and_every_two_that_changed_places_are_seen():
    for code in (a_code() for _ in range(40)):
        assert read_code(code) == code
        for place in range(LENGTH):
            for other in ALPHABET:
                slipped = code[:place] + other + code[place + 1 :]
                assert (read_code(slipped) is None) == (other != code[place])
            if place and code[place - 1] != code[place]:
                swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]
                assert read_code(swapped) is None


@pytest.mark.parametrize("write", [str.lower, grouped, " ".join, lambda c: f"  {c[:5]} – {c[5:]}\t", "-".join])
def test_it_is_read_however_it_is_written(write):
    code = new_code()
    assert read_code(write(code)) == code


def test_letters_that_can_only_mean_one_thing_are_read():
    code = next(one for one in iter(a_code, "") if "5" in one and "V" in one)
    assert read_code(code.replace("5", "s").replace("V", "u")) == code


@pytest.mark.parametrize("typed", ["", "A", "0" * 10, "K7M-9QX-4RT", "K7M9QX4RTDD", "<script>", "ñ" * 10, "😀" * 10])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None


def test_it_is_printed_in_groups():
    assert re.fullmatch(r"[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{4}", grouped(new_code()))


def test_a_card_is_found_by_its_code_and_kept_as_a_keyed_hash_alone(journey, settings):
    code = issue_card(journey.case.person, actor=journey.people.counsel, at=NOW)
    assert person_of_code(code.lower(), NOW) == journey.case.person
    kept = " ".join(str(value) for row in Card.objects.values() for value in row.values())
    kept += " ".join(Payload.objects.values_list("content", flat=True))
    assert code not in kept and code.replace("-", "") not in kept
    settings.SECRET_KEY = "another key of the office, so that nothing kept matches any more"
    assert person_of_code(code, NOW) is None


def test_a_new_card_takes_the_place_of_the_one_before(journey):
    first, second = (issue_card(journey.case.person, actor=journey.people.counsel, at=NOW) for _ in range(2))
    assert person_of_code(first, NOW) is None
    assert person_of_code(second, NOW) == journey.case.person
    assert Card.objects.filter(person=journey.case.person, replaced_at=None).count() == 1


def test_two_people_have_two_cards(journey):
    other = Person.objects.create(name="Other")
    mine = issue_card(journey.case.person, actor=journey.people.counsel, at=NOW)
    assert person_of_code(mine, NOW) != other


def try_codes(count, at, place="somewhere", door=Door.CODE):
    for _ in range(count):
        assert person_of_code(wrong_code(), at, place=place, door=door) is None


def test_after_so_many_wrong_codes_from_one_place_it_waits_and_then_goes_on(journey):
    most = number_of("tries_from_one_place", NOW)
    try_codes(most, NOW)
    right = issue_card(journey.case.person, actor=journey.people.counsel, at=NOW)
    with pytest.raises(TooManyTries) as caught:
        person_of_code(right, NOW, place="somewhere", door=Door.CODE)
    assert 1 <= caught.value.minutes <= number_of("try_minutes", NOW)
    assert person_of_code(right, NOW, place="elsewhere", door=Door.CODE) == journey.case.person
    later = NOW + caught.value.minutes * MINUTE
    assert person_of_code(right, later, place="somewhere", door=Door.CODE) == journey.case.person


@pytest.mark.usefixtures("journey")
def test_wrong_codes_from_everywhere_are_counted_together():
    for number in range(number_of("tries_from_everywhere", NOW)):
        try_codes(1, NOW, place=f"place {number}")
    with pytest.raises(TooManyTries):
        try_codes(1, NOW, place="one more place")


def test_each_door_counts_for_itself_so_that_guessing_at_the_page_closes_no_desk(journey):
    right = issue_card(journey.case.person, actor=journey.people.counsel, at=NOW)
    for number in range(number_of("tries_from_everywhere", NOW)):
        try_codes(1, NOW, place=f"place {number}")
    assert person_of_code(right, NOW, place="a desk") == journey.case.person


def test_a_slip_of_the_thumb_and_a_right_code_are_not_counted(journey):
    right = issue_card(journey.case.person, actor=journey.people.counsel, at=NOW)
    for _ in range(number_of("tries_from_one_place", NOW) + 3):
        assert person_of_code("K7M-9QX-4RTT", NOW, place="phone", door=Door.CODE) is None
        assert person_of_code(right, NOW, place="phone", door=Door.CODE)
    assert not Tries.objects.filter(count__gt=0).exists()


def test_where_tries_came_from_is_kept_as_a_keyed_hash_for_a_day(journey):
    try_codes(1, NOW, place="203.0.113.7")
    assert not Tries.objects.filter(place__contains="203.0.113").exists()
    try_codes(1, NOW + dt.timedelta(days=2), place="203.0.113.8")
    assert not Tries.objects.filter(since__lte=NOW + dt.timedelta(hours=1)).exists()
    assert journey
