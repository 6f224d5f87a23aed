"""How long it takes: to decide, to answer, to file, to look, and from asking the court to the court's record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Q

from instead.office.cases.models import Confirmation
from instead.office.closing.models import Proof, Withdrawal
from instead.office.numbers.blocks import Block, lines, of
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.expressions import whole_days, whole_hours
from instead.office.numbers.offers_made import newest_offers
from instead.office.numbers.spans import Span, span, span_values
from instead.office.offers.models import Offer


def times(cohort: Cohort) -> Block:
    """Quartiles of every wait, and how many still wait."""
    return Block(
        "times",
        "How long it takes",
        "Spans that are over. Half of them took at most the median, a quarter at most the first quartile.",
        "from … to …",
        ("unit", "spans", "first quartile", "median", "third quartile", "still waiting"),
        lines((words, span_values(found, waiting)) for words, found, waiting in spans(cohort)),
        "How long those wait in the end who still wait: where many do, the true spans are longer.",
    )


def spans(cohort: Cohort) -> Iterator[tuple[str, Span, int]]:
    """Each wait in words, its span, and how many of it are not over."""
    standing = Confirmation.objects.filter(cohort.within("decision__case__"), undone_at__isnull=True, followed=False)
    decided = span(standing, whole_hours("decision__case__received_at", "at"), "hours")
    open_states = ("received", "needs_facts", "screened", "review")
    yield "a report came in → a prosecutor decided", decided, cohort.cases().filter(state__in=open_states).count()
    offers = newest_offers(cohort)
    waits = offers.aggregate(
        meeting=Count("pk", filter=Q(case__state="offered")), answer=Count("pk", filter=Q(case__state="answering"))
    )
    yield "offer sent → counsel had met the person", span(offers, whole_days("sent_at", "met_at")), waits["meeting"]
    yield "counsel had met the person → the answer", span(offers, whole_days("met_at", "answered_at")), waits["answer"]
    yes = offers.filter(answer=Offer.Answer.YES)
    over = yes.filter(case__ended_at__isnull=False)
    time_in = span(over, whole_days("answered_at", "case__ended_at"))
    yield (
        "the yes → the case was over (time in the programme)",
        time_in,
        yes.filter(case__ended_at__isnull=True).count(),
    )
    proofs = Proof.objects.filter(cohort.within("case__"))
    answered = span(proofs.filter(answered_by__isnull=False), whole_days("filed_at", "answered_at"))
    yield "proof filed → looked at", answered, proofs.filter(state=Proof.State.FILED).count()
    asked = Withdrawal.objects.filter(cohort.within("case__"))
    on_record = span(asked, whole_days("asked_at", "finished_at"))
    yield "withdrawal asked → on the court’s record", on_record, asked.filter(finished_at__isnull=True).count()


#: The first day of each group of ages of open withdrawals.
_AGES: Final = (("up to 7 days", 0), ("8 to 30 days", 8), ("31 to 90 days", 31), ("more than 90 days", 91))


def unfinished_by_age(cohort: Cohort, at: dt.datetime) -> Block:
    """How many withdrawals have not reached the court's record, by how long ago they were asked for."""
    asked = Withdrawal.objects.filter(cohort.within("case__"))
    starts = [start for _, start in _AGES]
    ages = {
        f"_from{start}": Count("pk", filter=Q(finished_at__isnull=True, asked_at__lte=at - dt.timedelta(days=start)))
        for start in starts
    }
    counts = asked.aggregate(_all=Count("pk"), **ages)
    older = [counts[f"_from{start}"] for start in starts] + [0]
    whole = counts["_all"]
    return Block(
        "unfinished",
        "Withdrawals that the court’s record does not show yet",
        "Until every docket reads withdrawn, somebody can be arrested on a case that is over.",
        "asked for",
        ("withdrawals",),
        lines(
            (words, (of(older[place] - older[place + 1], whole, "withdrawals asked"),))
            for place, (words, _) in enumerate(_AGES)
        ),
    )
