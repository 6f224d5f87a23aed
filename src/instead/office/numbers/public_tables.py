"""The fixed tables that are published, and the sums that hold between them. Nothing is hidden here yet.

There is one set of tables and no filter: whoever could choose what is counted could subtract one choice from another.
Every population carries the day up to which it is counted: a later release is of other people, and what lies between
two releases is looked at as well.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from instead.office.closing.models import SecondLook, Withdrawal
from instead.office.numbers import became
from instead.office.numbers.again import WINDOWS, People
from instead.office.numbers.arrests import Arrests
from instead.office.numbers.groups import DIMENSIONS
from instead.office.numbers.measures_again import KINDS
from instead.office.numbers.measures_ends import LOOK_ENDED, PENDING, STANDS
from instead.office.numbers.measures_screening import DIVERT, POLICY_SAYS
from instead.office.numbers.offers_made import YES, Offers
from instead.office.numbers.release import Sum, nested
from instead.office.numbers.tables import Dimension, Table, cell, table
from instead.policy.model import NEEDS_FACTS

ARRESTS: Final = "arrests"
ELIGIBLE: Final = "the policy says: treatment instead"
OFFERS: Final = "an offer went out"
SAID_YES: Final = "said yes"
BEGUN: Final = "charges withdrawn: treatment begun"
OTHER_REASON: Final = "charges withdrawn for another reason"
SECOND_LOOKS: Final = "second looks"
TREATMENT: Final = POLICY_SAYS[DIVERT]
#: The way from arrest to withdrawal, each step with the one whose people it is some of.
STEPS: Final[Mapping[str, str]] = {ELIGIBLE: ARRESTS, OFFERS: ARRESTS, SAID_YES: OFFERS, BEGUN: SAID_YES}

ANOTHER_END: Final = "another end"
ELSE_DONE: Final = "charges withdrawn: something else was asked and done"
UNDECIDED: Final = "a person decides, or a fact is missing"
_Because = SecondLook.Because
#: What is so rare that the public sees it together.
_FOLDED: Final[Mapping[str, str]] = {
    **dict.fromkeys((POLICY_SAYS["review"], POLICY_SAYS[NEEDS_FACTS]), UNDECIDED),
    **dict.fromkeys(
        (_Because.NEW_ARREST.label, _Because.CHANGED_OUTCOME.label, _Because.REOPENED.label), "something else"
    ),
    became.OFFER_TO_SEND: became.WAITS,
    became.SERVICE: ELSE_DONE,
    became.CONDITION: ELSE_DONE,
    became.NOTHING: ELSE_DONE,
    **dict.fromkeys((became.DIED, became.OTHER_PROGRAM, became.OTHERWISE), ANOTHER_END),
}


def _folded(name: str, members: Iterable[str]) -> Dimension:
    return Dimension(name, tuple(dict.fromkeys(_FOLDED.get(member, member) for member in members)), not_known=None)


POLICY: Final = _folded("what the policy says", POLICY_SAYS.values())
BECAME: Final = _folded("what became of it", became.ARREST_BECAME.members)
ANSWER: Final = _folded("answer", became.OFFER_BECAME.members)
AFTER_YES: Final = _folded("what became of it", became.YES_BECAME.members)
REASON: Final = Dimension(
    "reason",
    tuple(
        reason.label
        for reason in Withdrawal.Reason
        if reason.value not in ("engaged", "service", "condition", "nothing_asked")
    ),
    not_known=None,
)
BECAUSE: Final = _folded("reason", (because.label for because in SecondLook.Because))
LOOKED: Final = Dimension("outcome", (STANDS, LOOK_ENDED, PENDING), not_known=None)
AGAIN: Final = Dimension("arrested again", KINDS, not_known=None)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the public tables are made of, counted for everybody who came in up to a day."""

    until: dt.date
    arrests: Sequence[Arrests]
    offers: Sequence[Offers]
    people: Sequence[People]
    looks: Mapping[tuple[str, ...], int]

    def named(self, population: str) -> str:
        """A population as it is called in this release."""
        return named(population, self.until)


_UNTIL: Final = ", until "


def named(population: str, until: dt.date) -> str:
    """A population as it is called in the release of a day."""
    return f"{population}{_UNTIL}{until.isoformat()}"


def base_name(population: str) -> str:
    """A population without the day of its release."""
    return population.rpartition(_UNTIL)[0] or population


def office_tables(of: Counted) -> tuple[Table, ...]:
    """Every table of the office's own side."""
    yes = [group for group in of.offers if group.answer == YES]
    return (*_whole(of, yes), *_groups(of, yes), *_windows(of))


