"""One case on one page, for its prosecutor: the next step on top, then the parts, the most urgent first."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final, NamedTuple

from instead.facts.vocabulary import Fact
from instead.office.cases.history import Event, history_of
from instead.office.cases.known import KnownFact, facts_of, shown
from instead.office.cases.late_words import LateLine, late_lines
from instead.office.cases.looking_again import why_not_again
from instead.office.cases.models import Case, Contest
from instead.office.cases.next_steps import Step, steps_of
from instead.office.cases.queries import CasePage, case_page
from instead.office.closing import queries as closing
from instead.office.closing.models import SecondLook
from instead.office.court.queries import CourtPart, court_part
from instead.office.machines import CASE
from instead.office.offers.queries import OfferPart, offer_part
from instead.policy.model import HARSHNESS, OUTCOMES, Policy

#: The part that a state is about; every other state is about the decision.
LEADS: Final = {
    "offering": "offer",
    "offered": "offer",
    "answering": "offer",
    "accepted": "progress",
    "proof_filed": "proof",
    "proof_incomplete": "proof",
    "verified": "withdrawal",
    "other_condition": "service",
    "service": "service",
    "service_filed": "service",
    "second_look": "second-look",
    "withdrawing_engaged": "withdrawal",
    "withdrawing_condition": "withdrawal",
    "withdrawing_other": "withdrawal",
}
_ABOUT: Final = {"contest": "contests", "changed_outcome": "changed", "warrant": "court", "listing": "court"}


class Part(NamedTuple):
    """A part of the page: its anchor, its heading and its template."""

    name: str
    heading: str
    template: str


#: The parts, in the order in which they stand where nothing is urgent.
PARTS: Final = {
    name: Part(name, heading, template)
    for name, heading, template in (
        ("changed", "To be looked at again", "cases/parts/changed.html"),
        ("contests", "Contested facts", "cases/parts/contests.html"),
        ("second-look", "Second look", "closing/parts/second_look.html"),
        ("withdrawal", "Withdrawal", "closing/parts/withdrawal.html"),
        ("proof", "Proof", "closing/parts/proof.html"),
        ("service", "Community service", "closing/parts/service.html"),
        ("progress", "Treatment", "closing/parts/progress.html"),
        ("offer", "Offer", "offers/parts/offer.html"),
        ("decision", "Decision and report", "cases/parts/decision.html"),
        ("court", "Court", "court/parts/court.html"),
        ("late", "Learned later", "cases/parts/late.html"),
        ("ends", "Other ways", "closing/parts/ends.html"),
        ("history", "History", "cases/parts/history.html"),
    )
}
#: From the yes on there is progress to be told of.
_ANSWERED_YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class ContestLine:
    """A contested fact: its question, what stands, and what counsel says it is."""

    contest: Contest
    fact: Fact | None
    stands: str
    said: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case. ``parts`` are the names of the parts that are shown, the most urgent first."""

    case: Case
    page: CasePage
    title: str
    steps: list[Step]
    facts: list[KnownFact]
    contests: list[ContestLine]
    late: list[LateLine]
    changed: bool
    why_not_again: str
    offer: OfferPart
    progress: closing.ProgressPart | None
    proof: closing.ProofPart | None
    service: closing.ServicePart | None
    look: closing.LookPart | None
    reasons_to_look: list[SecondLook.Because]
    withdrawal: closing.WithdrawalPart
    ends: closing.EndsPart
    court: CourtPart
    history: list[Event]

    @property
    def next(self) -> Step | None:
        """What is to be done first."""
        return self.steps[0] if self.steps else None

    @property
    def others(self) -> list[tuple[Step, str]]:
        """What is to be done besides, each with the part of the page that it is about."""
        return [(step, step_part(step)) for step in self.steps[1:]]

    @property
    def is_open(self) -> bool:
        return CASE.state(self.case.state).open

    @property
    def undecided(self) -> bool:
        """Whether a prosecutor can still decide here: nobody has, or the policy leaves it to a person."""
        return self.case.state in ("screened", "needs_facts", "review")

    @property
    def outcomes(self) -> list[str]:
        """What can be chosen in place of what the policy says."""
        not_again = "review" if self.case.state == "review" else self.page.decision.outcome
        return [outcome for outcome in OUTCOMES if outcome != not_again]

    @property
    def new_arrests(self) -> list[LateLine]:
        """Arrests that came after the offer."""
        return [line for line in self.late if line.new_arrest]

    @property
    def differs(self) -> bool:
        """Whether the policy now says another thing than when it was decided."""
        standing = self.page.standing
        return standing is not None and standing.decision.outcome != self.page.decision.outcome

    @property
    def milder(self) -> bool:
        """Whether the policy now says something milder than when it was decided."""
        before = self.page.standing.decision.outcome if self.page.standing else ""
        known = before in HARSHNESS and self.page.decision.outcome in HARSHNESS
        return known and HARSHNESS.index(self.page.decision.outcome) < HARSHNESS.index(before)

    @property
    def can_undo(self) -> bool:
        """Whether a mistaken confirmation can be taken back: until an offer is out."""
        standing = self.page.standing is not None
        return standing and CASE.can(self.case.state, "undo_confirmation") and not self.offer.offers

    @property
    def parts(self) -> list[Part]:
        """Each part that has something to say, the most urgent first."""
        urgent = [step_part(step) for step in self.steps]
        names = dict.fromkeys([*urgent, LEADS.get(self.case.state, "decision"), *PARTS])
        return [PARTS[name] for name in names if self._has(name)]

    def _has(self, name: str) -> bool:
        withdrawal = self.withdrawal
        has = {
            "changed": self.changed,
            "contests": bool(self.contests),
            "second-look": self.look is not None,
            "withdrawal": bool(withdrawal.kept or withdrawal.withdrawal),
            "proof": self.proof is not None,
            "service": self.service is not None and not self.service.only_a_choice,
            "progress": self.progress is not None and (self.proof is None or self.progress.told != self.proof.told),
            "offer": bool(self.offer.offers) or self.case.state == "offering",
            "late": bool(self.late),
            "ends": bool(self.ends or self.service or withdrawal.others or self.reasons_to_look),
        }
        return has.get(name, True)


