"""Screening one case: the facts as they are known now, and the decision the policy makes of them."""

from __future__ import annotations

import datetime as dt

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


def decide(case: Case, policy: Policy, at: dt.datetime, *, source_hash: str) -> Decision:
    """The decision that the policy makes of the case at this moment, not yet stored."""
    date = timezone.localtime(at).date()
    facts = known_facts(case)
    explained = interpreter(policy, day_of(date)).explain(facts)
    decision = explained.decision
    tracks = {found.rule.track for found in explained.rules if found.possible and found.rule.track}
    newest = case.decisions.order_by("-number").first()
    return Decision(
        case=case,
        number=newest.number + 1 if newest else 1,
        policy=policy.id,
        policy_version=policy.version,
        hash=source_hash,
        decision_date=date,
        facts=facts,
        outcome=decision.counted_as,
        possible=list(decision.possible),
        decided_by=decision.decided_by,
        or_rules=list(decision.or_rules),
        missing=list(decision.missing),
        track=tracks.pop() if len(tracks) == 1 else "",
        made_at=at,
    )