def _whole(of: Counted, yes: Sequence[Offers]) -> Iterable[Table]:
    decided = Counter[tuple[str, ...]]()
    for group in of.arrests:
        decided[_fold(POLICY_SAYS[group.policy]), _fold(became.arrest_became(group))] += group.count
    yield table("What the policy says, and what became of the arrest", of.named(ARRESTS), (POLICY, BECAME), decided)
    answers = Counter[tuple[str, ...]]()
    reasons = Counter[tuple[str, ...]]()
    for offer in of.offers:
        answer = became.offer_became(offer)
        answers[(_fold(answer),)] += offer.count
        last = became.yes_became(offer) if answer == became.SAID_YES else answer
        if last == became.WITHDRAWN_OTHER:
            reasons[(Withdrawal.Reason(offer.reason).label,)] += offer.count
    yield table("Offers and answers", of.named(OFFERS), (ANSWER,), answers)
    after = Counter[tuple[str, ...]]()
    for offer in yes:
        after[(_fold(became.yes_became(offer)),)] += offer.count
    yield table("After a yes", of.named(SAID_YES), (AFTER_YES,), after)
    yield table("Charges withdrawn for another reason", of.named(OTHER_REASON), (REASON,), reasons)
    looks = Counter[tuple[str, ...]]()
    for (because, outcome), count in of.looks.items():
        looks[_fold(because), outcome] += count
    yield table("Second looks", of.named(SECOND_LOOKS), (BECAUSE, LOOKED), looks)


def _groups(of: Counted, yes: Sequence[Offers]) -> Iterable[Table]:
    begun = [group for group in yes if became.yes_became(group) == became.ENGAGED]
    populations: dict[str, Sequence[Arrests] | Sequence[Offers]] = {
        ARRESTS: of.arrests,
        ELIGIBLE: [group for group in of.arrests if group.policy == DIVERT],
        OFFERS: of.offers,
        SAID_YES: yes,
        BEGUN: begun,
    }
    for dimension in DIMENSIONS:
        for population, groups in populations.items():
            counts = Counter[tuple[str, ...]]()
            for group in groups:
                counts[(getattr(group, dimension.name),)] += group.count
            yield table(f"By {dimension.name}", of.named(population), (dimension,), counts)


def _windows(of: Counted) -> Iterable[Table]:
    for place, (months, _) in enumerate(WINDOWS):
        counts = Counter[tuple[str, ...]]()
        for group in of.people:
            if group.windows[place]:
                counts[(group.windows[place],)] += group.count
        yield table("Arrested again after the offer", of.named(with_offer(months)), (AGAIN,), counts)


def with_offer(months: int) -> str:
    """The people whose window of so many months after the offer has passed."""
    return f"people with an offer at least {months} months ago"


def office_sums(until: dt.date, tables: Sequence[Table]) -> tuple[Sum, ...]:
    """Every sum that holds between these tables, so that it is looked at before anything is shown."""
    shapes = [one.shape for one in tables]
    at = {name: named(name, until) for name in (ARRESTS, ELIGIBLE, OFFERS, SAID_YES, BEGUN, OTHER_REASON)}
    equal = (
        (cell(at[ARRESTS], {POLICY.name: TREATMENT}), cell(at[ELIGIBLE])),
        (cell(at[ARRESTS], {BECAME.name: became.OFFER_MADE}), cell(at[OFFERS])),
        (cell(at[OFFERS], {ANSWER.name: became.SAID_YES}), cell(at[SAID_YES])),
        (cell(at[SAID_YES], {AFTER_YES.name: became.ENGAGED}), cell(at[BEGUN])),
    )
    withdrawn = (
        cell(at[OFFERS], {ANSWER.name: became.WITHDRAWN_OTHER}),
        cell(at[SAID_YES], {AFTER_YES.name: became.WITHDRAWN_OTHER}),
    )
    windows = [with_offer(months) for months, _ in WINDOWS]
    return (
        *(Sum(total, (part,)) for total, part in equal),
        Sum(cell(at[OTHER_REASON]), withdrawn),
        *(one for inner, outer in STEPS.items() for one in nested(at[inner], at[outer], shapes)),
        *(_passed(longer, shorter, until) for shorter, longer in pairwise(windows)),
    )


def _passed(longer: str, shorter: str, until: dt.date) -> Sum:
    """Whoever's longer window has passed is among those whose shorter one has."""
    inner, outer = named(longer, until), named(shorter, until)
    return Sum(cell(outer), (cell(inner),), rest=f"{outer} without {inner}")


def _fold(member: str) -> str:
    return _FOLDED.get(member, member)
