"""The court calendar of somebody's own cases: this week and next week, what is unsettled, warrants and custody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.court.models import Custody, Listing, Warrant
from instead.office.court.queries import Day, own_cases, owners_of, start_of
from instead.office.court.trial_clocks import DocketClock, docket_clock
from instead.office.tasks.clocks import office_day

#: So many days in court stand on one page.
PAGE: Final = 100
_WEEK: Final = dt.timedelta(days=7)
_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A day in court with the trial clock of its docket."""

    day: Day
    clock: DocketClock


@dataclass(frozen=True, slots=True)
class Group:
    """Days in court under one heading: a day, or a courtroom."""

    heading: str
    lines: list[CalendarLine]


@dataclass(frozen=True, slots=True)
class Week:
    """One week's days in court. ``above`` more have passed unsettled, and stand on top of the page."""

    words: str
    first: dt.date
    last: dt.date
    groups: list[Group]
    above: int

    @property
    def count(self) -> int:
        return sum(len(group.lines) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A page of the calendar. ``unsettled`` are days that passed without anybody saying what became of them."""

    weeks: list[Week]
    unsettled: list[CalendarLine]
    warrants: list[Warrant]
    held: list[Custody]
    courtrooms: list[str]
    page: int
    pages: int


def calendar(
    user: User, at: dt.datetime, *, by_courtroom: bool = False, courtroom: str = "", page: int = 1
) -> Calendar:
    """Two weeks of the user's own cases, from Monday on; one courtroom where it is named."""
    today = office_day(at)
    monday = today - dt.timedelta(days=today.weekday())
    # The days are few and the cases many: so asked, a database begins with the days.
    mine = Listing.objects.filter(Exists(Case.objects.filter(own_cases(user), dockets=OuterRef("docket"))))
    own = Exists(Case.objects.filter(own_cases(user), pk=OuterRef("case")))
    here = mine.filter(courtroom=courtroom) if courtroom else mine
    two_weeks = Q(at__gte=start_of(monday), at__lt=start_of(monday + 2 * _WEEK))
    ordered = here.filter(two_weeks).order_by("at", "courtroom", "pk")
    pages = max(1, -(-ordered.count() // PAGE))
    lines = _lines(ordered[(page - 1) * PAGE : page * PAGE], at)
    passed = mine.filter(state=Listing.State.SCHEDULED, at__lt=at).order_by("at", "pk")
    rooms = mine.filter(two_weeks).exclude(courtroom="").order_by("courtroom")
    return Calendar(
        weeks=[
            _week(words, monday + number * _WEEK, lines, by_courtroom)
            for number, words in enumerate(("This week", "Next week"))
        ],
        unsettled=_lines(passed[:PAGE], at),
        warrants=_first(Warrant.objects.filter(own, cleared_at__isnull=True)),
        held=_first(Custody.objects.filter(own, until__isnull=True)),
        courtrooms=list(rooms.values_list("courtroom", flat=True).distinct()),
        page=page,
        pages=pages,
    )


def _first(rows: QuerySet[_Row]) -> list[_Row]:
    return list(rows.select_related("case__person")[:PAGE])


def _lines(listings: QuerySet[Listing], at: dt.datetime) -> list[CalendarLine]:
    chosen = list(listings.select_related("docket__case__person").prefetch_related("docket__case__waivers"))
    owners = owners_of(chosen)
    return [
        CalendarLine(
            Day(one, owners.get(one.id, ""), one.at < at),
            docket_clock(one.docket, list(one.docket.case.waivers.all()), at),
        )
        for one in chosen
    ]


def _week(words: str, first: dt.date, lines: Iterable[CalendarLine], by_courtroom: bool) -> Week:
    last = first + _WEEK - dt.timedelta(days=1)
    here = [line for line in lines if first <= office_day(line.day.listing.at) <= last]
    mine = [line for line in here if not line.day.unsettled]

    def heading(line: CalendarLine) -> str:
        day = office_day(line.day.listing.at)
        room = line.day.listing.courtroom
        return (f"Courtroom {room}" if room else "No courtroom known") if by_courtroom else f"{day:%A, %B} {day.day}"

    if by_courtroom:
        mine.sort(key=lambda line: (line.day.listing.courtroom == "", line.day.listing.courtroom, line.day.listing.at))
    groups = [Group(title, list(group)) for title, group in groupby(mine, key=heading)]
    return Week(words, first, last, groups, len(here) - len(mine))
