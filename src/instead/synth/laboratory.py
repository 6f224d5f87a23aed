"""The police laboratory: results that come after the first listing, and orders that are never answered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from instead.synth import calibration as cal
from instead.synth.arrests import Arrest
from instead.synth.dice import Dice
from instead.synth.drugs import Found


@dataclass(frozen=True, slots=True)
class Results:
    """The results that came, and how many were asked for."""

    lines: tuple[str, ...]
    orders: int

    @property
    def unanswered(self) -> int:
        """Orders without a result on the day of the extract."""
        return self.orders - len(self.lines)


def laboratory_results(arrests: Iterable[Arrest], dice: Dice) -> Results:
    """An order for every drug found; results in the order in which they came."""
    came: list[tuple[datetime, str]] = []
    orders = 0
    for arrest in arrests:
        never = cal.NEVER_ANSWERED["sales" if arrest.scene.is_sales else "possession"]
        for found in arrest.scene.drugs:
            orders += 1
            received = _received(arrest, dice)
            if dice.chance(never) or received.date() > cal.EXTRACT_DAY:
                continue
            came.append((received, _line(arrest.report_id, found, received, dice)))
    return Results(tuple(line for _, line in sorted(came)), orders)


def _received(arrest: Arrest, dice: Dice) -> datetime:
    """Weeks after the first listing, in office hours."""
    day = arrest.first_listing + timedelta(days=dice.span(cal.LABORATORY_DAYS))
    return day.replace(hour=dice.between(8, 16), minute=dice.between(0, 59))


def _line(report_id: str, found: Found, received: datetime, dice: Dice) -> str:
    row = {
        "report_id": report_id,
        "drug": _drug(found.drug, dice),
        "weight_mg": str(_weight(found, dice)),
        "received_at": received.isoformat(timespec="minutes"),
    }
    return json.dumps(row, ensure_ascii=False)


def _drug(alleged: str, dice: Dice) -> str:
    if dice.chance(cal.NOT_CONTROLLED):
        return "other"
    if alleged == "heroin" and dice.chance(cal.FENTANYL_IN_HEROIN):
        return "fentanyl"
    return dice.draw(cal.CONTROLLED) if alleged == "unknown" else alleged


def _weight(found: Found, dice: Dice) -> int:
    """The whole mixture, weighed without its bag."""
    if found.unit == "pills":
        return int(found.full_weight) * cal.PILL_MG
    return max(1, found.milligrams * dice.between(*cal.LABORATORY_DEVIATION) // 100)