def step_part(step: Step) -> str:
    """The part of the page that a step is about."""
    if step.task.machine == CASE.name:
        return LEADS.get(step.task.kind, "decision")
    return _ABOUT[step.task.kind]


def case_file(case_id: uuid.UUID, policy: Policy, at: dt.datetime) -> CaseFile:
    """Everything the prosecutor's page of one case shows; raises ``Case.DoesNotExist``."""
    page = case_page(case_id, policy)
    case = page.case
    steps, facts, offer = steps_of(case, at), facts_of(case, policy), offer_part(case)
    said_yes = offer.newest is not None and offer.newest.answer == _ANSWERED_YES
    changed = any(step.task.kind == "changed_outcome" for step in steps)
    return CaseFile(
        case=case,
        page=page,
        title=CASE.state(case.state).title,
        steps=steps,
        facts=facts,
        contests=_contests(case, facts, policy),
        late=late_lines(case, policy),
        changed=changed,
        why_not_again=why_not_again(case) if changed else "",
        offer=offer,
        progress=closing.progress_part(case, at) if said_yes else None,
        proof=closing.proof_part(case, at) if said_yes else None,
        service=closing.service_part(case, offer.newest) if said_yes else None,
        look=closing.look_part(case, at),
        reasons_to_look=closing.reasons_to_look(case, at),
        withdrawal=closing.withdrawal_part(case),
        ends=closing.ends_part(case),
        court=court_part(case, at),
        history=history_of(case, page.history),
    )


def _contests(case: Case, facts: list[KnownFact], policy: Policy) -> list[ContestLine]:
    stands = {known.fact.name: known.value for known in facts}
    lines = []
    for contest in case.contests.filter(answered_at__isnull=True).select_related("by__organization"):
        fact = policy.vocabulary.facts.get(contest.fact)
        said = shown(fact, contest.code) if fact else ""
        lines.append(ContestLine(contest, fact, stands.get(contest.fact, "not known"), said))
    return lines
