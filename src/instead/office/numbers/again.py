"""Arrested again: people with an offer whose police photo number comes up in a later arrest that reached this office.

Counted are people, each once, from their first offer in the cohort on, and only those whose window has passed. Whether
an arrest is for dealing is what the facts of its newest decision say: a charge of delivery, of intent to deliver, or of
a death caused by delivery.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, Expression, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from instead.office.cases.models import Case, Decision
from instead.office.numbers.cohort import MERGED, Cohort
from instead.office.numbers.expressions import whole_days
from instead.office.offers.models import Offer

#: Months after the offer, each with its days.
WINDOWS: Final = ((6, 182), (12, 365), (24, 730))
#: The facts of the vocabulary that say "dealing".
DEALING: Final = ("delivery_charged", "intent_to_deliver_charged", "drug_death_charged")

NOT_AGAIN: Final = "not arrested again"
OTHER: Final = "arrested again, not for dealing"
UNCLEAR: Final = "arrested again, not known for what"
FOR_DEALING: Final = "arrested again for dealing"
NOT_PASSED: Final = ""
#: The gravest of several arrests counts: as texts these stand in that order.
_RANKS: Final = {"1": OTHER, "2": UNCLEAR, "3": FOR_DEALING, "0": NOT_AGAIN, "": NOT_PASSED}


@dataclass(frozen=True, slots=True)
class People:
    """So many people who are alike.

    ``windows`` is what happened in each of :data:`WINDOWS`, "" where it has not passed; ``meanwhile`` what happened
    between a yes and the end of that case, or until now, "" without a yes. ``reason`` is why charges were withdrawn.
    """

    answer: str
    reason: str
    state: str
    windows: tuple[str, ...]
    meanwhile: str
    count: int


def count_people(cohort: Cohort, at: dt.datetime) -> list[People]:
    """Everybody with an offer and a police photo number, in groups of those who are alike."""
    windows = {f"_w{months}": _within(days, at) for months, days in WINDOWS}
    rows = (
        first_offers(cohort)
        .annotate(_reason=Coalesce(F("case__withdrawal__reason"), Value("")), **windows, _meanwhile=_meanwhile(at))
        .values_list("answer", "_reason", "case__state", *windows, "_meanwhile")
        .annotate(_count=Count("pk"))
        .order_by()
    )
    return [
        People(answer, reason, state, tuple(_RANKS[rank] for rank in ranks), _RANKS[meanwhile], count)
        for answer, reason, state, *ranks, meanwhile, count in rows
    ]


def without_number(cohort: Cohort) -> int:
    """Cases with an offer whose person has no police photo number: whether they were arrested again is not known."""
    return Offer.objects.filter(cohort.within("case__"), number=1, case__person__police_photo_number="").count()


def first_offers(cohort: Cohort) -> QuerySet[Offer]:
    """The first offer in the cohort of everybody who has a police photo number."""
    firsts = Offer.objects.filter(cohort.within("case__"), number=1)
    same = firsts.filter(case__person__police_photo_number=OuterRef("case__person__police_photo_number"))
    earlier = same.filter(Q(sent_at__lt=OuterRef("sent_at")) | Q(sent_at=OuterRef("sent_at"), pk__lt=OuterRef("pk")))
    return firsts.exclude(case__person__police_photo_number="").filter(~Exists(earlier))


def _within(days: int, at: dt.datetime) -> Expression:
    """The gravest arrest within so many days after the offer, where they have passed."""
    sent = OuterRef("sent_at")
    later = _later().filter(_when__gt=sent).annotate(_days=whole_days(sent, F("_when"))).filter(_days__lt=days)
    passed = When(sent_at__lte=at - dt.timedelta(days=days), then=_gravest(later))
    return Choose(passed, default=Value(""), output_field=CharField())


def _meanwhile(at: dt.datetime) -> Expression:
    """The gravest arrest between the yes and the end of the case."""
    until = Coalesce(OuterRef("case__ended_at"), Value(at))
    later = _later().filter(_when__gt=OuterRef("answered_at"), _when__lte=until)
    return Choose(When(answer=Offer.Answer.YES, then=_gravest(later)), default=Value(""), output_field=CharField())


def _later() -> QuerySet[Any]:
    """Other arrests of the same police photo number, each ``_when`` it was made, else when it came in."""
    same = Case.objects.filter(
        person__police_photo_number=OuterRef("case__person__police_photo_number"), office=OuterRef("case__office")
    )
    return same.exclude(state=MERGED).annotate(_when=Coalesce("arrested_at", "received_at"))


def _gravest(arrests: QuerySet[Any]) -> Expression:
    newest = Decision.objects.filter(case=OuterRef("pk")).order_by("-number")
    dealing = Q(*(Q(**{f"decisions__facts__{fact}": 1}) for fact in DEALING), _connector=Q.OR)
    known = Q(*(Q(**{f"decisions__facts__{fact}": 0}) for fact in DEALING))
    rank = Choose(When(dealing, then=Value("3")), When(known, then=Value("1")), default=Value("2"))
    ranked = arrests.filter(decisions__pk=Subquery(newest.values("pk")[:1])).annotate(_rank=rank).order_by("-_rank")
    return Coalesce(Subquery(ranked.values("_rank")[:1]), Value("0"))
