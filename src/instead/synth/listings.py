"""Court listings, the missed ones, and the bench warrants that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from instead.synth import calibration as cal
from instead.synth.dice import Dice
from instead.synth.dockets import Docket
from instead.synth.outcomes import court_day

LISTING_COLUMNS: Final = ("listing_id", "docket_number", "report_id", "at", "kind", "courtroom", "result", "because")
WARRANT_COLUMNS: Final = ("warrant_id", "docket_number", "report_id", "listing_id", "issued_on", "lifted_on")
_COURTROOMS: Final = tuple(f"{floor}{room:02d}" for floor in (3, 4, 5, 6) for room in (3, 4, 5, 6))
_HOURS: Final = ("08:30", "09:00", "09:30", "10:00", "13:00")
_NEXT_KIND: Final = {
    "misdemeanor": "trial",
    "preliminary": "preliminary hearing",
    "felony": "pretrial conference",
    "refiled": "preliminary hearing",
}


@dataclass(slots=True)
class Calendar:
    """The listings and warrants of all dockets so far."""

    dice: Dice
    listings: list[tuple[str, ...]] = field(default_factory=list)
    warrants: list[tuple[str, ...]] = field(default_factory=list)

    def list_docket(self, docket: Docket) -> None:
        """Every listing of this docket up to the first one after the day of the extract."""
        for day, kind, hour in self._days(docket):
            if day > cal.EXTRACT_DAY:
                self._add(docket, day, hour, kind, "", "")
                return
            if day == docket.ends_on:
                self._add(docket, day, hour, kind, "disposed", "")
                return
            if kind != "arraignment" and self.dice.chance(cal.MISSED):
                self._missed(docket, day, hour, kind)
            else:
                self._continued(docket, day, hour, kind)
            if docket.warrant_open:
                return

    def _days(self, docket: Docket) -> Iterator[tuple[date, str, str]]:
        """Day, kind and hour: without end, or until the docket ends."""
        day, kind = docket.filed_on, _NEXT_KIND[docket.stage]
        if docket.stage in ("misdemeanor", "preliminary"):
            first = docket.arrest.first_listing
            day = first.date()
            yield day, "arraignment", f"{first:%H:%M}"
        if docket.arrest.enrolment is not None and docket.stage == "misdemeanor":
            kind = "treatment status"
        while day != docket.ends_on:
            day = court_day(day + timedelta(days=self.dice.between(*cal.LISTING_EVERY_DAYS)))
            if docket.ends_on is not None and day > docket.ends_on:
                day = docket.ends_on
            yield day, kind, self.dice.pick(_HOURS)

    def _continued(self, docket: Docket, day: date, hour: str, kind: str) -> None:
        continued = kind != "arraignment" and self.dice.chance(cal.CONTINUED)
        because = self.dice.draw(cal.CONTINUED_BECAUSE) if continued else ""
        self._add(docket, day, hour, kind, "continued" if continued else "held", because)

    def _missed(self, docket: Docket, day: date, hour: str, kind: str) -> None:
        if not self.dice.chance(cal.WARRANT_IF_MISSED):
            self._add(docket, day, hour, kind, "excused", "in treatment, hospital or custody")
            return
        listing_id = self._add(docket, day, hour, kind, "missed", "")
        lifted = day + timedelta(days=self.dice.span(cal.WARRANT_DAYS))
        if docket.ends_on is not None:
            lifted = min(lifted, docket.ends_on)
        docket.warrant_open = docket.ends_on is None and (
            lifted > cal.EXTRACT_DAY or self.dice.chance(cal.WARRANT_STAYS_OPEN)
        )
        number = f"W{len(self.warrants) + 1:06d}"
        until = "" if docket.warrant_open else lifted.isoformat()
        self.warrants.append((number, docket.number, docket.arrest.report_id, listing_id, day.isoformat(), until))

    def _add(self, docket: Docket, day: date, hour: str, kind: str, result: str, because: str) -> str:
        listing_id = f"L{len(self.listings) + 1:07d}"
        room = "arraignment court" if kind == "arraignment" else self.dice.pick(_COURTROOMS)
        at = f"{day.isoformat()}T{hour}"
        self.listings.append((listing_id, docket.number, docket.arrest.report_id, at, kind, room, result, because))
        return listing_id
