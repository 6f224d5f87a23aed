"""Arrests in the order of time: who, where, what, what becomes of the case, and the record that grows with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from instead.synth import calibration as cal
from instead.synth.days import Event, events
from instead.synth.dice import Dice
from instead.synth.outcomes import Outcome, outcome_of
from instead.synth.people import Person, Population
from instead.synth.record import PastCase, history_as_printed
from instead.synth.scenes import Scene, set_scene
from instead.synth.treatment import Enrolment, refer

_EVERY = 1_000  # arrests between two reports of progress
FIRST_OTN = 100_001


@dataclass(frozen=True, slots=True)
class Arrest:
    """One arrest of one person. ``identity`` is whose name and number were given."""

    report_id: str
    dc_number: str
    otn: str
    event: Event
    offense_date: date
    first_listing: datetime
    person: Person
    identity: Person
    phone: str
    phone_works: bool
    scene: Scene
    history: dict[str, int | bool | None]
    enrolment: Enrolment | None
    outcome: Outcome

    @property
    def day(self) -> date:
        """The day of the arrest."""
        return self.event.at.date()


@dataclass(frozen=True, slots=True)
class Chances:
    """The streams of chance that making arrests needs."""

    days: Dice
    people: Dice
    scenes: Dice
    outcomes: Dice
    treatment: Dice


def make_arrests(cases: int, chances: Chances, progress: Callable[[str, int, int], None]) -> list[Arrest]:
    """All arrests of the eighteen months, ``cases`` in number."""
    population = Population(chances.people)
    arrests: list[Arrest] = []
    for event, dc_number in _numbered(events(cases, chances.days), chances.days):
        for _ in range(event.people):
            arrests.append(_arrest(len(arrests), event, dc_number, population, chances))
            if len(arrests) % _EVERY == 0:
                progress("arrests", len(arrests), cases)
    return arrests


def _numbered(found: list[Event], dice: Dice) -> Iterator[tuple[Event, str]]:
    """Each event with its DC number: year, district and a running number of the district's year."""
    running: dict[str, int] = {}
    for event in found:
        prefix = f"{event.at.year % 100:02d}{event.district}"
        running[prefix] = running.get(prefix, 0) + dice.between(*cal.NUMBER_GAP)
        yield event, f"{prefix}{running[prefix]:06d}"


def _arrest(number: int, event: Event, dc_number: str, population: Population, chances: Chances) -> Arrest:
    day = event.at.date()
    person = population.next_arrested(day)
    identity = population.identity_given(person)
    scene = set_scene(chances.scenes)
    history = history_as_printed(identity.past, day, population.dice)
    enrolment = refer(scene, day, chances.treatment)
    outcome = outcome_of(scene, day, enrolment, chances.outcomes)
    if outcome.filed:
        identity.past.since.append(_counted(scene, day, outcome))
    return Arrest(
        report_id=f"R{event.at.year}-{number + 1:07d}",
        dc_number=dc_number,
        otn=_otn(number, chances.days),
        event=event,
        offense_date=_offense_date(day, chances.days),
        first_listing=_first_listing(event.at, chances.days),
        person=person,
        identity=identity,
        phone=person.phone,
        phone_works=person.phone_works,
        scene=scene,
        history=history,
        enrolment=enrolment,
        outcome=outcome,
    )


def _counted(scene: Scene, day: date, outcome: Outcome) -> PastCase:
    felonies = sum(statute.felony for statute in scene.statutes)
    violent = any(statute.violent for statute in scene.statutes)
    return PastCase(day, felonies, violent, outcome.category, outcome.ended_on)


def _otn(number: int, dice: Dice) -> str:
    """Letter, six running digits, and a last one that may be any."""
    return f"U{FIRST_OTN + number}{dice.between(0, 9)}"


def _offense_date(day: date, dice: Dice) -> date:
    earlier = dice.between(*cal.OFFENSE_EARLIER_DAYS) if dice.chance(cal.OFFENSE_EARLIER) else 0
    return day - timedelta(days=earlier)


def _first_listing(at: datetime, dice: Dice) -> datetime:
    return at.replace(minute=0) + timedelta(hours=dice.between(*cal.ARRAIGNED_AFTER_HOURS))
