"""Arrests, counted once in the database by everything that tables ask of them; the tables add these counts up."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from instead.office.cases.models import Confirmation
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.groups import age_band, race_of, sex_of, years_of
from instead.office.offers.models import Offer
from instead.policy.model import NEEDS_FACTS


@dataclass(frozen=True, slots=True)
class Arrests:
    """So many arrests that are alike.

    ``policy`` is what the newest decision says; ``taken`` what a prosecutor decided, "" where nobody has, and ``said``
    what the policy had said of the facts that this prosecutor saw. ``offered``: whether an offer ever went out.
    """

    race: str
    sex: str
    age: str
    policy: str
    said: str
    taken: str
    state: str
    offered: bool
    count: int


def count_arrests(cohort: Cohort) -> list[Arrests]:
    """Every arrest of a cohort, in groups of those that are alike."""
    standing = Confirmation.objects.filter(decision__case=OuterRef("pk"), undone_at__isnull=True, followed=False)
    both = standing.order_by("-pk").annotate(both=Concat("decision__outcome", Value(" "), "outcome"))
    rows = (
        cohort.cases()
        .annotate(
            _race=race_of("person__"),
            _sex=sex_of("person__"),
            _years=years_of("person__", "arrested_at"),
            _decided=Coalesce(Subquery(both.values("both")[:1]), Value(" ")),
            _offered=Exists(Offer.objects.filter(case=OuterRef("pk"))),
        )
        .values_list("_race", "_sex", "_years", "outcome", "_decided", "state", "_offered")
        .annotate(_count=Count("pk"))
        .order_by()
    )
    return [
        Arrests(race, sex, age_band(years), policy or NEEDS_FACTS, said, taken, state, offered, count)
        for race, sex, years, policy, decided, state, offered, count in rows
        for said, _, taken in (decided.partition(" "),)
    ]
