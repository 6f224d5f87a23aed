"""One letter of each kind about a case that nobody had: to look at a template, and for tests. Nobody here exists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from instead.office.letters.closing import CourtroomLine, CourtroomList, Withdrawn, WithdrawnDocket
from instead.office.letters.consent import AttendanceForm, Consent
from instead.office.letters.kinds import Letter
from instead.office.letters.offer import Deadline, Offer, OfferEnded, RunDate, Waiver
from instead.office.letters.on_the_way import Card, OneMoreThing, Reminder
from instead.office.letters.parts import Charge, Contact, Docket, Listing, Place, Said, Sender

_DAY = dt.date(2019, 5, 6)
_PERSON = "Rosa Example"
_SENDER = Sender(
    name="District Attorney’s Office, Example County",
    address=("Three Example Square", "Exampleton, PA 19000"),
    phone="215 555 0100",
    signer="Dana Example",
    signer_title=Said("Assistant District Attorney", "Fiscal auxiliar de distrito"),
)
_PROGRAM = Contact(
    name=Said("the program’s desk", "la oficina del programa"),
    phone="215 555 0101",
    hours=Said("Monday to Friday, 9 to 5", "lunes a viernes, de 9 a 5"),
)
_COUNSEL = Contact(name=Said("Lee Example, Public Defender", "Lee Example, defensa pública"), phone="215 555 0102")
_DEFENDER = Contact(name=Said("the Public Defender", "la defensa pública"), phone="215 555 0103")
_RECORDS = Contact(
    name=Said("the records desk", "la oficina de registros"),
    phone="215 555 0105",
    hours=Said("day and night", "día y noche"),
)
_POSSESSION = Charge(description="Possession of a controlled substance", citation="35 P.S. § 780-113(a)(16)")
_PIPE = Charge(description="Possession of drug paraphernalia", citation="35 P.S. § 780-113(a)(32)")
_NUMBER = "MC-51-CR-0000001-2019"
_DOCKET = Docket(number=_NUMBER, court="MC", charges=(_POSSESSION, _PIPE))
_PAGE = "example.org/card"
_LISTING = Listing(
    day=dt.date(2019, 6, 24), court="MC", at=dt.time(9, 0), courtroom="403", address="Four Example Square, Exampleton"
)

_OFFER = Offer(
    sender=_SENDER,
    written_on=_DAY,
    person=_PERSON,
    counsel=_COUNSEL,
    arrested_on=dt.date(2019, 5, 4),
    dockets=(_DOCKET,),
    charges=_DOCKET.charges,
    track=Said(
        "Treatment, or community service where treatment is not needed",
        "Tratamiento, o servicio comunitario si no hace falta tratamiento",
    ),
    plea="none",
    asks=("treatment", "community_service"),
    hours=12,
    deadlines=(
        Deadline(clock="answer_days", days=7),
        Deadline(clock="booking_days", days=14),
        Deadline(clock="engage_days", days=35),
        Deadline(clock="cure_days", days=14),
    ),
    missed_appointments=2,
    interpreter=Said("Portuguese", "portugués"),
    contact=_PROGRAM,
    free_lawyer=_DEFENDER,
    waivers=(Waiver(docket=_NUMBER, rule="Pa.R.Crim.P. 1013", start=_DAY, end=dt.date(2019, 9, 4)),),
)
_CONSENT = Consent(
    program="Treatment instead, Example County",
    person=_PERSON,
    born=dt.date(1988, 2, 29),
    dockets=(_DOCKET,),
    discloser="Example House, 6 Example Street",
    recipient="office",
    recipients=("District Attorney’s Office, Example County",),
    expires_on=dt.date(2019, 9, 4),
    revoke=_PROGRAM,
    signature=None,
)
_CARD = Card(
    code="7Q4K-M2XP",
    sick=Place(
        name="Example House", address="6 Example Street, Exampleton", hours=Said("day and night", "día y noche")
    ),
    step="answer",
    by=dt.date(2019, 5, 17),
    closes="treatment",
    contact=_PROGRAM,
    page=_PAGE,
    found="215 555 0104",
)
_WITHDRAWN = Withdrawn(
    sender=_SENDER,
    written_on=dt.date(2019, 7, 1),
    person=_PERSON,
    dockets=(WithdrawnDocket(number=_NUMBER, court="MC", charges=_DOCKET.charges, withdrawn_on=dt.date(2019, 6, 24)),),
    checked_on=dt.date(2019, 6, 28),
    contact=_RECORDS,
    free_lawyer=_DEFENDER,
)
_COURTROOM_LIST = CourtroomList(
    sender=_SENDER,
    written_on=dt.date(2019, 6, 21),
    listing=_LISTING,
    lines=tuple(CourtroomLine(docket=_NUMBER, person=_PERSON, charge=charge) for charge in _DOCKET.charges),
)
_REMINDER = Reminder(
    sender=Said("The front desk", "La recepción"),
    phone="215 555 0104",
    person="Rosa",
    what="appointment",
    day=dt.date(2019, 5, 14),
    at=dt.time(14, 5),
)
_ATTENDANCE_FORM = AttendanceForm(program="Treatment instead, Example County", return_to=_PROGRAM)
_OFFER_ENDED = OfferEnded(
    sender=_SENDER,
    written_on=dt.date(2019, 6, 12),
    person=_PERSON,
    counsel=_COUNSEL,
    dockets=(_DOCKET,),
    ended_on=dt.date(2019, 6, 11),
    listing=_LISTING,
    run_dates=(RunDate(docket=_NUMBER, rule="Pa.R.Crim.P. 1013", last_day=dt.date(2019, 12, 7)),),
    contact=_PROGRAM,
    free_lawyer=_DEFENDER,
)
_ONE_MORE_THING = OneMoreThing(
    sender=_SENDER,
    written_on=dt.date(2019, 6, 3),
    person=_PERSON,
    counsel=_COUNSEL,
    dockets=(_DOCKET,),
    received_on=dt.date(2019, 5, 31),
    thing="signature",
    in_words=Said(""),
    by=dt.date(2019, 6, 17),
    send_to=_PROGRAM,
    page=_PAGE,
)

SAMPLES: Mapping[str, Letter] = {
    letter.kind: letter
    for letter in (
        _OFFER,
        _CONSENT,
        _CARD,
        _WITHDRAWN,
        _COURTROOM_LIST,
        _REMINDER,
        _ATTENDANCE_FORM,
        _OFFER_ENDED,
        _ONE_MORE_THING,
    )
}
