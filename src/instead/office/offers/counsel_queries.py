"""One case as counsel sees it: where it stands, the report, the decision explained, and what is contested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from instead.facts.vocabulary import Fact
from instead.office.cases.explaining import Explanation, explain
from instead.office.cases.models import Case, Confirmation, Contest, FactValue
from instead.office.closing.models import SecondLook
from instead.office.court.models import Listing, Warrant
from instead.office.machines import CASE
from instead.office.offers.counsel_words import due_words, step_of, title_of
from instead.office.offers.models import Offer
from instead.office.tasks.clocks import office_day, office_parameters
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.models import Task
from instead.office.tasks.opening import days_unused
from instead.policy.model import Policy

NOT_KNOWN: Final = "not known"
#: Who said what is known of a fact, where it is not a list of the library.
_SOURCES: Final = {
    "arrest-reports": "arrest report",
    "prosecutor": "a prosecutor",
    "defense_counsel": "counsel",
    "contest": "counsel, accepted by a prosecutor",
}


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: for what, from when, how many days, and by when.

    ``due_on`` is None while the clock stands still; ``left`` are then the days that are left on it.
    """

    title: str
    starts: str
    starts_on: dt.date
    days: int
    business: bool
    due_on: dt.date | None
    left: int


@dataclass(frozen=True, slots=True)
class Head:
    """What every page of one case begins with."""

    case: Case
    words: str
    step: str
    due_words: str
    clock: Running | None
    listing: Listing | None
    offer: Offer | None
    look: SecondLook | None
    warrants: list[Warrant]
    at: dt.datetime

    @property
    def open(self) -> bool:
        return CASE.state(self.case.state).open

    @property
    def first_listing(self) -> dt.datetime | None:
        """The first day in court by the report, where no listing is on the calendar and it is still to come."""
        first = self.case.first_listing
        return first if self.listing is None and first is not None and first >= self.at else None

    @property
    def file_proof(self) -> bool:
        return self.can("file_proof")

    @property
    def file_service(self) -> bool:
        return self.can("file_service")

    def can(self, transition: str) -> bool:
        """Whether a way leaves the state that the case is in."""
        return CASE.can(self.case.state, transition)


def head_of(case: Case, at: dt.datetime) -> Head:
    """Where a case stands."""
    look = SecondLook.objects.filter(case=case, decided_at=None).first()
    reasons_in = look is not None and bool(look.defense_reasons)
    listings = Listing.objects.filter(docket__case=case, state=Listing.State.SCHEDULED, at__gte=at)
    return Head(
        case=case,
        words=title_of(case.state),
        step=step_of(case.state, reasons_in=reasons_in),
        due_words=due_words(case.state, reasons_in=reasons_in),
        clock=running(
            Task.objects.filter(machine=CASE.name, subject=case.pk, kind=case.state, done_at=None).first(), at
        ),
        listing=listings.select_related("docket").order_by("at").first(),
        offer=case.offers.select_related("counsel", "sent_by").order_by("-number").first(),
        look=look,
        warrants=list(Warrant.objects.filter(case=case, cleared_at=None)),
        at=at,
    )


def running(task: Task | None, at: dt.datetime) -> Running | None:
    """The clock of an open task."""
    if task is None:
        return None
    of = office_parameters().clocks[task.clock]
    left = days_unused(task, at) if task.due_on is None else (task.due_on - office_day(at)).days
    return Running(of.title, of.starts, task.starts_on, task.days, task.business, task.due_on, left)


@dataclass(frozen=True, slots=True)
class Contested:
    """A fact that counsel says is otherwise: what counsel says, the office's answer, and by when it answers."""

    contest: Contest
    fact: Fact | None
    says: str
    due_on: dt.date | None

    @property
    def question(self) -> str:
        """The fact as a question; its name where the vocabulary no longer has it."""
        return self.fact.question if self.fact else self.contest.fact


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact that the policy looks at, as it is known, and by whom."""

    fact: Fact
    value: str
    source: str
    contested: bool

    @property
    def known(self) -> bool:
        return self.value != NOT_KNOWN


@dataclass(frozen=True, slots=True)
class CounselPage:
    """The report, the decision explained, every fact there can be, and what was contested."""

    head: Head
    explained: Explanation
    taken: Confirmation | None
    facts: dict[str, FactLine]
    looked_at: frozenset[str]
    contests: list[Contested]

    @property
    def known(self) -> list[FactLine]:
        """What is known and looked at by some rule."""
        return [line for line in self.facts.values() if line.known and line.fact.name in self.looked_at]

    @property
    def unknown(self) -> list[FactLine]:
        """What some rule looks at and nobody knows."""
        return [line for line in self.facts.values() if not line.known and line.fact.name in self.looked_at]

    @property
    def beside(self) -> list[FactLine]:
        """What is on record although no rule of this policy looks at it."""
        return [line for line in self.facts.values() if line.known and line.fact.name not in self.looked_at]


def counsel_page(case: Case, policy: Policy, at: dt.datetime) -> CounselPage:
    """Everything that counsel's page of one case shows."""
    decision = case.decisions.order_by("-number")[0]
    contests = contests_of(case, policy)
    open_ones = {one.contest.fact for one in contests if one.contest.answered_at is None}
    sources = dict(FactValue.objects.filter(case=case).order_by("pk").values_list("fact", "source"))
    standing = Confirmation.objects.filter(decision__case=case, undone_at=None).select_related("decision")
    return CounselPage(
        head=head_of(case, at),
        explained=explain(decision, policy),
        taken=standing.last(),
        facts={
            name: _fact_line(fact, decision.facts, sources, open_ones) for name, fact in policy.vocabulary.facts.items()
        },
        looked_at=frozenset(fact.name for fact in policy.facts),
        contests=contests,
    )


def contests_of(case: Case, policy: Policy) -> list[Contested]:
    """What counsel contested, the newest last."""
    rows = list(Contest.objects.filter(case=case).select_related("by"))
    ids = [row.pk for row in rows if row.answered_at is None]
    tasks = Task.objects.filter(machine=BESIDE, subject__in=ids, kind="contest", done_at=None) if ids else []
    due = {task.subject: task.due_on for task in tasks}
    facts = policy.vocabulary.facts
    return [Contested(row, facts.get(row.fact), _said(facts.get(row.fact), row.code), due.get(row.pk)) for row in rows]


def _fact_line(
    fact: Fact, known: Mapping[str, int | None], sources: Mapping[str, str], contested: set[str]
) -> FactLine:
    source = sources.get(fact.name, "")
    words = _SOURCES.get(source, source.replace("_", " ").replace("-", " "))
    return FactLine(fact, _said(fact, known.get(fact.name)), words, fact.name in contested)


def _said(fact: Fact | None, code: int | None) -> str:
    return NOT_KNOWN if code is None else fact.show(code) if fact else str(code)
