"""What a prosecutor sees of proof, service, the second look and the withdrawal of one case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from instead.office.cases.models import Case, Confirmation
from instead.office.cases.screening import newest_decision
from instead.office.closing.models import Proof, SecondLook, ServiceHours, Withdrawal
from instead.office.closing.other_ends import MOVES
from instead.office.closing.proof import newest_proof
from instead.office.closing.second_look import why_not_end, why_not_keep
from instead.office.closing.withdrawing import WITHDRAWING, grounds, reasons_from, still_open, why_not
from instead.office.consents.models import Consent
from instead.office.consents.queries import known_to
from instead.office.consents.wall import FourFacts, OtherCondition, for_office
from instead.office.court.models import Docket, Warrant
from instead.office.machines import CASE
from instead.office.offers.models import Offer
from instead.office.offers.terms import asks_service
from instead.office.tasks.clocks import PERSONS_CLOCKS, office_day
from instead.office.tasks.models import Task

_KEPT: Final = (
    Withdrawal.Reason.ENGAGED,
    Withdrawal.Reason.SERVICE,
    Withdrawal.Reason.CONDITION,
    Withdrawal.Reason.NOTHING_ASKED,
)


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """What the office may know of treatment now: the four facts, or another condition, or that nothing may be known."""

    consent: bool
    told: FourFacts | None
    other: bool
    told_at: dt.datetime | None


def progress_part(case: Case, at: dt.datetime) -> ProgressPart:
    """What was told by a consent that still stands, and nothing else."""
    known = known_to(Consent.Recipient.OFFICE, case, at)
    told = known.facts if isinstance(known.facts, FourFacts) else None
    return ProgressPart(known.consent, told, isinstance(known.facts, OtherCondition), known.told_at)


@dataclass(frozen=True, slots=True)
class ProofPart:
    """The proof filed last. ``told`` is None where the consent that it rests on does not stand any more."""

    proof: Proof
    told: FourFacts | None

    @property
    def engaged(self) -> bool:
        """Whether the form says that the person has engaged, without which it cannot be found good."""
        return self.told is not None and self.told.engaged is True


def proof_part(case: Case, at: dt.datetime) -> ProofPart | None:
    """The proof that can be looked at, if there is one."""
    proof = newest_proof(case)
    if proof is None:
        return None
    stands = proof.disclosure.consent.stands(at, office_day(at))
    told = for_office(proof.disclosure.kind, proof.disclosure.told) if stands else None
    return ProofPart(proof, told if isinstance(told, FourFacts) else None)


@dataclass(frozen=True, slots=True)
class ServicePart:
    """Hours of service: asked, filed, and what the office can do.

    ``only_a_choice``: they could take the place of treatment, and nobody has said that they should.
    """

    asked: int
    filed: list[ServiceHours]
    can_start: bool
    can_ask_more: bool
    only_a_choice: bool

    @property
    def done(self) -> int:
        return sum(one.hours for one in self.filed)


def service_part(case: Case, offer: Offer | None) -> ServicePart | None:
    """The hours of service, where some are filed, are being done, or can be asked now."""
    filed = list(ServiceHours.objects.filter(case=case))
    asked = offer is not None and asks_service(offer.terms)
    can_start = asked and CASE.can(case.state, "start_service")
    if not filed and not can_start and case.state not in ("service", "service_filed"):
        return None
    hours = offer.terms["hours"] if offer is not None and asked else 0
    return ServicePart(hours, filed, can_start, CASE.can(case.state, "ask_more_service"), case.state == "accepted")


@dataclass(frozen=True, slots=True)
class LookPart:
    """A second look that is under way, with what cannot be done yet and why ("" where it can)."""

    look: SecondLook
    why_not_keep: str
    why_not_end: str


def look_part(case: Case, at: dt.datetime) -> LookPart | None:
    """The second look that is under way."""
    looks = SecondLook.objects.filter(case=case, decided_at__isnull=True)
    look = looks.select_related("office_by", "defense_by").first() if case.state == "second_look" else None
    return LookPart(look, why_not_keep(look), why_not_end(look, case, at)) if look else None


def reasons_to_look(case: Case, at: dt.datetime) -> list[SecondLook.Because]:
    """For what a prosecutor can open a second look now. A consent taken back is never among them."""
    if not CASE.can(case.state, "open_second_look"):
        return []
    clocks = Task.objects.filter(machine=CASE.name, subject=case.id, done_at__isnull=True, clock__in=PERSONS_CLOCKS)
    found = [SecondLook.Because.NEW_ARREST]
    if clocks.filter(due_on__lt=office_day(at)).exists():
        found.append(SecondLook.Because.MISSED_CLOCK)
    standing = (
        Confirmation.objects.filter(decision__case=case, undone_at__isnull=True).select_related("decision").last()
    )
    if standing is not None and standing.decision.outcome != newest_decision(case).outcome:
        found.append(SecondLook.Because.CHANGED_OUTCOME)
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """A reason for which the court could be asked, and why it cannot be now ("" where it can)."""

    reason: Withdrawal.Reason
    why_not: str


@dataclass(frozen=True, slots=True)
class WithdrawalPart:
    """The withdrawal: for what it can be asked, or how far it has come on the court's record."""

    kept: list[Choice]
    others: list[Choice]
    withdrawal: Withdrawal | None
    dockets: list[Docket]
    warrants: list[Warrant]
    still_open: list[str]
    under_way: bool


def withdrawal_part(case: Case) -> WithdrawalPart:
    """What can be asked of the court, or what it has been asked."""
    withdrawal = Withdrawal.objects.filter(case=case).select_related("asked_by").first()
    reasons = [] if withdrawal else reasons_from(case.state)
    found = grounds(case) if reasons else None
    choices = [Choice(reason, why_not(found, reason)) for reason in reasons] if found else []
    asks_nothing = found is not None and (found.offer is None or found.offer.terms["conditions"] in ([], ["nothing"]))
    return WithdrawalPart(
        kept=[one for one in choices if one.reason in _KEPT and (asks_nothing or one.reason != _KEPT[-1])],
        others=[one for one in choices if one.reason not in _KEPT],
        withdrawal=withdrawal,
        dockets=list(case.dockets.select_related("confirmed_by").order_by("-court", "number")) if withdrawal else [],
        warrants=list(case.warrants.filter(of_this_case=True, cleared_at__isnull=True)) if withdrawal else [],
        still_open=still_open(case) if withdrawal else [],
        under_way=case.state in WITHDRAWING,
    )


@dataclass(frozen=True, slots=True)
class EndsPart:
    """The other ways a case can end here, and the ways back."""

    programs: list[tuple[str, str]]
    death: bool
    reopen: bool
    offer_again: bool

    def __bool__(self) -> bool:
        return bool(self.programs or self.death or self.reopen or self.offer_again)


def ends_part(case: Case) -> EndsPart:
    """What the machine of the case allows a prosecutor from here."""
    can = CASE.can
    programs = [(name, CASE.state(CASE.transition(name).target).title) for name in MOVES if can(case.state, name)]
    reopen = can(case.state, "reopen_before_offer") or can(case.state, "reopen_after_offer")
    return EndsPart(programs, can(case.state, "record_death"), reopen, can(case.state, "offer_again"))
