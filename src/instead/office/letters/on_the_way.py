"""What a person gets between the offer and its end: the card, reminders, the one more thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from instead.office.letters.parts import Contact, Docket, Place, Said, Sender, needed

#: What comes next for a person.
Step = Literal["answer", "appointment", "first_visit", "proof", "service"]
#: What closes the case.
Closes = Literal["treatment", "service", "nothing"]
#: The one thing that proof still lacks.
Thing = Literal[
    "assessment_date", "first_visit", "attendance", "signature", "consent", "readable_copy", "hours", "other"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card for the wallet, without a name. Nothing on its outer side tells what it is about.

    ``sick`` is where to go now; ``step`` and ``by`` what is next and its date, where there is one; ``page`` where the
    code can be typed in; ``found`` the number on the outer side, which must be answered neutrally.
    """

    kind: ClassVar[str] = "card"
    code: str
    sick: Place
    step: Step | None
    by: dt.date | None
    closes: Closes
    contact: Contact
    page: str
    found: str

    def __post_init__(self) -> None:
        needed(self.kind, code=self.code, contact=self.contact.phone, page=self.page, found=self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder from which nothing can be concluded: no place, no office, no subject.

    ``sender`` is a neutral name, and ``phone`` a number that is answered neutrally.
    """

    kind: ClassVar[str] = "reminder"
    sender: Said
    phone: str
    person: str
    what: Literal["appointment", "due"]
    day: dt.date
    at: dt.time | None = None

    def __post_init__(self) -> None:
        needed(self.kind, sender=self.sender.en, phone=self.phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMoreThing:
    """Proof was looked at and one thing is needed. ``in_words`` is required for ``other``, and shown as written."""

    kind: ClassVar[str] = "one_more_thing"
    sender: Sender
    written_on: dt.date
    person: str
    counsel: Contact | None
    dockets: tuple[Docket, ...]
    received_on: dt.date
    thing: Thing
    in_words: Said
    by: dt.date
    send_to: Contact
    page: str

    def __post_init__(self) -> None:
        needed(self.kind, person=self.person)
        if self.thing == "other":
            needed(self.kind, in_words=self.in_words.en)
