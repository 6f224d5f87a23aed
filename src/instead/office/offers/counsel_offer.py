"""The offer as counsel reads it with the person: what it asks, its dates, and the forms that may be signed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from instead.office.cases.models import Case
from instead.office.consents.actions import recipient_of
from instead.office.consents.forms_2_31 import elements
from instead.office.consents.models import Consent
from instead.office.offers.counsel_queries import Head, head_of, running
from instead.office.offers.interpreting import INTERPRETER
from instead.office.offers.models import Offer
from instead.office.offers.terms import asks_service, asks_treatment
from instead.office.tasks.clocks import office_parameters
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.models import Task

#: What each form is for, in the order in which they are shown; and what it means not to sign it.
_WITHOUT: Final = {
    Consent.Recipient.OFFICE: (
        "Without it the office cannot see that treatment has begun, so treatment cannot close this case."
    ),
    Consent.Recipient.COORDINATOR: (
        "Without it the coordinator books nothing. The person finds a place and books alone, and that is as good."
    ),
    Consent.Recipient.COUNSEL: (
        "Without it this page tells you nothing of how it goes. You know what your client tells you. You can still "
        "file proof."
    ),
}
#: The elements of 42 CFR § 2.31 in words, in the order in which they are read, in the language of the form.
_LABELS: Final = {
    "en": {
        "description": "What may be told",
        "discloser": "Who tells it",
        "purpose": "To whom, and what for",
        "how_to_revoke": "How to take it back",
        "revocable_from": "Taking back counts from",
        "expires_event": "It ends with",
    },
    "es": {
        "description": "Qué se puede decir",
        "discloser": "Quién lo dice",
        "purpose": "A quién y para qué",
        "how_to_revoke": "Cómo retirarlo",
        "revocable_from": "Desde cuándo vale retirarlo",
        "expires_event": "Termina con",
    },
}


@dataclass(frozen=True, slots=True)
class Form:
    """One consent form, word for word, with what it means to leave it unsigned."""

    recipient: Consent.Recipient
    organization: str
    language: str
    lines: list[tuple[str, str]]
    without: str
    needed: bool

    @property
    def title(self) -> str:
        label = str(self.recipient.label)
        return f"{label[:1].upper()}{label[1:]}: {self.organization}"


@dataclass(frozen=True, slots=True)
class Date:
    """One clock or number of the offer: for what, how many, and from when."""

    title: str
    number: int
    starts: str
    business: bool


@dataclass(frozen=True, slots=True)
class OfferPage:
    """The offer, with what it asks and what is still open about it."""

    head: Head
    offer: Offer
    treatment: bool
    service: bool
    dates: list[Date]
    answer_days: int | None
    interpreter_due: dt.date | None
    interpreter_sought: bool

    @property
    def no_plea(self) -> bool:
        return bool(self.offer.terms["plea"] == "none")

    @property
    def plea(self) -> str:
        return str(self.offer.terms["plea"]).replace("_", " ")

    @property
    def can_meet(self) -> bool:
        return self.head.can("counsel_met") and not self.offer.answer

    @property
    def can_answer(self) -> bool:
        return self.head.can("accept") and not self.offer.answer


def offer_page(case: Case, at: dt.datetime) -> OfferPage | None:
    """The newest offer of a case; None where none was ever sent."""
    head = head_of(case, at)
    if head.offer is None:
        return None
    search = Task.objects.filter(machine=BESIDE, subject=case.pk, kind=INTERPRETER, done_at=None).first()
    sought = running(search, at)
    terms = head.offer.terms
    return OfferPage(
        head=head,
        offer=head.offer,
        treatment=asks_treatment(terms),
        service=asks_service(terms),
        dates=[_date(name, number) for name, number in terms["clocks"].items()],
        answer_days=terms["clocks"].get("answer_days"),
        interpreter_due=sought.due_on if sought else None,
        interpreter_sought=sought is not None,
    )


def forms_of(case: Case, recipients: list[Consent.Recipient], language: str, *, treatment: bool) -> list[Form]:
    """The forms for these recipients, in the language in which they would be signed today."""
    return [
        _form(case, recipient, language, needed=treatment and recipient == Consent.Recipient.OFFICE)
        for recipient in recipients
    ]


def form_lines(said: dict[str, str], language: str) -> list[tuple[str, str]]:
    """The elements of a form with their labels, in the order in which they are read."""
    return [(label, said[name]) for name, label in _LABELS[language].items()]


def language_of_forms(asked: str, case: Case) -> str:
    """The language in which forms are shown: the one that was asked for, else that of letters to the person."""
    return asked if asked in _LABELS else case.person.language


def _form(case: Case, recipient: Consent.Recipient, language: str, *, needed: bool) -> Form:
    name = str(recipient_of(case, recipient))
    lines = form_lines(elements(recipient, name, language), language)
    return Form(recipient, name, language, lines, _WITHOUT[recipient], needed)


def _date(name: str, number: int) -> Date:
    parameters = office_parameters()
    if name in parameters.clocks:
        clock = parameters.clocks[name]
        latest = clock.clocks.periods[-1][1]
        return Date(clock.title, number, clock.starts, latest.business)
    if name in parameters.numbers:
        return Date(parameters.numbers[name].title, number, "", False)
    return Date(name.replace("_", " "), number, "", False)
