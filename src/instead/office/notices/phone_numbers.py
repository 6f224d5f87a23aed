"""Telephone numbers as somebody wrote them, made certain before anything is sent or a link to call is shown."""

from __future__ import annotations

import phonenumbers

_HERE = "US"


def read_number(text: str) -> str | None:
    """The number with its country code (``+12155550100``), or nothing where it cannot be a telephone."""
    try:
        number = phonenumbers.parse(text, _HERE)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_number(text: str) -> str:
    """The number as people here read it; what is no certain number is shown as it was written."""
    number = read_number(text)
    if number is None:
        return text
    parsed = phonenumbers.parse(number, _HERE)
    national = phonenumbers.country_code_for_region(_HERE) == parsed.country_code
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if national else form.INTERNATIONAL)
