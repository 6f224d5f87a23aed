"""How it goes, as counsel may know it: the facts that were told to counsel by consent, what was filed, what is asked.

Of treatment nothing is read here but :func:`~instead.office.consents.queries.known_to`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from instead.office.cases.models import Case
from instead.office.closing.models import Document, Proof, SecondLook, ServiceHours
from instead.office.consents.actions import standing
from instead.office.consents.models import Consent
from instead.office.consents.queries import Known, consents_of, known_to
from instead.office.consents.wall import Attendance, FourFacts, OtherCondition
from instead.office.court.queries import CourtPart, court_part
from instead.office.offers.counsel_offer import Form, form_lines, forms_of
from instead.office.offers.counsel_queries import NOT_KNOWN, Head, head_of
from instead.office.offers.signing_later import can_sign_later
from instead.office.offers.terms import asks_treatment
from instead.office.tasks.clocks import office_day

_ATTENDANCE: Final = {
    Attendance.NOT_YET: "not begun yet",
    Attendance.ATTENDING: "attends",
    Attendance.NOT_ATTENDING: "does not attend",
}
_COUNSEL: Final = Consent.Recipient.COUNSEL


@dataclass(frozen=True, slots=True)
class OfTreatment:
    """What counsel may know of treatment: the four facts in words, another condition, or that nothing may be told."""

    consent: bool
    told_at: dt.datetime | None
    lines: list[tuple[str, str]]
    other_condition: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that the defense handed in, and what has become of it; never what it says."""

    on: dt.datetime
    kind: str
    kilobytes: int
    now: str


@dataclass(frozen=True, slots=True)
class Service:
    """Hours of service: asked, filed so far, and each filing."""

    asked: int | None
    filed: int
    rows: list[ServiceHours]


@dataclass(frozen=True, slots=True)
class Signature:
    """One consent as it was signed, and whether it stands."""

    consent: Consent
    stands: bool
    lines: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Everything on counsel's page about how a case gets on."""

    head: Head
    treatment: OfTreatment
    asks_treatment: bool
    proofs: list[Proof]
    one_more: str
    papers: list[Paper]
    service: Service
    looks: list[SecondLook]
    office_may_see: bool
    court: CourtPart

    @property
    def decided(self) -> list[SecondLook]:
        return [look for look in self.looks if look.decided_at is not None]

    @property
    def back_to_treatment(self) -> bool:
        """Whether the person can ask for treatment again; not shown before the office has said what it asks."""
        return self.asks_treatment and self.head.case.state == "service"


def progress_page(case: Case, at: dt.datetime) -> ProgressPage:
    """How a case gets on."""
    head = head_of(case, at)
    terms = head.offer.terms if head.offer else {"conditions": [], "hours": None}
    proofs = list(Proof.objects.filter(case=case))
    rows = list(ServiceHours.objects.filter(case=case))
    return ProgressPage(
        head=head,
        treatment=of_treatment(case, at),
        asks_treatment=asks_treatment(terms),
        proofs=proofs,
        one_more=_one_more(case.state, proofs, rows),
        papers=papers_of(case),
        service=Service(terms["hours"], sum(row.hours for row in rows), rows),
        looks=list(SecondLook.objects.filter(case=case)),
        office_may_see=standing(case, Consent.Recipient.OFFICE, at) is not None,
        court=court_part(case, at),
    )


def of_treatment(case: Case, at: dt.datetime) -> OfTreatment:
    """What counsel was told last by a consent that stands now."""
    known = known_to(_COUNSEL, case, at)
    return OfTreatment(known.consent, known.told_at, _lines(known), isinstance(known.facts, OtherCondition))


def _lines(known: Known) -> list[tuple[str, str]]:
    facts = known.facts
    if not isinstance(facts, FourFacts):
        return []
    assessed = facts.assessed_on.strftime("%B %-d, %Y") if facts.assessed_on else NOT_KNOWN
    return [
        ("Assessed on", assessed),
        ("Engaged in treatment", _yes_no(facts.engaged)),
        ("Attendance", _ATTENDANCE[facts.attendance] if facts.attendance else NOT_KNOWN),
        ("Completed", _yes_no(facts.completed)),
    ]


def _yes_no(value: bool | None) -> str:
    return NOT_KNOWN if value is None else "yes" if value else "no"


def _one_more(state: str, proofs: list[Proof], rows: list[ServiceHours]) -> str:
    """The one thing that is still needed, in the office's words."""
    if state == "proof_incomplete":
        return next((proof.one_more for proof in reversed(proofs) if proof.state == Proof.State.ONE_MORE), "")
    return rows[-1].one_more if state == "service" and rows else ""


def papers_of(case: Case) -> list[Paper]:
    """The papers that the defense handed in."""
    kinds = {"application/pdf": "PDF", "image/jpeg": "picture", "image/png": "picture"}
    rows = Document.objects.filter(case=case, uploaded_as="defense_counsel")
    return [
        Paper(row.uploaded_at, kinds.get(row.content_type, "paper"), max(1, row.size // 1024), _became(row))
        for row in rows
    ]


def _became(row: Document) -> str:
    if row.destroyed_at is not None:
        return "read on the health side and destroyed"
    return "opened on the health side" if row.opened_at is not None else "waits to be opened on the health side"


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """Every consent of the case, and the forms that may still be signed."""

    head: Head
    signatures: list[Signature]
    unsigned: list[Form]


def consents_page(case: Case, language: str, at: dt.datetime) -> ConsentsPage:
    """Who may be told what, and who not; forms that may still be signed are in ``language``."""
    head, today = head_of(case, at), office_day(at)
    signatures = [
        Signature(consent, consent.stands(at, today), form_lines(_as_signed(consent), consent.language))
        for consent in consents_of(case)
    ]
    standing = {one.consent.recipient for one in signatures if one.stands}
    left = [one for one in Consent.Recipient if one not in standing]
    forms = []
    if head.offer is not None and can_sign_later(case, head.offer):
        forms = forms_of(case, left, language, treatment=asks_treatment(head.offer.terms))
    return ConsentsPage(head, signatures, forms)


def _as_signed(consent: Consent) -> dict[str, str]:
    """The words of the form as they stood when it was signed."""
    return {
        "description": consent.description,
        "discloser": consent.discloser,
        "purpose": consent.purpose,
        "how_to_revoke": consent.how_to_revoke,
        "revocable_from": consent.revocable_from,
        "expires_event": consent.expires_event,
    }
