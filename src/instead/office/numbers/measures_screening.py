"""Screening and placement: what the policy said, what prosecutors decided, who got an offer, and who never did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from django.db.models import Count, F

from instead.office.cases.models import Confirmation
from instead.office.numbers.arrests import Arrests
from instead.office.numbers.became import (
    DIED,
    ENGAGED,
    NO_CHARGE,
    OFFER_TO_SEND,
    OTHER_PROGRAM,
    OTHERWISE,
    PROSECUTED,
    SAID_YES,
    WAITS,
    arrest_became,
    offer_became,
    yes_became,
)
from instead.office.numbers.blocks import Block, Value, counted, lines, of
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.offers_made import Offers
from instead.policy.model import NEEDS_FACTS

DIVERT: Final = "divert"
#: What the policy can say, in the words of these pages.
POLICY_SAYS: Final = {
    "divert": "treatment instead",
    "decline": "no charge",
    "prosecute": "prosecution",
    "review": "a person decides",
    NEEDS_FACTS: "a fact is missing",
}
#: What a prosecutor can decide; "" for nobody yet.
TAKEN: Final = {
    "divert": "treatment instead",
    "decline": "no charge",
    "prosecute": "prosecution",
    "review": "a person decides",
    "": "not decided yet",
}
#: Where the policy says neither yes nor no, a decision is no disagreement.
LEFT_OPEN: Final = ("review", NEEDS_FACTS)
#: How many reasons for overrides a page shows.
MOST_REASONS: Final = 100
#: A page folds a list that is longer.
FOLD_FROM: Final = 12


def from_arrest_to_withdrawal(arrests: Sequence[Arrests], offers: Sequence[Offers], merged: int) -> Block:
    """The way of all arrests, each step with the step before it."""
    received = sum(group.count for group in arrests)
    eligible = sum(group.count for group in arrests if group.policy == DIVERT)
    offered = sum(group.count for group in offers)
    answers = counted((offer_became(group), group.count) for group in offers)
    after = counted((yes_became(group), group.count) for group in offers if group.answer == "yes")
    yes = answers[SAID_YES]
    return Block(
        "overview",
        "From arrest to withdrawal",
        "Arrests that came in; each step is given of the step it follows.",
        "step",
        ("number",),
        lines(
            (
                ("Arrests received", (received,)),
                ("The policy says: treatment instead", (of(eligible, received, "arrests"),)),
                ("An offer went out", (of(offered, received, "arrests"),)),
                ("The person said yes", (of(yes, offered, "offers"),)),
                ("Charges withdrawn: treatment begun", (of(after[ENGAGED], yes, "cases with a yes"),)),
                ("Reports of an event that another case counts already (not counted above)", (merged,)),
            )
        ),
        "How many people there are: somebody arrested twice is two arrests.",
    )


def said_and_taken(arrests: Sequence[Arrests]) -> Block:
    """What the policy said of the facts that a prosecutor saw, and what was decided: overrides by direction."""
    both: Counter[tuple[str, str]] = Counter()
    for group in arrests:
        both[group.said if group.taken else group.policy, group.taken] += group.count
    rows: list[tuple[str, tuple[Value, ...]]] = []
    for said, words in POLICY_SAYS.items():
        decided = sum(both[said, taken] for taken in TAKEN if taken)
        same = both[said, said]
        otherwise = "" if said in LEFT_OPEN else of(decided - same, decided, "decided")
        rows.append((words, (*(both[said, taken] for taken in TAKEN), otherwise)))
    return Block(
        "decisions",
        "What the policy said, and what prosecutors decided",
        "Arrests received, by what the policy said of the facts that the prosecutor saw.",
        "the policy said",
        (*TAKEN.values(), "decided otherwise than the policy"),
        lines(rows),
        "Whether the policy or the prosecutor was right. Where the policy leaves a case to a person, or a fact is"
        " missing, a decision is no disagreement.",
    )


def reasons_for_overrides(cohort: Cohort) -> Block:
    """The written reasons of overrides; for the office's own eyes."""
    overrides = (
        Confirmation.objects.filter(cohort.within("decision__case__"), undone_at__isnull=True, followed=False)
        .exclude(outcome=F("decision__outcome"))
        .exclude(decision__outcome__in=LEFT_OPEN)
    )
    found = (
        overrides.values_list("decision__outcome", "outcome", "reason")
        .annotate(_count=Count("pk"))
        .order_by("-_count", "decision__outcome", "outcome", "reason")
    )
    whole, shown = overrides.count(), list(found[:MOST_REASONS])
    return Block(
        "override-reasons",
        "Why prosecutors decided otherwise than the policy",
        "Standing decisions that differ from what the policy said, by their written reason."
        + (f" The {MOST_REASONS} most frequent reasons." if len(shown) == MOST_REASONS else ""),
        "reason",
        ("the policy said", "decided", "how often"),
        lines(
            (reason or "no reason written", (POLICY_SAYS[said], TAKEN[taken], of(count, whole, "such decisions")))
            for said, taken, reason, count in shown
        ),
        "For this office only: the public sees counts, never a written reason.",
        folded=len(shown) > FOLD_FROM,
    )


#: Why somebody whom the policy would offer treatment has no offer.
_WHY: Final = {
    WAITS: "still waits for a prosecutor",
    OFFER_TO_SEND: "decided; the offer has not been sent",
    NO_CHARGE: "a prosecutor chose no charge",
    PROSECUTED: "a prosecutor chose prosecution",
    OTHER_PROGRAM: "moved to another programme",
    DIED: "the person died",
    OTHERWISE: "another way",
}
_BEFORE: Final = "decided before a fact changed what the policy says"


def never_offered(arrests: Sequence[Arrests]) -> Block:
    """Eligible and never offered, and why."""
    eligible = [group for group in arrests if group.policy == DIVERT]
    whole = sum(group.count for group in eligible)
    why = counted((_why_not(group), group.count) for group in eligible if not group.offered)
    missing = sum(why.values())
    members = (*_WHY.values(), _BEFORE)
    return Block(
        "never-offered",
        "People whom the policy would offer treatment, and who got no offer",
        "Arrests of which the policy, by what is known now, says: treatment instead.",
        "why there is no offer",
        ("arrests",),
        lines(
            (
                ("No offer went out", (of(missing, whole, "arrests with that answer"),)),
                *((words, (of(why[words], missing, "arrests without an offer"),)) for words in members),
            )
        ),
        "Who would have said yes.",
    )


def _why_not(group: Arrests) -> str:
    became = arrest_became(group)
    return _BEFORE if became in (NO_CHARGE, PROSECUTED) and group.said != DIVERT else _WHY[became]
