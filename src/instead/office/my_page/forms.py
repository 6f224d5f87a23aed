"""What a person types and sends, read with kind words for what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from instead.office.cases.models import Case
from instead.office.consents.actions import Signed, recipient_of
from instead.office.consents.forms_2_31 import elements
from instead.office.consents.models import Consent
from instead.office.enrolments.documents import MOST_BYTES, content_type_of
from instead.office.errors import Refused
from instead.office.my_page.told import recipient_words
from instead.office.offers.counsel_offer import form_lines

#: The forms in the order in which they are read.
RECIPIENTS: Final = (Consent.Recipient.OFFICE, Consent.Recipient.COORDINATOR, Consent.Recipient.COUNSEL)
_LONGEST_NAME: Final = 200


def plain(text: str) -> str:
    """Typed text in one line: what no database and no letter can hold is left out."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


@dataclass(frozen=True, slots=True)
class Paper:
    """One consent form, word for word, with the name that was typed under it."""

    recipient: str
    title: str
    organization: str
    lines: list[tuple[str, str]]
    without: str
    needed: bool
    signature: str


def papers(
    case: Case, recipients: list[Consent.Recipient], language: str, sent: Mapping[str, str], *, needs_office: bool
) -> list[Paper]:
    """The forms for these recipients in the language of the page, with what was typed."""
    return [_paper(case, one, language, sent, needs_office=needs_office) for one in recipients]


def signed(recipients: list[Consent.Recipient], language: str, sent: Mapping[str, str]) -> list[Signed]:
    """The forms under which a name stands; the others are not signed."""
    names = {one: plain(sent.get(f"sign-{one.value}", ""))[:_LONGEST_NAME] for one in recipients}
    return [Signed(one, name, language=language) for one, name in names.items() if name]


def _paper(case: Case, one: Consent.Recipient, language: str, sent: Mapping[str, str], *, needs_office: bool) -> Paper:
    name = str(recipient_of(case, one))
    return Paper(
        recipient=one.value,
        title=recipient_words(one.value),
        organization=name,
        lines=form_lines(elements(one, name, language), language),
        without=_without(one),
        needed=needs_office and one == Consent.Recipient.OFFICE,
        signature=sent.get(f"sign-{one.value}", "")[:_LONGEST_NAME],
    )


def _without(one: Consent.Recipient) -> str:
    return {
        Consent.Recipient.OFFICE: _(
            "Without it the office cannot see that you started, so it cannot close your case this way."
        ),
        Consent.Recipient.COORDINATOR: _(
            "You may leave this one. Then nobody helps with booking: you find a place and book by yourself."
        ),
        Consent.Recipient.COUNSEL: _("You may leave this one. Then your lawyer knows only what you say."),
    }[one]


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of service as typed."""

    hours: int
    place: str
    first_day: dt.date
    last_day: dt.date


def typed_hours(sent: Mapping[str, str], today: dt.date) -> Hours | str:
    """The hours, or what is wrong with them."""
    number, place = sent.get("hours", "").strip(), plain(sent.get("place", ""))
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and 1 <= int(number) <= 1000):
        return _("Write how many full hours, as a number such as 6.")
    if not place:
        return _("Write where you did the hours.")
    try:
        first, last = (dt.date.fromisoformat(sent.get(name, "")) for name in ("first_day", "last_day"))
    except ValueError:
        return _("Choose the first and the last day.")
    if not first <= last <= today:
        return _("The first day comes before the last, and the last day is not after today.")
    return Hours(int(number), place[:200], first, last)


def uploaded(files: list[UploadedFile[Any]]) -> tuple[bytes, str]:
    """The one file that was sent, or what is wrong with it. A file that is too large is not read."""
    if not files:
        return b"", _("Take a picture or choose a file first.")
    if len(files) > 1:
        return b"", _("Send one paper at a time: a picture or a file, not both.")
    file = files[0]
    if (file.size or 0) > MOST_BYTES:
        return b"", _("This file is too big. It may have up to 10 MB. Take the picture again, smaller.")
    content = file.read()
    try:
        content_type_of(content)
    except Refused:
        return b"", _("This cannot be read here. Send a picture (JPEG or PNG) or a PDF.")
    return content, ""
