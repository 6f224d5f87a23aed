"""Whoever sees a reminder on a lock screen, in an inbox or on a hall table can conclude nothing from it."""

import datetime as dt

import pytest

from instead.office.notices.wording import link_words, reminder_words
from instead.office.people.models import Person
from support.reminders import FORBIDDEN

MOMENT = dt.datetime(2019, 5, 6, 14, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("language", Person.Language.values)
@pytest.mark.parametrize("phone", ["", "215-555-0100"])
def test_nothing_can_be_concluded_from_a_reminder(settings, language, phone):
    settings.INSTEAD_REMINDER_PHONE = phone
    words = reminder_words(MOMENT, language)
    said = f"{words.subject} {words.body}".lower()
    assert not [word for word in FORBIDDEN[language] if word in said]
    assert phone in said


@pytest.mark.parametrize("language", Person.Language.values)
def test_nothing_can_be_concluded_from_a_link(language):
    words = link_words("https://example.org/my/x/", language)
    said = f"{words.subject} {words.body}".replace("https://example.org/my/x/", "").lower()
    assert not [word for word in FORBIDDEN[language] if word in said]


def test_day_and_hour_are_in_words_where_the_office_is():
    assert "Monday, May 6, 10:30 a.m." in reminder_words(MOMENT, "en").body
    assert "lunes 6 de mayo" in reminder_words(MOMENT, "es").body


def test_a_reminder_fits_into_one_text_message(settings):
    settings.INSTEAD_REMINDER_PHONE = "215-555-0100"
    longest = dt.datetime(2019, 9, 25, 14, 30, tzinfo=dt.UTC)
    assert len(reminder_words(longest, "en").body) <= 160
    assert len(reminder_words(longest, "es").body) <= 160


def test_spanish_is_spanish():
    english, spanish = reminder_words(MOMENT, "en"), reminder_words(MOMENT, "es")
    assert english.subject != spanish.subject and "reminder" not in spanish.body.lower()
