"""Screening one case: the facts as they are known now, and the decision the policy makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from instead.facts.vocabulary import day_of
from instead.office.cases.models import Case, Decision, FactValue
from instead.office.cases.policy_in_force import interpreter
from instead.policy.model import Policy


def known_facts(case: Case) -> dict[str, int | None]:
    """The newest value of every fact that was ever told of the case."""
    values = FactValue.objects.filter(case=case).order_by("pk").values_list("fact", "code")
    return dict(values)


def newest_decision(case: Case) -> Decision:
    """The decision that no other has superseded."""
    return case.decisions.order_by("-number")[0]


def decide(case: Case, policy: Policy, at: dt.datetime) -> Decision:
    """The decision that the policy makes of a stored case at this moment, not yet stored itself."""
    newest = case.decisions.order_by("-number").first()
    return decision_of(case, known_facts(case), policy, at, number=newest.number + 1 if newest else 1)


def decision_of(
    case: Case, facts: Mapping[str, int | None], policy: Policy, at: dt.datetime, *, number: int
) -> Decision:
    """The decision on these facts. Its hash is over the policy and what the case's facts were made with."""
    date = timezone.localtime(at).date()
    explained = interpreter(policy, day_of(date)).explain(facts)
    decision = explained.decision
    tracks = {found.rule.track for found in explained.rules if found.possible and found.rule.track}
    return Decision(
        case=case,
        number=number,
        policy=policy.id,
        policy_version=policy.version,
        hash=policy.hash(statute_book=case.statute_book, source_map=case.source_map),
        decision_date=date,
        facts=dict(facts),
        outcome=decision.counted_as,
        possible=list(decision.possible),
        decided_by=decision.decided_by,
        or_rules=list(decision.or_rules),
        missing=list(decision.missing),
        track=tracks.pop() if len(tracks) == 1 else "",
        made_at=at,
    )


def keep(decision: Decision) -> None:
    """Store a decision: from now on it is the newest one of its case, inside an action's transaction."""
    decision.save(force_insert=True)
    Case.objects.filter(pk=decision.case_id).update(outcome=decision.outcome)
    decision.case.outcome = decision.outcome
