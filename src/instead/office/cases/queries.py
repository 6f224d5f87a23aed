"""What the charging prosecutor sees: the queue by hours to arraignment, and one case with its explanation."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db.models import F, Prefetch, QuerySet

from instead.facts.vocabulary import Fact
from instead.office.accounts.models import Organization
from instead.office.cases.actions import MANY_AT_ONCE
from instead.office.cases.explaining import Explanation, explain
from instead.office.cases.models import WAITING, Case, Confirmation, Decision
from instead.policy.model import NEEDS_FACTS, Policy, Rule
from instead.policy.sentences import OUTCOME_WORDS

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One case of the queue: how long until the first listing, what the policy says, and what is asked first."""

    case: Case
    decision: Decision
    hours_left: int | None
    words: str
    reason: str
    asked: Fact | None

    @property
    def many_at_once(self) -> bool:
        """Whether it may be ticked and confirmed with others."""
        return self.decision.outcome in MANY_AT_ONCE

    @property
    def needs_facts(self) -> bool:
        return self.decision.outcome == NEEDS_FACTS


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, and how many cases wait in all."""

    lines: list[QueueLine]
    waiting: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.waiting // PAGE))


def waiting_cases(office: Organization) -> QuerySet[Case]:
    """Cases of an office whose decision nobody has taken, or which the policy leaves to a person."""
    return Case.objects.filter(office=office, state__in=WAITING)


def queue(policy: Policy, office: Organization, at: dt.datetime, page: int = 1) -> Queue:
    """The cases that wait for a prosecutor, the one nearest to its first listing first."""
    waiting = waiting_cases(office)
    newest = Prefetch("decisions", queryset=Decision.objects.order_by("-number"))
    ordered = waiting.order_by(F("first_listing").asc(nulls_last=True), "received_at", "pk")
    chosen = ordered.select_related("person").prefetch_related(newest, "charges")[(page - 1) * PAGE : page * PAGE]
    rules = {rule.id: rule for rule in policy.rules}
    lines = [_line(case, case.decisions.all()[0], policy.vocabulary.facts, rules, at) for case in chosen]
    return Queue(lines, waiting.count(), page)


def _line(
    case: Case, decision: Decision, facts: Mapping[str, Fact], rules: Mapping[str, Rule], at: dt.datetime
) -> QueueLine:
    left = case.first_listing - at if case.first_listing else None
    rule = rules.get(decision.decided_by)
    possible = " or ".join(decision.possible)
    undecided = decision.outcome == NEEDS_FACTS
    reason = f"It could still be {possible}." if undecided else rule.because if rule else ""
    asked = facts.get(decision.missing[0]) if undecided and decision.missing else None
    hours = int(left.total_seconds() // 3600) if left is not None else None
    return QueueLine(case, decision, hours, OUTCOME_WORDS[decision.outcome], reason, asked)


@dataclass(frozen=True, slots=True)
class CasePage(Explanation):
    """One case: its newest decision explained, and the confirmation that stands, if any."""

    case: Case
    standing: Confirmation | None
    history: list[Confirmation]


def case_page(case_id: uuid.UUID, policy: Policy) -> CasePage:
    """Everything the prosecutor's page of one case shows."""
    case = Case.objects.select_related("person").prefetch_related("charges").get(pk=case_id)
    explained = explain(case.decisions.order_by("-number")[0], policy)
    history = list(Confirmation.objects.filter(decision__case=case).select_related("by", "decision"))
    return CasePage(
        **{field.name: getattr(explained, field.name) for field in fields(explained)},
        case=case,
        standing=next((taken for taken in history if taken.undone_at is None and not taken.followed), None),
        history=history,
    )
