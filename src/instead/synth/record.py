"""The criminal history behind a photo number: what happened before the eighteen months, and since."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from instead.synth import calibration as cal
from instead.synth.dice import Dice


@dataclass(frozen=True, slots=True)
class PastCase:
    """One filed case, as it counts in a history once its outcome is known."""

    filed_on: date
    felony_charges: int
    violent: bool
    category: str
    ended_on: date


@dataclass(slots=True)
class Past:
    """Counts from before the eighteen months, and the cases of the eighteen months."""

    cases: int
    convictions: int
    felony_charges: int
    violent_conviction: bool
    diversions: int
    police_diversions: int
    since: list[PastCase] = field(default_factory=list)

    def on(self, day: date) -> dict[str, int | bool]:
        """What a criminal history printed that day shows. Cases of the same day are not on it yet."""
        filed = [case for case in self.since if case.filed_on < day]
        ended = [case for case in filed if case.ended_on < day]
        convicted = [case for case in ended if case.category == "convicted"]
        return {
            "prior_convictions": self.convictions + len(convicted),
            "prior_felony_charges": self.felony_charges + sum(case.felony_charges for case in filed),
            "prior_violent_conviction": self.violent_conviction or any(case.violent for case in convicted),
            "prior_cases": self.cases + len(filed),
            "prior_diversions": self.diversions + sum(case.category == "diversion" for case in ended),
            "prior_police_diversions": self.police_diversions,
        }


def background(dice: Dice) -> Past:
    """A life before the eighteen months: often no case, sometimes many."""
    cases = dice.span(cal.PAST_CASES)
    convicted = [dice.chance(cal.PAST_CONVICTED) for _ in range(cases)]
    return Past(
        cases=cases,
        convictions=sum(convicted),
        felony_charges=sum(dice.draw(cal.PAST_FELONY) for _ in range(cases)),
        violent_conviction=any(dice.chance(cal.PAST_VIOLENT) for was in convicted if was),
        diversions=sum(dice.chance(cal.PAST_DIVERTED) for was in convicted if not was),
        police_diversions=dice.draw(cal.PAST_POLICE_DIVERSIONS),
    )


def history_as_printed(past: Past, day: date, dice: Dice) -> dict[str, int | bool | None]:
    """The history on a report: a number that could not be had is missing, never zero."""
    if dice.chance(cal.NO_HISTORY):
        return dict.fromkeys(past.on(day))
    return {name: None if dice.chance(cal.NO_HISTORY_NUMBER) else value for name, value in past.on(day).items()}
