"""Telephone numbers as links, and days and hours in words, for the templates of a person's page."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from instead.office.notices.day_words import day_in_words, hour_in_words, office_time
from instead.office.notices.phone_numbers import read_number, shown_number

register = template.Library()


@register.simple_tag
def call(phone: str) -> SafeString | str:
    """A link that calls, where the number is certain; else the number as it was written."""
    number = read_number(phone)
    if number is None:
        return phone
    return format_html(
        '<a class="call" href="tel:{}">{}</a>', number, _("Call %(phone)s") % {"phone": shown_number(phone)}
    )


@register.filter
def day(value: dt.date) -> str:
    """“Monday, May 6”."""
    return day_in_words(_day(value))


@register.filter
def day_from(value: dt.date, now: dt.datetime) -> str:
    """“tomorrow, Monday, May 6”, seen from a moment."""
    return day_in_words(_day(value), office_time(now).date())


@register.filter
def hour(value: dt.datetime) -> str:
    """“10:30 a.m.”"""
    return hour_in_words(value)


@register.filter
def iso_day(value: dt.date) -> str:
    """The day as a form sends it."""
    return _day(value).isoformat()


def _day(value: dt.date) -> dt.date:
    return office_time(value).date() if isinstance(value, dt.datetime) else value
