"""The court's side of one case, and whose cases somebody may see the court days of."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.court.models import Custody, Listing, SpeedyTrialWaiver, Warrant
from instead.office.court.trial_clocks import DocketClock, docket_clock
from instead.office.tasks.clocks import office_parameters
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Day:
    """A day in court, and who answers for the person's way there ("" where nobody does)."""

    listing: Listing
    owner: str
    passed: bool

    @property
    def unsettled(self) -> bool:
        """Whether its hour has passed and nobody has said what became of it."""
        return self.passed and self.listing.state == Listing.State.SCHEDULED


@dataclass(frozen=True, slots=True)
class CourtPart:
    """Dockets with their trial clocks, days in court, warrants, custody and the waiver of one case."""

    clocks: list[DocketClock]
    days: list[Day]
    warrants: list[Warrant]
    custody: list[Custody]
    waivers: list[SpeedyTrialWaiver]

    @property
    def next_day(self) -> Day | None:
        """The next day in court that stands."""
        coming = (day for day in self.days if day.listing.state == Listing.State.SCHEDULED and not day.passed)
        return next(coming, None)

    @property
    def unsettled(self) -> list[Day]:
        """The days that nobody has spoken of yet, although they have passed."""
        return [day for day in self.days if day.unsettled]

    @property
    def open_warrants(self) -> list[Warrant]:
        return [warrant for warrant in self.warrants if warrant.cleared_at is None]

    @property
    def held(self) -> Custody | None:
        """The custody that goes on, if the person is held."""
        return next((one for one in self.custody if one.until is None), None)


def court_part(case: Case, at: dt.datetime) -> CourtPart:
    """Everything that the office knows of a case in court."""
    waivers = list(case.waivers.all())
    listings = list(Listing.objects.filter(docket__case=case).select_related("docket").order_by("at"))
    owners = owners_of(listings)
    return CourtPart(
        [docket_clock(docket, waivers, at) for docket in case.dockets.order_by("-court", "number")],
        [Day(one, owners.get(one.id, ""), one.at < at) for one in listings],
        list(case.warrants.all()),
        list(case.custodies.all()),
        waivers,
    )


def owners_of(listings: list[Listing]) -> dict[uuid.UUID, str]:
    """Who answers for the person's way to each day in court, in words."""
    ids = [listing.id for listing in listings]
    tasks = Task.objects.filter(machine=BESIDE, kind="listing", subject__in=ids).order_by("opened_at")
    return {task.subject: _owner(task) for task in tasks.select_related("assigned_to", "organization")}


def _owner(task: Task) -> str:
    if task.assigned_to is not None:
        return task.assigned_to.get_full_name() or task.assigned_to.get_username()
    return task.organization.name if task.organization is not None else ""


def start_of(day: dt.date) -> dt.datetime:
    """The moment at which a day begins where the office is."""
    return dt.datetime.combine(day, dt.time.min, ZoneInfo(office_parameters().timezone))


def own_cases(user: User) -> Q:
    """The cases of which somebody may see the court days.

    A prosecutor's own office, a coordinator's own body, counsel's own organization; for everybody else none.
    """
    path = {
        User.Role.PROSECUTOR: "office",
        User.Role.COORDINATOR: "health",
        User.Role.DEFENSE_COUNSEL: "counsel__organization",
    }.get(User.Role(user.role))
    return Q(**{path: user.organization_id}) if path is not None else Q(pk__in=())
