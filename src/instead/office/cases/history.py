"""What happened in a case, the newest first: the moves of its own machine, its decisions, and each override."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from instead.office.accounts.models import User
from instead.office.cases.models import Case, Confirmation
from instead.office.machines import CASE
from instead.office.tasks.models import Move
from instead.policy.sentences import OUTCOME_WORDS

#: Whose written reasons the page of a case shows. The health side's own words stay on the health side.
_READ: Final = frozenset({"prosecutor", "defense_counsel", "administrator", "program"})
_WHO: Final = {"program": "the program", "person": "the person"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, by whom, and the reason that was written, if any."""

    at: dt.datetime
    words: str
    who: str
    because: str = ""


def history_of(case: Case, taken: list[Confirmation]) -> list[Event]:
    """Everything that happened, the newest first. ``taken`` are the confirmations of the case, undone ones too."""
    overrides = {one.at: one for one in taken if one.is_override}
    events = [
        Event(one.made_at, f"The policy says: {OUTCOME_WORDS[one.outcome]} ({one.policy} {one.policy_version})", "")
        for one in case.decisions.all()
    ]
    moves = Move.objects.filter(machine=CASE.name, subject=case.id).select_related("by").order_by("pk")
    events += [_event(move, overrides.get(move.at)) for move in moves]
    return sorted(events, key=lambda event: event.at)[::-1]


def _event(move: Move, override: Confirmation | None) -> Event:
    words = CASE.transition(move.transition).title if move.transition != "begin" else "The report came in"
    if override is not None and move.transition.startswith("decide_"):
        words += f"; the policy had said {override.decision.outcome}"
    return Event(move.at, words, _who(move), move.because if move.role in _READ else "")


def _who(move: Move) -> str:
    if move.by is not None:
        return move.by.get_full_name() or move.by.get_username()
    return _WHO.get(move.role, User.Role(move.role).label if move.role in User.Role.values else move.role)
