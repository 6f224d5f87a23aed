"""What an offer asks, frozen from the policy's track on the day it goes out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from instead.errors import nearest
from instead.facts.scope import Parameter
from instead.facts.vocabulary import day_of
from instead.office.cases.models import Case, Decision
from instead.office.errors import Refused
from instead.policy.model import Policy, Track

TREATMENT = "treatment"
SERVICE = "community_service"
#: The version of the written use immunity that goes out with every offer. A change of words is a new version.
IMMUNITY = "immunity-2026.1"


def settled_track(case: Case, decision: Decision, policy: Policy, chosen: str = "") -> Track:
    """The track of the offer: the decision's own, else the policy's only one, else the one that was chosen.

    Raises :class:`Refused` where it is not settled: an office never sends an offer whose conditions are open.
    """
    name = decision.track or chosen
    if not name and len(policy.tracks) == 1:
        name = next(iter(policy.tracks))
    if not name:
        raise Refused(f"which track is offered is not settled; choose one of: {', '.join(policy.tracks)}")
    if name not in policy.tracks:
        near = nearest(name, list(policy.tracks))
        raise Refused(f"{case}: the policy has no track {name!r}" + (f"; did you mean {near}?" if near else ""))
    return policy.tracks[name]


def terms_of(track: Track, on: dt.date) -> dict[str, Any]:
    """The track in plain values as it stands on a day."""
    day = day_of(on)
    return {
        "title": track.title,
        "title_es": track.title_es,
        "plea": track.plea,
        "conditions": list(track.conditions),
        "hours": track.hours.at(day) if isinstance(track.hours, Parameter) else track.hours,
        "clocks": {name: track.clock(name, day) for name in track.clocks},
        "failing": track.failing,
    }


def asks_treatment(terms: dict[str, Any]) -> bool:
    """Whether treatment is among the conditions."""
    return TREATMENT in terms["conditions"]


def asks_service(terms: dict[str, Any]) -> bool:
    """Whether hours of community service are among the conditions."""
    return SERVICE in terms["conditions"]
