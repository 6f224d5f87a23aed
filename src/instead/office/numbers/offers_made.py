"""Cases to which an offer went out, counted once in the database by what became of their newest offer.

What is known here of treatment is what the office was told by a consent, and no more: whether somebody engaged, which
is one attended contact, and whether treatment was completed. Where that consent was taken back or ran out the office
does not know, and nothing is counted against anybody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Case as Choose
from django.db.models.functions import Coalesce, TruncDate

from instead.office.consents.models import Consent, Disclosure
from instead.office.numbers.cohort import Cohort, office_zone
from instead.office.numbers.groups import age_band, race_of, sex_of, years_of
from instead.office.offers.models import Offer
from instead.office.tasks.clocks import office_day

YES, NO, NOT_TOLD = "yes", "no", ""


@dataclass(frozen=True, slots=True)
class Offers:
    """So many cases with an offer that are alike.

    ``answer`` is "yes", "no" or "" to the newest offer, made by ``version`` of the policy. ``state`` is where the case
    is, ``reason`` why its charges are withdrawn, "" where they are not. ``lost``: the office's consent was taken back
    or ran out. ``engaged`` and ``completed`` are what the office was told by a consent that was not: "yes", "no" for
    "not yet, as last told", "" for nothing.
    """

    race: str
    sex: str
    age: str
    version: str
    answer: str
    state: str
    reason: str
    lost: bool
    engaged: str
    completed: str
    count: int


def newest_offers(cohort: Cohort) -> QuerySet[Offer]:
    """The newest offer of every case of a cohort that has one."""
    later = Offer.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return Offer.objects.filter(cohort.within("case__")).filter(~Exists(later))


def count_offers(cohort: Cohort, at: dt.datetime) -> list[Offers]:
    """Every case of a cohort that has an offer, in groups of those that are alike, as it is known at this moment."""
    said_yes = Q(answer=Offer.Answer.YES)
    rows = (
        newest_offers(cohort)
        .annotate(
            _race=race_of("case__person__"),
            _sex=sex_of("case__person__"),
            _years=years_of("case__person__", "case__arrested_at"),
            _reason=Coalesce(F("case__withdrawal__reason"), Value("")),
            _lost=ExpressionWrapper(said_yes & consent_lost("case", at), output_field=BooleanField()),
            _engaged=_told("engaged", at),
            _completed=_told("completed", at),
        )
        .values_list(
            "_race",
            "_sex",
            "_years",
            "policy_version",
            "answer",
            "case__state",
            "_reason",
            "_lost",
            "_engaged",
            "_completed",
        )
        .annotate(_count=Count("pk"))
        .order_by()
    )
    return [Offers(race, sex, age_band(years), *rest) for race, sex, years, *rest in rows]


def consent_lost(case: str, at: dt.datetime) -> Q:
    """Whether a case has a consent for the office but every one of them was taken back or ran out."""
    signed = Consent.objects.filter(case=OuterRef(case), recipient=Consent.Recipient.OFFICE)
    return Q(Exists(signed), ~Exists(signed.filter(_not_lost("", at))))


def _told(fact: str, at: dt.datetime) -> Choose:
    told = Disclosure.objects.filter(
        _not_lost("consent__", at),
        case=OuterRef("case"),
        kind=Disclosure.Kind.FOUR_FACTS,
        consent__recipient=Consent.Recipient.OFFICE,
    )
    return Choose(
        When(~Q(answer=Offer.Answer.YES), then=Value(NOT_TOLD)),
        When(Exists(told.filter(**{f"told__{fact}": True})), then=Value(YES)),
        When(Exists(told.filter(**{f"told__{fact}": False})), then=Value(NO)),
        default=Value(NOT_TOLD),
        output_field=CharField(),
    )


def _not_lost(path: str, at: dt.datetime) -> Q:
    """Consents that were never taken back and did not run out while the case was open."""
    until = Coalesce(
        TruncDate(f"{path}case__ended_at", tzinfo=office_zone()), Value(office_day(at), output_field=DateField())
    )
    stands = Q(**{f"{path}expires_on__isnull": True}) | Q(**{f"{path}expires_on__gte": until})
    return Q(**{f"{path}revoked_at__isnull": True}) & stands
