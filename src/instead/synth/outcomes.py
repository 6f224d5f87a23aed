"""What becomes of a case in court: filed or not, how it ends, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from instead.synth import calibration as cal
from instead.synth.dice import Dice
from instead.synth.scenes import Scene
from instead.synth.treatment import Enrolment

_CANNABIS_KINDS: Final = ("cannabis", "cannabis_paraphernalia")
_PROOF_DAYS: Final = (7, 35)  # from completion to the listing at which the case is withdrawn; made up


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a case; ``ended_on`` may lie after the day of the extract, and then nobody knows it yet."""

    filed: bool
    category: str
    ended_on: date

    @property
    def known(self) -> bool:
        """True when the court's extract can show it."""
        return self.filed and self.ended_on <= cal.EXTRACT_DAY


def outcome_of(scene: Scene, day: date, enrolment: Enrolment | None, dice: Dice) -> Outcome:
    """How this case ends. Who completes treatment has the case withdrawn."""
    filed = dice.chance(cal.FILED_CANNABIS if scene.kind in _CANNABIS_KINDS else cal.FILED)
    days = dice.span(cal.DAYS_TO_OUTCOME)
    if any(statute.felony for statute in scene.statutes):
        days += dice.between(*cal.FELONY_EXTRA_DAYS)
    ended_on = court_day(day + timedelta(days=days))
    roll, proof = dice.roll(), dice.between(*_PROOF_DAYS)
    if enrolment is not None and enrolment.completed_on is not None:
        return Outcome(filed, "withdrawn", court_day(enrolment.completed_on + timedelta(days=proof)))
    if scene.is_possession:
        table = cal.POSSESSION_OUTCOMES[min(max(ended_on.year, 2018), 2019)]
    else:
        table = cal.SALES_OUTCOMES if scene.is_sales else cal.OTHER_OUTCOMES
    return Outcome(filed, table.at(roll), ended_on)


def court_day(day: date) -> date:
    """The same day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
