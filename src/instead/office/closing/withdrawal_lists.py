"""Withdrawals on their way: for the courtroom, by courtroom and listing; and those not on the court's record yet."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q

from instead.office.accounts.models import Organization
from instead.office.cases.models import Case
from instead.office.closing.models import Withdrawal
from instead.office.court.models import Docket, Listing, Warrant
from instead.office.court.queries import start_of
from instead.office.tasks.clocks import office_day

#: So many withdrawals stand on the page of those that are not through.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One docket and charge, as the courtroom's list prints it. The reason stays with the office."""

    docket: Docket
    sequence: int
    charge: str
    grade: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is withdrawn in one courtroom at one listing; without a listing, what has none to come.

    ``listing_id`` is one of the listings, by which the sheet is asked for as a PDF.
    """

    courtroom: str
    court: Docket.Court
    at: dt.datetime | None
    listing_id: uuid.UUID | None
    lines: list[Line]

    @property
    def dockets(self) -> int:
        return len({line.docket.id for line in self.lines})


def sheets(office: Organization, at: dt.datetime) -> list[Sheet]:
    """The lists for the courtrooms, the next listing first; at the end the dockets that have no listing to come.

    Only dockets that the court was asked to withdraw and whose record does not read so yet.
    """
    coming = Listing.objects.filter(state=Listing.State.SCHEDULED, at__gte=start_of(office_day(at))).order_by("at")
    asked = (
        Docket.objects.filter(withdrawal_asked_at__isnull=False, withdrawn_on_record_at__isnull=True)
        .filter(Exists(Case.objects.filter(pk=OuterRef("case"), office=office)))
        .select_related("case__person", "case__withdrawal")
        .prefetch_related(Prefetch("listings", queryset=coming, to_attr="coming"))
    )
    found: dict[tuple[dt.datetime | None, str, str], Sheet] = {}
    for docket in asked.order_by("number"):
        days: Sequence[Listing] = getattr(docket, "coming", ())
        first = days[0] if days else None
        place = (first.at, first.courtroom, docket.court) if first else (None, "", docket.court)
        new = Sheet(place[1], Docket.Court(docket.court), place[0], first.id if first else None, [])
        found.setdefault(place, new).lines.extend(_lines(docket))
    return sorted(found.values(), key=lambda sheet: (sheet.at is None, sheet.at or at, sheet.courtroom, sheet.court))


def _lines(docket: Docket) -> Iterable[Line]:
    rows = [row for row in docket.case.withdrawal.lines if row["docket"] == docket.number]
    for row in rows or [{"sequence": 0, "charge": "", "grade": ""}]:
        yield Line(docket, int(row["sequence"]), str(row["charge"]), str(row["grade"]))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A withdrawal that is not through: for how many days, and what is still open.

    Finished ones are among them where another docket or a warrant of the case came to light afterwards.
    """

    withdrawal: Withdrawal
    days: int
    dockets: list[Docket]
    warrants: list[Warrant]

    @property
    def missing(self) -> list[Docket]:
        """The dockets that do not read withdrawn yet."""
        return [docket for docket in self.dockets if docket.withdrawn_on_record_at is None]


def not_on_record(office: Organization, at: dt.datetime) -> list[Waiting]:
    """The withdrawals of an office that are not through, the oldest first; at most one more than :data:`MOST`."""
    not_withdrawn = Docket.objects.filter(case=OuterRef("case"), withdrawn_on_record_at__isnull=True)
    open_warrants = Warrant.objects.filter(of_this_case=True, cleared_at__isnull=True)
    later = Exists(not_withdrawn) | Exists(open_warrants.filter(case=OuterRef("case")))
    asked = (
        Withdrawal.objects.filter(Q(finished_at__isnull=True) | later, case__office=office)
        .select_related("case__person", "asked_by")
        .prefetch_related("case__dockets", Prefetch("case__warrants", queryset=open_warrants, to_attr="open_ones"))
        .order_by("asked_at", "pk")
    )
    return [_waiting(one, office_day(at)) for one in asked[: MOST + 1]]


def _waiting(withdrawal: Withdrawal, today: dt.date) -> Waiting:
    case = withdrawal.case
    warrants: list[Warrant] = getattr(case, "open_ones", [])
    return Waiting(withdrawal, (today - office_day(withdrawal.asked_at)).days, list(case.dockets.all()), warrants)
