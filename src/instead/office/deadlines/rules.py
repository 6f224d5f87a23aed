"""Speedy trial: the last day for a trial, the days used, and the run date when a case returns to prosecution.

Rule 1013 (Philadelphia Municipal Court) counts from the preliminary arraignment, or from the complaint where the
person came by summons; Rule 600 (Common Pleas) from the complaint. The numbers of days are parameters of the office,
with their sources. Days are counted as courts write them: from 1 March to 11 March are ten.

The dates here are the *cautious* ones. Only time that the person waived in a signed paper is left out, and only from
the day of the signature on; a court may exclude more. And a run date on a weekend stays there, although the last day
may move by law (1 Pa.C.S. § 1908): an office that is early is never late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from instead.office.deadlines.calendar import only_a_date
from instead.office.deadlines.spans import Span, days_within, merged


@dataclass(frozen=True, slots=True)
class TrialClock:
    """So many days from a date until a trial must begin. ``rule`` is how it is cited."""

    rule: str
    counts_from: dt.date
    days: int

    def __post_init__(self) -> None:
        only_a_date(self.counts_from)
        if self.days < 1:
            raise ValueError(f"{self.rule}: {self.days} days; expected 1 or more")

    @property
    def mechanical(self) -> dt.date:
        """The run date with nothing left out."""
        return self.counts_from + dt.timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Time that the person agreed to leave out: from ``start`` to ``end``, or until the case returns.

    ``signed`` is the date on the paper. Without a signature nothing is left out, and nothing before it.
    """

    start: dt.date
    end: dt.date | None
    signed: dt.date | None
    because: str = ""

    def __post_init__(self) -> None:
        only_a_date(self.start)
        if self.end is not None and only_a_date(self.end) < self.start:
            raise ValueError(f"a waiver from {self.start} cannot end on {self.end}")

    @property
    def span(self) -> Span | None:
        """The time it leaves out."""
        if self.signed is None:
            return None
        start = max(self.start, self.signed)
        return None if self.end is not None and self.end <= start else (start, self.end)


def municipal_court_after_order(
    rule: str, arraigned: dt.date, days: int, ordered: dt.date, days_after_order: int
) -> TrialClock:
    """A Common Pleas case ordered to be tried in Municipal Court: the later of both run dates (Rule 1013(A)(3))."""
    return max(
        TrialClock(rule, arraigned, days),
        TrialClock(rule, ordered, days_after_order),
        key=lambda clock: clock.mechanical,
    )


def days_used(clock: TrialClock, waivers: Iterable[Waiver], on: dt.date) -> int:
    """Trial days used up on a date, waived time left out once however often it was waived."""
    elapsed = (only_a_date(on) - clock.counts_from).days
    return max(0, elapsed - days_within(_spans(waivers), clock.counts_from, on))


def run_date(clock: TrialClock, waivers: Iterable[Waiver]) -> dt.date | None:
    """The last day on which a trial may begin, or None while a waiver without an end holds the clock."""
    last = clock.mechanical
    for start, end in merged(_spans(waivers)):
        begin = max(start, clock.counts_from)
        if begin > last:
            break
        if end is None:
            return None
        last += max(end - begin, dt.timedelta())
    return last


def run_date_on_return(clock: TrialClock, waivers: Sequence[Waiver], returned: dt.date) -> dt.date:
    """The run date of a case that returns to prosecution on a date: every waiver ends there, at the latest."""
    last = run_date(clock, closed_on(waivers, returned))
    assert last is not None  # every waiver has an end
    return last


def closed_on(waivers: Iterable[Waiver], returned: dt.date) -> tuple[Waiver, ...]:
    """The waivers as they stand when the case returns: none goes on after that date."""
    only_a_date(returned)
    begun = (waiver for waiver in waivers if waiver.start <= returned)
    return tuple(replace(w, end=returned if w.end is None else min(w.end, returned)) for w in begun)


def _spans(waivers: Iterable[Waiver]) -> list[Span]:
    return [waiver.span for waiver in waivers if waiver.span is not None]
