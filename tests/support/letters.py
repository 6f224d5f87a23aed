"""Letters read as a reader of PDF reads them. Nobody in them exists."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pypdf

from instead.office.letters.closing import CourtroomLine, CourtroomList, Withdrawn, WithdrawnDocket
from instead.office.letters.consent import AttendanceForm, Consent, Signature
from instead.office.letters.kinds import Letter
from instead.office.letters.offer import Offer, OfferEnded, Waiver
from instead.office.letters.on_the_way import Card, OneMoreThing, Reminder
from instead.office.letters.parts import Charge, Contact, Docket, Language, Place, Said
from instead.office.letters.render import render
from instead.office.letters.samples import SAMPLES

_Kind = TypeVar("_Kind", bound=Letter)
_FOOTER = re.compile(r"(?:Page \d+ of \d+|Página \d+ de \d+)\s*$")
_LONG = "María de los Ángeles Fernández-Villanueva y Ortega de la Santísima Trinidad Montmorency-Featherstonehaugh III"
_DESK = Contact(
    name=Said("Alexandria Oluwaseun-Featherstonehaugh, Defender Association of the City and County of Example"),
    phone="215 555 0102 ext. 44321",
    hours=Said("Monday to Thursday 8:30 to 12:00 and 1:00 to 4:30, Friday 8:30 to 12:00"),
)
_CHARGES = tuple(
    Charge(description=f"Possession of a Controlled Substance by a Person Not Registered, Count {n}", citation="35 § 1")
    for n in (1, 2, 3)
)
_MC = Docket(number="MC-51-CR-0000001-2019", court="MC", charges=_CHARGES)
_CP = Docket(number="CP-51-CR-0000001-2019", court="CP", charges=_CHARGES)


def sample(kind: type[_Kind]) -> _Kind:
    """The sample letter of a kind."""
    letter = SAMPLES[kind.kind]
    assert isinstance(letter, kind)
    return letter


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page without the line that numbers it."""
    return [_FOOTER.sub("", page.extract_text()) for page in reader(pdf).pages]


@functools.cache
def printed(letter: Letter, language: Language) -> str:
    """The whole print of a letter, squeezed."""
    return squeezed("".join(pages(render(letter, language))))


@functools.cache
def hard_letters() -> dict[str, Letter]:
    """The same kinds with long names, many charges and every branch that the samples leave out."""
    return {letter.kind: letter for letter in _hard()}


def squeezed(text: str) -> str:
    """Text without white space and hyphens: a line break in print adds the one and, in Spanish, repeats the other."""
    return re.sub(r"[\s\u200b-]+", "", text)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, a heading, an item or a cell being one, too."""
    for block in text.split("\n\n"):
        yield from (part for part in re.split(r"(?<=[.?!:;]) ", block) if part)


def _hard() -> tuple[Letter, ...]:
    offer, ended = sample(Offer), sample(OfferEnded)
    waiver = Waiver(docket=_CP.number, rule="Pa.R.Crim.P. 600", start=offer.written_on, end=None)
    clinic = Place(name="Northern Example Centers, Example Garden", address="499 North Example Street, Exampleton")
    due = tuple(replace(deadline, due=dt.date(2019, 6, 1)) for deadline in offer.deadlines)
    rows = tuple(CourtroomLine(docket=f"MC-51-CR-{n:07}-2019", person=_LONG, charge=_CHARGES[n % 3]) for n in range(60))
    withdrawn = tuple(
        WithdrawnDocket(number=one.number, court=one.court, charges=_CHARGES, withdrawn_on=dt.date(2019, 7, 1))
        for one in (_MC, _CP)
    )
    return (
        replace(
            offer,
            person=_LONG,
            counsel=_DESK,
            contact=_DESK,
            dockets=(_MC, _CP),
            charges=_CHARGES,
            deadlines=due,
            waivers=(*offer.waivers, waiver),
        ),
        replace(
            sample(Consent),
            person=_LONG,
            recipient="coordinator",
            recipients=("Health Services of Example County", _LONG),
            revoke=_DESK,
            signature=Signature(name=_LONG, on=dt.date(2019, 5, 20)),
        ),
        replace(sample(Card), sick=clinic, contact=_DESK),
        replace(sample(Withdrawn), person=_LONG, dockets=withdrawn, contact=_DESK, free_lawyer=None),
        replace(sample(CourtroomList), lines=rows),
        replace(sample(Reminder), person=_LONG, what="due", at=None),
        replace(sample(AttendanceForm), person=_LONG, provider=clinic.name, consent_signed_on=dt.date(2019, 5, 20)),
        replace(ended, person=_LONG, counsel=None, listing=None, run_dates=(), contact=_DESK),
        replace(sample(OneMoreThing), person=_LONG, counsel=_DESK, in_words=Said("the second page of the form")),
    )
