"""Race, sex and age as people are grouped by them in every table. Race is as recorded by police, perhaps assumed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Case as Choose
from django.db.models import CharField, Expression, Value, When
from django.db.models.functions import Lower, Trim
from django.db.models.lookups import In

from instead.office.numbers.expressions import years_old
from instead.office.numbers.tables import NOT_KNOWN, Dimension
from instead.office.tasks.clocks import office_parameters

#: Said beside every table by race.
RACE_NOTE: Final = "Race is as police recorded it at the arrest; they may have assumed it."
ANOTHER: Final = "another"

#: What police write for each group, in small letters. Whatever is not listed is "another"; nothing written: not known.
RACES: Final[Mapping[str, tuple[str, ...]]] = {
    "Asian": ("a", "asian", "asian/pacific islander"),
    "Black": ("b", "black", "black or african american", "african american"),
    "Latino": ("h", "hispanic", "latino", "latina", "latinx", "hispanic or latino"),
    "White": ("w", "white"),
}
SEXES: Final[Mapping[str, tuple[str, ...]]] = {"female": ("f", "female"), "male": ("m", "male")}
UNKNOWN: Final = ("", "u", "unk", "unknown", "unknown/unreported", "not reported", NOT_KNOWN)
#: Each band with its first age.
AGES: Final = (
    ("under 18", 0),
    ("18 to 24", 18),
    ("25 to 34", 25),
    ("35 to 44", 35),
    ("45 to 54", 45),
    ("55 and over", 55),
)
#: From this age on a date of birth is taken for a slip of the pen.
TOO_OLD: Final = 110

RACE: Final = Dimension("race", (*RACES, ANOTHER, NOT_KNOWN))
SEX: Final = Dimension("sex", (*SEXES, ANOTHER, NOT_KNOWN))
AGE: Final = Dimension("age", (*(name for name, _ in AGES), NOT_KNOWN))
DIMENSIONS: Final = (RACE, SEX, AGE)


def race_of(path: str) -> Expression:
    """The group of a person's race; ``path`` leads from the row that is counted to the person."""
    return _written(f"{path}race", RACES)


def sex_of(path: str) -> Expression:
    """The group of a person's sex."""
    return _written(f"{path}sex", SEXES)


def years_of(path: str, at: str) -> Expression:
    """How old a person was on the day of a moment; :func:`age_band` makes a group of it."""
    return years_old(f"{path}born", at, standard_hours())


def age_band(years: int | None) -> str:
    """The band of an age; an age that nobody has is not known."""
    if years is None or not 0 <= years < TOO_OLD:
        return NOT_KNOWN
    return next(name for name, first in reversed(AGES) if years >= first)


def standard_hours() -> int:
    """How many whole hours the office is from UTC in winter."""
    offset = dt.datetime(2020, 1, 1, tzinfo=ZoneInfo(office_parameters().timezone)).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 3600)


def _written(field: str, groups: Mapping[str, tuple[str, ...]]) -> Expression:
    said = Lower(Trim(field))
    listed = (When(In(said, words), then=Value(name)) for name, words in groups.items())
    return Choose(
        *listed, When(In(said, UNKNOWN), then=Value(NOT_KNOWN)), default=Value(ANOTHER), output_field=CharField()
    )
