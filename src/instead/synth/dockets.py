"""Dockets: one or more for a filed arrest, under one offense tracking number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from instead.synth import calibration as cal
from instead.synth.arrests import Arrest
from instead.synth.charges import Charge, write_charges
from instead.synth.dice import Dice
from instead.synth.outcomes import court_day

_SERIOUS_FIRST: Final = ("F1", "F2", "F3", "F", "M1", "M2", "M", "M3", "S")
_FIRST_PERSON_ID: Final = 2_000_000
_FIRST_OTHER_PERSON_ID: Final = 7_000_000


@dataclass(frozen=True, slots=True)
class Offense:
    """One count on a docket, with its disposition once there is one."""

    charge: Charge
    disposition: str
    lead: bool


@dataclass(slots=True)
class Docket:
    """One docket. ``ends_on`` is missing while nothing is decided on the day of the extract."""

    number: str
    stage: str  # "misdemeanor", "preliminary", "felony" or "refiled"
    otn: str
    originating: str
    filed_on: date
    ends_on: date | None
    person_id: str
    arrest: Arrest
    offenses: list[Offense]
    warrant_open: bool = False

    @property
    def status(self) -> str:
        """The word in the extract."""
        return "Closed" if self.ends_on else "Inactive" if self.warrant_open else "Active"


@dataclass(slots=True)
class Clerk:
    """Numbers dockets and copies charges onto them."""

    dice: Dice
    running: dict[str, int] = field(default_factory=dict)
    other_persons: int = 0

    def file(self, arrest: Arrest) -> list[Docket]:
        """Every docket of this arrest that exists on the day of the extract."""
        if not arrest.outcome.filed:
            return []
        charges = write_charges(list(arrest.scene.statutes), self.dice, cal.UNKNOWN_STATUTE_COURT)
        person_id = self._person_id(arrest)
        if any(statute.felony for statute in arrest.scene.statutes):
            return self._felony(arrest, charges, person_id)
        ends = arrest.outcome.ended_on if arrest.outcome.known else None
        word = self._word(arrest.outcome.category)
        return [self._docket("MC", "misdemeanor", arrest, charges, person_id, arrest.day, ends, word)]

    def _felony(self, arrest: Arrest, charges: list[Charge], person_id: str) -> list[Docket]:
        """A preliminary hearing first; then the case ends there, is refiled, or goes on in Common Pleas."""
        heard = court_day(arrest.day + timedelta(days=self.dice.between(*cal.PRELIMINARY_AFTER_DAYS)))
        ended_there = arrest.outcome.category == "withdrawn" and self.dice.chance(cal.ENDED_AT_PRELIMINARY)
        refiled = ended_there and self.dice.chance(cal.REFILED)
        word = "Dismissed - LOP" if refiled else self._word("withdrawn") if ended_there else "Held for Court"
        known = heard if heard <= cal.EXTRACT_DAY else None
        first = self._docket("MC", "preliminary", arrest, charges, person_id, arrest.day, known, word)
        if ended_there and not refiled:
            return [first]
        after = cal.REFILED_AFTER_DAYS if refiled else cal.CP_FILED_AFTER_DAYS
        filed_on = court_day(heard + timedelta(days=self.dice.between(*after)))
        if filed_on > cal.EXTRACT_DAY:
            return [first]
        return [first, self._second(arrest, charges, person_id, filed_on, first.number, refiled)]

    def _second(
        self, arrest: Arrest, charges: list[Charge], person_id: str, filed_on: date, first: str, refiled: bool
    ) -> Docket:
        """The docket in Common Pleas, or the refiled one; its list may differ in the number of counts."""
        court, stage = ("MC", "refiled") if refiled else ("CP", "felony")
        listed = list(charges)
        if not refiled and self.dice.chance(cal.CP_LIST_DIFFERS):
            listed = listed[:-1] if len(listed) > 1 and self.dice.chance(0.5) else [*listed, listed[-1]]
        ends = max(arrest.outcome.ended_on, court_day(filed_on + timedelta(days=1)))
        known = ends if ends <= cal.EXTRACT_DAY else None
        word = self._word(arrest.outcome.category)
        docket = self._docket(court, stage, arrest, listed, person_id, filed_on, known, word, first)
        if refiled and self.dice.chance(cal.REFILED_NO_OTN):
            docket.otn = ""
        return docket

    def _docket(
        self,
        court: str,
        stage: str,
        arrest: Arrest,
        charges: list[Charge],
        person_id: str,
        filed_on: date,
        ends_on: date | None,
        word: str,
        originating: str = "",
    ) -> Docket:
        return Docket(
            number=self._number(court, filed_on.year),
            stage=stage,
            otn="" if self.dice.chance(cal.NO_OTN) else arrest.otn,
            originating=originating,
            filed_on=filed_on,
            ends_on=ends_on,
            person_id=person_id,
            arrest=arrest,
            offenses=self._offenses(charges, word if ends_on else "", arrest.outcome.category),
        )

    def _offenses(self, charges: list[Charge], word: str, category: str) -> list[Offense]:
        """The most serious count leads; after a plea to it the others are usually withdrawn."""
        ranks = [_SERIOUS_FIRST.index(charge.statute.grade) for charge in charges]
        lead = ranks.index(min(ranks))
        return [
            Offense(charge, word if at == lead else self._beside(word, category), at == lead)
            for at, charge in enumerate(charges)
        ]

    def _beside(self, word: str, category: str) -> str:
        if category != "convicted" or word in ("", "Held for Court") or self.dice.chance(cal.ALSO_CONVICTED):
            return word
        return "Nolle Prossed"

    def _word(self, category: str) -> str:
        """How the court's record calls this end."""
        match category:
            case "withdrawn":
                return self.dice.draw(cal.WITHDRAWN_WORDS)
            case "diversion":
                return self.dice.draw(cal.DIVERSION_WORDS)
            case "convicted":
                return self.dice.draw(cal.CONVICTED_WORDS)
        return "Not Guilty"

    def _number(self, court: str, year: int) -> str:
        key = f"{court}-{year}"
        self.running[key] = self.running.get(key, 0) + self.dice.between(*cal.NUMBER_GAP)
        return f"{court}-51-CR-{self.running[key]:07d}-{year}"

    def _person_id(self, arrest: Arrest) -> str:
        """The court's number of the person named; now and then a clerk opens a second one."""
        if self.dice.chance(cal.OTHER_PERSON_ID):
            self.other_persons += 1
            return str(_FIRST_OTHER_PERSON_ID + self.other_persons)
        return str(_FIRST_PERSON_ID + arrest.identity.number)
