"""The court administrator's extract: pipe-delimited, months later, with no weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from instead.synth import calibration as cal
from instead.synth.charges import Charge
from instead.synth.dice import Dice
from instead.synth.dockets import Docket, Offense
from instead.synth.reports import written_otn

CASE_COLUMNS: Final = (
    "DocketNumber",
    "OTN",
    "OriginatingDocketNumber",
    "FiledDate",
    "ArrestDate",
    "CaseStatus",
    "Gender",
    "Race",
    "DateOfBirth",
    "PersonID",
)
OFFENSE_COLUMNS: Final = (
    "OTN",
    "OffenseSequenceNumber",
    "Title",
    "Section",
    "SubSection",
    "Description",
    "OffenseDate",
    "OffenseDisposition",
    "OffenseDispositionDate",
    "LeadOffenseIndicator",
    "OffenseGrade",
)
_GENDERS: Final = {"M": "Male", "F": "Female"}
_RACES: Final = {"W": "White", "B": "Black", "A": "Asian", "U": "Unknown/Unreported"}


def case_rows(dockets: Iterable[Docket], dice: Dice) -> Iterator[tuple[str, ...]]:
    """One row a docket."""
    for docket in dockets:
        arrest, identity = docket.arrest, docket.arrest.identity
        yield (
            docket.number,
            written_otn(docket.otn, dice) if docket.otn else "",
            docket.originating,
            us_date(docket.filed_on),
            us_date(arrest.day),
            docket.status,
            _GENDERS[arrest.person.sex],
            _RACES.get(arrest.person.race) or dice.draw(cal.COURT_RACE_OF_LATINO),
            us_date(identity.born),
            docket.person_id,
        )


def offense_rows(dockets: Iterable[Docket], dice: Dice) -> Iterator[tuple[str, ...]]:
    """One row a count a docket: what stands on an MC and a CP docket is listed twice under its OTN."""
    for docket in dockets:
        for sequence, offense in enumerate(docket.offenses, start=1):
            otn = _stray(dice) if dice.chance(cal.STRAY_OFFENSE) else docket.otn
            yield _offense_row(docket, offense, sequence, written_otn(otn, dice) if otn else "", dice)


def us_date(day: date | None) -> str:
    """``MM/DD/YYYY``, or nothing."""
    return f"{day.month:02d}/{day.day:02d}/{day.year}" if day else ""


def _offense_row(docket: Docket, offense: Offense, sequence: int, otn: str, dice: Dice) -> tuple[str, ...]:
    return (
        otn,
        str(sequence),
        *_columns(offense.charge, dice),
        offense.charge.statute.description,
        us_date(docket.arrest.offense_date),
        offense.disposition,
        us_date(docket.ends_on),
        "Y" if offense.lead else "N",
        offense.charge.grade,
    )


def _columns(charge: Charge, dice: Dice) -> tuple[str, str, str]:
    """Title, section and subsection as the clerk typed them."""
    if not charge.readable:
        title, *rest = charge.citation.replace("§", "").split()
        return title, rest[0], " ".join(rest[1:])
    sub, style = charge.statute.sub, dice.draw(cal.CITATION_STYLES)
    if sub and style == "star":
        sub += "*"
    elif style == "mixed_case":
        sub = sub[:1] + sub[1:].lower() if len(sub) > 3 else sub.lower()
    return charge.statute.title, charge.statute.section, sub


def _stray(dice: Dice) -> str:
    """An OTN that no docket has: the city's own never begin with 9."""
    return f"U9{dice.between(0, 999_999):06d}"
