"""The trial clock of each docket, as a page shows it: days used, the run date, and the run date if the case returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from instead.office.court.models import Docket, SpeedyTrialWaiver
from instead.office.deadlines.rules import (
    TrialClock,
    Waiver,
    days_used,
    municipal_court_after_order,
    run_date,
    run_date_on_return,
)
from instead.office.tasks.clocks import number_of, office_day

RULES: Final = {Docket.Court.MUNICIPAL: "Pa.R.Crim.P. 1013", Docket.Court.COMMON_PLEAS: "Pa.R.Crim.P. 600"}
_DAYS: Final = {
    Docket.Court.MUNICIPAL: "trial_days_municipal_court",
    Docket.Court.COMMON_PLEAS: "trial_days_common_pleas",
}


@dataclass(frozen=True, slots=True)
class DocketClock:
    """One docket's trial clock on one day.

    ``known`` is false where nobody has said from which day it counts; then nothing else is known either. ``run_date``
    is None while a waiver without an end holds the clock; ``on_return`` is the run date if the case returned today, and
    ``left`` the days until then.
    """

    docket: Docket
    rule: str
    known: bool
    counts_from: dt.date | None = None
    days: int = 0
    used: int = 0
    run_date: dt.date | None = None
    on_return: dt.date | None = None
    left: int = 0

    @property
    def held(self) -> bool:
        """Whether a waiver holds the clock."""
        return self.known and self.run_date is None

    @property
    def passed(self) -> bool:
        """Whether the run date lies behind, as far as the office can reckon."""
        return self.known and self.left < 0


def docket_clock(docket: Docket, waivers: Sequence[SpeedyTrialWaiver], at: dt.datetime) -> DocketClock:
    """The trial clock of a docket at a moment, with the waivers of its case."""
    rule = RULES[Docket.Court(docket.court)]
    if docket.counts_from is None:
        return DocketClock(docket, rule, known=False)
    today = office_day(at)
    clock = _clock(docket, rule, docket.counts_from, at)
    waived = [Waiver(row.start, row.end, row.signed_on) for row in waivers]
    on_return = run_date_on_return(clock, waived, max(today, clock.counts_from))
    return DocketClock(
        docket,
        rule,
        known=True,
        counts_from=clock.counts_from,
        days=clock.days,
        used=days_used(clock, waived, max(today, clock.counts_from)),
        run_date=run_date(clock, waived),
        on_return=on_return,
        left=(on_return - today).days,
    )


def _clock(docket: Docket, rule: str, counts_from: dt.date, at: dt.datetime) -> TrialClock:
    days = number_of(_DAYS[Docket.Court(docket.court)], at)
    if docket.ordered_down_on is None:
        return TrialClock(rule, counts_from, days)
    after = number_of("trial_days_after_order", at)
    return municipal_court_after_order(rule, counts_from, days, docket.ordered_down_on, after)
