"""The written consent under 42 CFR § 2.31, and the form on which a clinic answers under it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from instead.office.letters.parts import Contact, Docket, needed

#: Who learns something. One form for each: a consent for use in a proceeding may not be joined with another purpose
#: (42 CFR § 2.31(d)).
Recipient = Literal["office", "coordinator", "counsel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A name typed or signed, and its date; nothing where the line is still to be signed by hand."""

    name: str
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """Elements of a consent in words that are settled elsewhere, in the language of the form."""

    description: str
    purpose: str
    how_to_revoke: str
    revocable_from: str
    expires_event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One written consent: one person, one discloser, one recipient.

    ``recipients`` are the named people or offices; ``expires_on`` is the last day at the latest, beside the event that
    ends it earlier; ``revoke`` says whom to tell. For the office the form names the event from which federal rules
    let it be taken back (42 CFR § 2.35(c)), and says that it is honored at once before.

    A consent that was signed is printed in the words that were signed: ``elements`` takes the place of the template's.
    """

    kind: ClassVar[str] = "consent"
    program: str
    person: str
    born: dt.date | None
    dockets: tuple[Docket, ...]
    discloser: str
    recipient: Recipient
    recipients: tuple[str, ...]
    expires_on: dt.date | None
    revoke: Contact
    signature: Signature | None
    elements: Elements | None = None

    def __post_init__(self) -> None:
        needed(
            self.kind,
            program=self.program,
            person=self.person,
            discloser=self.discloser,
            recipients=self.recipients,
            revoke=self.revoke.phone,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceForm:
    """The blank proof form: four facts and no more. What is empty is a line to write on."""

    kind: ClassVar[str] = "attendance_form"
    program: str
    return_to: Contact
    person: str = ""
    provider: str = ""
    consent_signed_on: dt.date | None = None
    recipients: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        needed(self.kind, program=self.program, return_to=self.return_to.phone)
