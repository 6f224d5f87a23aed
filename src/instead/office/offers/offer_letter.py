"""The letter of an offer, to look at before it goes out and to keep as it went out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.court.models import Docket
from instead.office.court.trial_clocks import RULES
from instead.office.letterhead import desk, sender
from instead.office.letters import offer as letters
from instead.office.letters import parts
from instead.office.letters.parts import CannotBeSaid, Contact, Said
from instead.office.offers.models import Offer
from instead.office.offers.preview import Preview
from instead.office.tasks.clocks import office_day

_ASKS: Final = get_args(letters.Ask)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the letter says beside the case itself, from a preview or from an offer that is out."""

    signer: User
    counsel: User
    written_on: dt.date
    terms: Mapping[str, Any]
    interpreter: str
    charges: list[list[str]]
    dockets: list[str]


def draft(shown: Preview, signer: User, at: dt.datetime) -> Facts:
    """As it would go out now."""
    case = shown.decision.case
    charges = [[charge.citation, charge.grade] for charge in case.charges.all()]
    numbers = [docket.number for docket in case.dockets.all()]
    return Facts(signer, shown.counsel, office_day(at), shown.terms, shown.interpreter, charges, numbers)


def sent(offer: Offer) -> Facts:
    """As it went out."""
    before = offer.before
    return Facts(
        offer.sent_by,
        offer.counsel,
        office_day(offer.sent_at),
        offer.terms,
        offer.interpreter,
        before["charges"],
        before.get("dockets", []),
    )


def offer_letter(case: Case, facts: Facts) -> letters.Offer:
    """The letter; raises :class:`CannotBeSaid` where it would say something untrue or leave out what it must say."""
    terms = facts.terms
    asked = list(terms["conditions"]) or ["nothing"]
    unsaid = [name for name in asked if name not in _ASKS]
    if unsaid:
        raise CannotBeSaid(f"the letter “offer” has no words for: {', '.join(unsaid)}")
    described = {charge.citation: charge.description for charge in case.charges.all()}
    charges = tuple(
        parts.Charge(description=described.get(citation, ""), citation=citation) for citation, _ in facts.charges
    )
    return letters.Offer(
        sender=sender(facts.signer),
        written_on=facts.written_on,
        person=case.person.name,
        counsel=Contact(name=Said(facts.counsel.get_full_name() or facts.counsel.get_username()), phone=""),
        arrested_on=office_day(case.arrested_at) if case.arrested_at else None,
        dockets=tuple(_docket(number, charges) for number in facts.dockets),
        charges=charges,
        track=Said(terms["title"], terms["title_es"]),
        plea=terms["plea"],
        asks=cast(tuple[letters.Ask, ...], tuple(asked)),
        hours=terms["hours"] or None,
        deadlines=letters.deadlines(terms["clocks"]),
        missed_appointments=terms["clocks"].get("missed_appointments"),
        interpreter=Said(facts.interpreter) if facts.interpreter else None,
        contact=desk(),
        free_lawyer=None,
        waivers=tuple(_waiver(number, facts.written_on) for number in facts.dockets),
    )


def _docket(number: str, charges: tuple[parts.Charge, ...]) -> parts.Docket:
    return parts.Docket(number=number, court="CP" if number.startswith("CP") else "MC", charges=charges)


def _waiver(number: str, start: dt.date) -> letters.Waiver:
    return letters.Waiver(docket=number, rule=RULES[Docket.Court(number[:2])], start=start, end=None)
