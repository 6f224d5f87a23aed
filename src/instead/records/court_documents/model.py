"""What a court document says, as plain values: a document, its person, its cases and their charges.

Nothing here is inferred. Text that is not printed is an empty string, a date that is not printed
is ``None``, and a list that is not printed is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

from instead.errors import Problem


@dataclass(frozen=True, slots=True)
class CourtEvent:
    """One thing that happened to a charge in court, from a docket's DISPOSITION section.

    ``result`` is the heading over the event ("Held for Court"), ``event`` the hearing,
    ``final`` what the sheet says about it (``None``: it does not say), ``grade`` and ``citation``
    the charge's as printed there, which may differ from those it was filed with.
    """

    result: str
    event: str
    date: date | None
    final: bool | None
    disposition: str
    grade: str
    citation: str
    sentences: tuple[str, ...]
    page: int


@dataclass(frozen=True, slots=True)
class CourtCharge:
    """One charge as printed.

    ``sequence`` 99999 is the courts' number for a charge that was dropped or replaced: several charges of a case can
    have it. ``original_sequence`` is the number it was filed under; 0 in either means "not printed".
    ``citation`` and ``description`` are joined over wrapped lines. ``otn`` is one letter and seven digits.
    ``disposition``, its date and ``final`` are those of the last of the ``events`` that a docket sheet prints one
    for; ``sentences`` are those of all events. A summary prints one disposition for a charge and no date for it: the
    date of the case is in :attr:`CourtCase.disposed`.
    """

    sequence: int
    original_sequence: int
    citation: str
    grade: str
    description: str
    offense_date: date | None
    otn: str
    disposition: str
    disposition_date: date | None
    sentences: tuple[str, ...]
    final: bool | None = None
    events: tuple[CourtEvent, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class CourtCase:
    """One docket number with its charges.

    ``court`` is the first part of the number: "MC" Municipal Court, "CP" Common Pleas, "MJ" a magisterial district.
    ``otn`` is one letter and seven digits, or empty. ``section`` is a summary's heading ("Closed", "Archived", …);
    ``disposed`` and ``disposition`` are printed once for the whole case. ``limited_access`` is the sheet's own remark.
    ``page`` is the page of the file where the case begins, from 1.
    """

    docket_number: str
    court: str
    county: str
    otn: str
    dc_number: str
    originating_docket: str
    filed: date | None
    arrested: date | None
    status: str
    section: str
    charges: tuple[CourtCharge, ...]
    page: int
    disposed: date | None = None
    disposition: str = ""
    caption: str = ""
    limited_access: str = ""


@dataclass(frozen=True, slots=True)
class CourtPerson:
    """The defendant as printed. ``sex`` and ``race`` are the courts' words, recorded by police and not checked."""

    name: str
    born: date | None
    aliases: tuple[str, ...]
    sex: str
    race: str


@dataclass(frozen=True, slots=True)
class CourtDocument:
    """A docket sheet (one case) or a court summary (all cases of a person) with what could not be read.

    ``notices`` are remarks printed about the whole document, such as "WARRANT OUTSTANDING".
    """

    file: str
    kind: Literal["docket", "summary"]
    person: CourtPerson
    cases: tuple[CourtCase, ...]
    warnings: tuple[Problem, ...]
    notices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The document as values that ``json.dumps`` takes: dates as YYYY-MM-DD, absent ones as ``None``."""
        plain: dict[str, Any] = _plain(self)
        plain["warnings"] = [_plain_problem(problem) for problem in self.warnings]
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return value


def _plain_problem(problem: Problem) -> dict[str, Any]:
    return {"message": problem.message, "page": problem.place.page, "text": problem.excerpt}
