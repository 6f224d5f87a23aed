"""What the page of one case shows: its decision explained, and what a prosecutor made of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields

from instead.office.cases.explaining import Explanation, explain
from instead.office.cases.models import Case, Confirmation
from instead.policy.model import Policy


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
