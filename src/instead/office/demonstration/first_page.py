"""The first minute: one arrest under two policies, and last night's arrests under whichever policy is looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Max

from instead.facts.charged import facts_from_kinds
from instead.facts.vocabulary import day_of
from instead.office.cases.models import Case
from instead.office.cases.policy_in_force import interpreter, library
from instead.office.cases.screening import newest_decision
from instead.policy.interpret import Explained
from instead.policy.model import NEEDS_FACTS, Policy
from instead.policy.open import open_policy

#: The policies of the debate of 2019 that a visitor can switch between, and whose they are.
VOICES: Final = {
    "treatment-instead": "The District Attorney",
    "cannabis-only": "The police union",
    "harder-drugs-answer": "Ramifications for harder drugs",
}
THEN: Final = "status-quo-2017"
#: In which order outcomes are shown, and what they are called here.
OUTCOMES: Final = {
    "decline": "No charge",
    "divert": "An offer instead of prosecution",
    "review": "A person decides",
    "prosecute": "Prosecution",
    NEEDS_FACTS: "Not decided yet: a fact is missing",
}
_MARKS: Final = {"decline": "N", "divert": "O", "review": "R", "prosecute": "P", NEEDS_FACTS: "?"}
#: 0.4 g of heroin for one's own use, nobody called for help, and a record: whom the earlier programmes left out.
_TOLD: Final = {
    "overdose_call_only": False,
    "age": 31,
    "grade_mismatch": False,
    "felony_charged": False,
    "heroin_found": True,
    "drug_mg": "0.4 g",
    "prior_convictions": 5,
    "prior_felony_charges": 2,
    "prior_violent_conviction": False,
    "prior_cases": 8,
    "prior_diversions": 1,
    "prior_police_diversions": 0,
}
_DAYS: Final = {THEN: dt.date(2017, 5, 4), "treatment-instead": dt.date(2019, 12, 30)}


@dataclass(frozen=True, slots=True)
class Side:
    """One policy's answer to the one arrest."""

    year: str
    policy: Policy
    outcome: str
    words: str
    because: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One arrest of last night under one policy."""

    case: Case
    outcome: str
    mark: str
    because: str

    @property
    def charges(self) -> str:
        return ", ".join(charge.citation or "no statute" for charge in self.case.charges.all()) or "no charge proposed"


@dataclass(frozen=True, slots=True)
class Night:
    """Last night's arrests by outcome, in the order in which outcomes are shown."""

    rows: list[tuple[str, str, list[Dot]]]
    arrests: int
    since: dt.datetime | None


def same_arrest() -> tuple[Side, Side]:
    """The one arrest in 2017 and today."""
    then, today = (_side(name, day) for name, day in _DAYS.items())
    return then, today


def _side(name: str, day: dt.date) -> Side:
    policy = open_policy(name, library())
    vocabulary = policy.vocabulary
    facts = dict(facts_from_kinds([frozenset({"possession"})], vocabulary))
    facts |= {fact: vocabulary[fact].code(value) for fact, value in _TOLD.items() if fact in vocabulary}
    facts["offense_date"] = vocabulary["offense_date"].code(day.isoformat())
    found = interpreter(policy, day_of(day)).explain(facts)
    outcome = found.decision.counted_as
    return Side(str(day.year), policy, outcome, OUTCOMES[outcome], _because(found, policy))


def last_night(voice: str) -> Night:
    """The arrests of the newest twenty-four hours, decided by the policy of one voice."""
    policy = open_policy(voice, library())
    newest = Case.objects.aggregate(newest=Max("arrested_at"))["newest"]
    if newest is None:
        return Night([], 0, None)
    since = newest - dt.timedelta(days=1)
    cases = Case.objects.filter(arrested_at__gt=since).select_related("person").prefetch_related("charges")
    dots = [_dot(case, policy) for case in cases.order_by("arrested_at", "pk")[:120]]
    rows = [(name, words, [dot for dot in dots if dot.outcome == name]) for name, words in OUTCOMES.items()]
    return Night([row for row in rows if row[2]], len(dots), since)


def _dot(case: Case, policy: Policy) -> Dot:
    decision = newest_decision(case)
    known = {name: code for name, code in decision.facts.items() if name in policy.vocabulary}
    found = interpreter(policy, day_of(decision.decision_date)).explain(known)
    outcome = found.decision.counted_as
    return Dot(case, outcome, _MARKS[outcome], _because(found, policy))


def _because(found: Explained, policy: Policy) -> str:
    """The deciding sentence, or the question that has to be answered first."""
    decision = found.decision
    if decision.outcome is None:
        asked = policy.vocabulary[decision.missing[0]].question if decision.missing else ""
        return f"It could be {' or '.join(decision.possible)}. {asked}".strip()
    return next(line.rule.because for line in found.rules if line.rule.id == decision.decided_by)
