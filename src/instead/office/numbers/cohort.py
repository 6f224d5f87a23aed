"""Which arrests are counted: those of one office that came in between two days, and were first screened by a version.

A case never leaves its cohort, whatever becomes of it. Two reports of one event are one arrest: a case that was merged
into another is counted nowhere but in :attr:`Cohort.merged`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from instead.office.accounts.models import Organization
from instead.office.cases.models import Case, Decision
from instead.office.tasks.clocks import office_parameters

MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Cohort:
    """An office, the first and the last day on which an arrest came in, and the policy version; None: no limit."""

    office: Organization
    first: dt.date | None = None
    last: dt.date | None = None
    version: str | None = None

    def cases(self) -> QuerySet[Case]:
        """Every arrest, without the cases that were merged into others."""
        return Case.objects.filter(self.within())

    def within(self, to_case: str = "") -> Q:
        """The same as a condition for rows of other tables; ``to_case`` leads from such a row to its case."""
        return self._all(to_case) & ~Q(**{f"{to_case}state": MERGED})

    @property
    def merged(self) -> int:
        """How many reports turned out to be of an event that another case counts."""
        return Case.objects.filter(self._all(), state=MERGED).count()

    def _all(self, to_case: str = "") -> Q:
        wanted: dict[str, object] = {"office": self.office}
        if self.first is not None:
            wanted["received_at__gte"] = start_of(self.first)
        if self.last is not None:
            wanted["received_at__lt"] = start_of(self.last + dt.timedelta(days=1))
        if self.version is not None:
            wanted |= {"decisions__number": 1, "decisions__policy_version": self.version}
        return Q(**{f"{to_case}{name}": value for name, value in wanted.items()})


def start_of(day: dt.date) -> dt.datetime:
    """The first moment of a day where the office is."""
    return dt.datetime.combine(day, dt.time(), office_zone())


def office_zone() -> ZoneInfo:
    """Where the office is."""
    return ZoneInfo(office_parameters().timezone)


def versions(office: Organization) -> list[str]:
    """Every policy version that an arrest of this office was first screened by."""
    first = Decision.objects.filter(case__office=office, number=1)
    return sorted(first.order_by().values_list("policy_version", flat=True).distinct())
