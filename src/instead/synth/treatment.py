"""Who is referred to treatment, and how far each one gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from instead.synth import calibration as cal
from instead.synth.dice import Dice
from instead.synth.network import SERVICES, Service
from instead.synth.scenes import Scene


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One referral. Days may lie after the day of the extract: then they have not happened yet."""

    service: Service
    referred_on: date
    enrolled_on: date | None = None
    engaged_on: date | None = None
    completed_on: date | None = None
    ended_on: date | None = None
    ended_because: str = ""


def refer(scene: Scene, day: date, dice: Dice) -> Enrolment | None:
    """A referral for this arrest, or none. Sales and other matters are not referred."""
    if not scene.is_possession or not dice.chance(cal.REFERRED):
        return None
    service = dice.draw(SERVICES)
    arrives = day + timedelta(days=dice.between(*cal.DAYS_TO_ENROL))
    if not dice.chance(cal.ENROLLED):
        return Enrolment(service, day, ended_on=arrives, ended_because=dice.draw(cal.NOT_ENROLLED_BECAUSE))
    if dice.chance(cal.COMPLETED):
        begins = arrives + timedelta(days=dice.between(*cal.DAYS_TO_ENGAGE))
        done = begins + timedelta(days=dice.between(*cal.DAYS_TO_COMPLETE))
        return Enrolment(service, day, arrives, begins, done, done, "completed")
    return _unfinished(service, day, arrives, dice)


def _unfinished(service: Service, day: date, arrives: date, dice: Dice) -> Enrolment:
    """Most leave within days; some never attend at all."""
    early = dice.chance(cal.LEFT_WITHIN_DAYS)
    ends = arrives + timedelta(days=dice.between(*(cal.DAYS_LEFT_EARLY if early else cal.DAYS_LEFT_LATER)))
    begins = arrives + timedelta(days=dice.between(*cal.DAYS_TO_ENGAGE))
    engaged = begins if dice.chance(cal.ENGAGED) else None
    if engaged is not None and engaged > ends:
        engaged = arrives
    return Enrolment(service, day, arrives, engaged, None, ends, dice.draw(cal.ENDED_BECAUSE))


ENROLMENT_COLUMNS = (
    "enrolment_id",
    "report_id",
    "service_id",
    "referred_on",
    "enrolled_on",
    "engaged_on",
    "completed_on",
    "ended_on",
    "ended_because",
)


def enrolment_rows(found: list[tuple[str, Enrolment]]) -> Iterator[tuple[str, ...]]:
    """The clinics' log as it stands on the day of the extract."""
    for number, (report_id, enrolment) in enumerate(found, start=1):
        days = (
            enrolment.referred_on,
            enrolment.enrolled_on,
            enrolment.engaged_on,
            enrolment.completed_on,
            enrolment.ended_on,
        )
        known = [day.isoformat() if day is not None and day <= cal.EXTRACT_DAY else "" for day in days]
        yield (
            f"E{number:06d}",
            report_id,
            enrolment.service.service_id,
            *known,
            enrolment.ended_because if known[-1] else "",
        )
