"""My cases: the clients of counsel's own organization, the nearest date of counsel's first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case as Choose
from django.db.models import DateField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, TruncDate

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.closing.models import SecondLook
from instead.office.court.models import Listing
from instead.office.machines import CASE
from instead.office.offers.counsel_words import DUE, due_words, is_own, step_of, title_of
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Task

PAGE = 50
_OPEN: Final = tuple(state.name for state in CASE.open_states)
#: Later than every date there can be: a case without one stands last.
_NEVER: Final = dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Line:
    """One client: where the case stands, the next date of counsel's or the office's, and the next day in court.

    ``own``: the date is counsel's, not the office's. ``days`` and ``late`` are about that date.
    """

    case: Case
    words: str
    step: str
    due_words: str
    due_on: dt.date | None
    days: int | None
    listing: dt.datetime | None
    own: bool
    open: bool

    @property
    def late(self) -> bool:
        return self.days is not None and self.days < 0


@dataclass(frozen=True, slots=True)
class Clients:
    """A page of cases, and how many are open and closed in all."""

    lines: list[Line]
    open: int
    closed: int
    show_closed: bool
    mine: bool
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-(self.closed if self.show_closed else self.open) // PAGE))


def clients(user: User, at: dt.datetime, *, closed: bool = False, mine: bool = False, page: int = 1) -> Clients:
    """The cases that somebody of the user's own organization defends; ``mine``: that the user does."""
    all_of_them = Case.objects.filter(counsel__organization=user.organization_id)
    if mine:
        all_of_them = all_of_them.filter(counsel=user)
    wanted = all_of_them.exclude(state__in=_OPEN) if closed else all_of_them.filter(state__in=_OPEN)
    by_end = F("ended_at").desc(nulls_last=True)
    ordered = (
        _without_dates(wanted).order_by(by_end, "pk") if closed else _with_dates(wanted, at).order_by("nearest", "pk")
    )
    chosen = ordered.select_related("person", "counsel")[(page - 1) * PAGE : page * PAGE]
    on = office_day(at)
    number_open = all_of_them.filter(state__in=_OPEN).count()
    number_closed = all_of_them.count() - number_open
    return Clients([_line(case, on) for case in chosen], number_open, number_closed, closed, mine, page)


def _with_dates(cases: QuerySet[Case], at: dt.datetime) -> QuerySet[Any]:
    """Each case with the date of its state, its next day in court, and the nearer of those that are counsel's."""
    task = Task.objects.filter(machine=CASE.name, subject=OuterRef("pk"), kind=OuterRef("state"), done_at=None)
    listed = Listing.objects.filter(docket__case=OuterRef("pk"), state=Listing.State.SCHEDULED, at__gte=at)
    written = SecondLook.objects.filter(case=OuterRef("pk"), decided_at=None).exclude(defense_reasons="")
    first = Choose(When(first_listing__gte=at, then=F("first_listing")))
    never = Value(_NEVER, DateField())
    own = Q(state__in=[*DUE]) & ~Q(state="second_look", reasons_in=True)
    return cases.annotate(
        due_on=Subquery(task.values("due_on")[:1]),
        listing=Coalesce(Subquery(listed.order_by("at").values("at")[:1]), first),
        reasons_in=Exists(written),
    ).annotate(
        nearest=Least(
            Coalesce(Choose(When(own, then=F("due_on")), output_field=DateField()), never),
            Coalesce(TruncDate("listing"), never),
        )
    )


def _without_dates(cases: QuerySet[Case]) -> QuerySet[Any]:
    """Each case of those that are over: nothing is due and no day in court is waited for."""
    nothing = {"due_on": Value(None, DateField()), "listing": Value(None, DateTimeField()), "reasons_in": Value(False)}
    return cases.annotate(**nothing)


def _line(row: Any, on: dt.date) -> Line:
    """One row; the database has added ``due_on``, ``listing`` and ``reasons_in`` to the case."""
    due_on: dt.date | None = row.due_on
    reasons_in: bool = row.reasons_in
    return Line(
        case=row,
        words=title_of(row.state),
        step=step_of(row.state, reasons_in=reasons_in),
        due_words=due_words(row.state, reasons_in=reasons_in),
        due_on=due_on,
        days=(due_on - on).days if due_on else None,
        listing=row.listing,
        own=is_own(row.state, reasons_in=reasons_in),
        open=CASE.state(row.state).open,
    )
