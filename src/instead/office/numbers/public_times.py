"""How long things take, for the public: quartiles over people whose number is itself shown, so eleven at the least."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from instead.office.closing.models import Withdrawal
from instead.office.numbers import became
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.expressions import whole_days
from instead.office.numbers.offers_made import newest_offers
from instead.office.numbers.public_tables import ANSWER, BEGUN, OFFERS, named
from instead.office.numbers.release import Published
from instead.office.numbers.spans import Span, span
from instead.office.numbers.tables import Cell, cell
from instead.office.offers.models import Offer


@dataclass(frozen=True, slots=True)
class Time:
    """One wait in words, over so many, in whole days."""

    words: str
    count: int
    low: int
    median: int
    high: int


def office_times(cohort: Cohort, published: Published, until: dt.date) -> Iterator[Time]:
    """The waits of the office's own side."""
    offers = newest_offers(cohort)
    answers = [cell(named(OFFERS, until), {ANSWER.name: answer}) for answer in (became.SAID_YES, became.SAID_NO)]
    answered = span(offers.exclude(answer=""), whole_days("met_at", "answered_at"))
    yield from shown("a lawyer had met the person → the person’s answer", answered, answers, published)
    begun = [cell(named(BEGUN, until))]
    engaged = {"case__withdrawal__reason": Withdrawal.Reason.ENGAGED, "case__withdrawal__finished_at__isnull": False}
    over = offers.filter(answer=Offer.Answer.YES, **engaged)
    whole = span(over, whole_days("answered_at", "case__withdrawal__finished_at"))
    yield from shown("the person’s yes → charges withdrawn because treatment began", whole, begun, published)
    court = span(over, whole_days("case__withdrawal__asked_at", "case__withdrawal__finished_at"))
    yield from shown("the court was asked to withdraw → the court’s record showed it", court, begun, published)


def shown(words: str, found: Span, cells: list[Cell], published: Published) -> Iterator[Time]:
    """A wait, where the people it is of are exactly those of some cells that are shown, and are not too few."""
    counts = [published.shown.get(one) for one in cells]
    count = sum(one for one in counts if one is not None)
    if None in counts or count != found.count or count < published.threshold:
        return
    assert found.low is not None and found.median is not None and found.high is not None
    yield Time(words, count, found.low, found.median, found.high)
