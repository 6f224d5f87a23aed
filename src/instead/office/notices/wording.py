"""What a reminder says. Whoever reads it over somebody's shoulder learns a day and an hour, and nothing else.

No place, no office, no subject: not from the words, and not from the name or the number that it comes from.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from instead.office.notices.day_words import day_in_words, hour_in_words, office_time


@dataclass(frozen=True, slots=True)
class Words:
    """A subject for those ways that have one, and the text."""

    subject: str
    body: str


def reminder_words(moment: dt.datetime, language: str) -> Words:
    """The words of every reminder, whatever it is about."""
    with translation.override(language):
        day, hour = day_in_words(office_time(moment).date()), hour_in_words(moment)
        lines = [_("Reminder of your appointment: %(day)s, %(hour)s") % {"day": day, "hour": hour}]
        if settings.INSTEAD_REMINDER_PHONE:
            lines.append(_("Questions? Call %(phone)s") % {"phone": settings.INSTEAD_REMINDER_PHONE})
        return Words(_("Reminder"), "\n".join(lines))


def link_words(address: str, language: str) -> Words:
    """The words with a link to somebody's page."""
    with translation.override(language):
        return Words(_("Your page"), _("Here is your page: %(address)s") % {"address": address})
