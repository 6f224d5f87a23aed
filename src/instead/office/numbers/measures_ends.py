"""Compliance, response and exits: proof, days in court, second looks, withdrawals by reason, and every end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from instead.office.closing.models import Proof, SecondLook, Withdrawal
from instead.office.court.models import Listing
from instead.office.machines import CASE, State
from instead.office.numbers.arrests import Arrests
from instead.office.numbers.blocks import Block, Value, counted, lines, of
from instead.office.numbers.cohort import MERGED, Cohort
from instead.office.offers.models import Offer


def proofs(cohort: Cohort) -> Block:
    """What became of each proof that was filed."""
    by_state = _by(Proof.objects.filter(cohort.within("case__")).values_list("state"))
    whole = sum(by_state.values())
    return Block(
        "proofs",
        "Proof filed with the office",
        "Attendance forms that reached the office by a consent.",
        "how it stands",
        ("proofs",),
        lines((state.label, (of(by_state[state.value], whole, "proofs filed"),)) for state in Proof.State),
        "How many appointments were kept: the office is not told of single appointments.",
    )


def days_in_court(cohort: Cohort) -> Block:
    """Whether people with an offer came to court."""
    has_offer = Exists(Offer.objects.filter(case=OuterRef("docket__case")))
    by_state = _by(Listing.objects.filter(cohort.within("docket__case__")).filter(has_offer).values_list("state"))
    due = [Listing.State.APPEARED, Listing.State.MISSED, Listing.State.EXCUSED]
    whole = sum(by_state[state.value] for state in due)
    others = [state for state in Listing.State if state not in due]
    return Block(
        "court",
        "Days in court of people with an offer",
        "Listings of cases to which an offer went out.",
        "what came of it",
        ("listings",),
        lines(
            [
                *((state.label, (of(by_state[state.value], whole, "listings that were held"),)) for state in due),
                *((state.label, (by_state[state.value],)) for state in others),
            ]
        ),
        "Why somebody was missing.",
    )


#: The outcomes of a second look, in the words of these pages.
STANDS, LOOK_ENDED, PENDING = "the offer stands", "the offer ended", "not decided yet"
_LOOKED: Final = {True: STANDS, False: LOOK_ENDED, None: PENDING}


def count_looks(cohort: Cohort) -> dict[tuple[str, ...], int]:
    """How many second looks there are, by reason and outcome, both in words."""
    found = SecondLook.objects.filter(cohort.within("case__")).order_by().values_list("because", "kept")
    counts = found.annotate(_count=Count("pk"))
    return {(SecondLook.Because(because).label, _LOOKED[kept]): count for because, kept, count in counts}


def second_looks(counts: Mapping[tuple[str, ...], int]) -> Block:
    """Second looks by reason and outcome: how the office responds when something is not as agreed."""

    def values(reasons: Sequence[str]) -> tuple[Value, ...]:
        stands, ended, pending = (
            sum(counts.get((because, outcome), 0) for because in reasons) for outcome in (STANDS, LOOK_ENDED, PENDING)
        )
        return stands + ended + pending, stands, pending, of(ended, stands + ended, "decided")

    reasons = [because.label for because in SecondLook.Because]
    return Block(
        "second-looks",
        "Second looks, before anything is taken away",
        "Every second look by its reason; both sides write before it is decided.",
        "reason",
        ("all", STANDS, PENDING, LOOK_ENDED),
        lines([*((because, values([because])) for because in reasons), ("all", values(reasons))]),
        "What either side wrote. A consent that was taken back is never a reason.",
    )


def withdrawals(cohort: Cohort) -> Block:
    """Withdrawals by their reason: asked of the court, and on its record."""
    found = {
        reason: numbers
        for reason, *numbers in Withdrawal.objects.filter(cohort.within("case__"))
        .order_by()
        .values_list("reason")
        .annotate(_all=Count("pk"), _record=Count("pk", filter=Q(finished_at__isnull=False)))
    }
    rows = [(reason.label, found.get(reason.value, [0, 0])) for reason in Withdrawal.Reason]
    whole = sum(asked for _, (asked, _) in rows)
    return Block(
        "withdrawals",
        "Charges withdrawn, by reason",
        "Withdrawals asked of the court. The court is told “withdrawn”; the reason is this office’s own record.",
        "reason",
        ("asked of the court", "on the court’s record"),
        lines(
            (words, (of(asked, whole, "withdrawals"), of(done, asked, "asked of the court")))
            for words, (asked, done) in rows
        ),
        "What the court’s own files or other databases show.",
    )


def ends(arrests: Sequence[Arrests]) -> Block:
    """Every end with its code, and how many cases are open."""
    by_state = counted((group.state, group.count) for group in arrests)
    over = sum(by_state[state.name] for state in CASE.ends)
    open_ones = sum(by_state[state.name] for state in CASE.open_states)
    rows = [(state.title, (of(by_state[state.name], over, "cases that are over"),)) for state in _counted_ends()]
    return Block(
        "ends",
        "How cases ended",
        "Arrests received whose case is over, by the end that is on record.",
        "end",
        ("cases",),
        lines([*rows, ("Still open", (of(open_ones, open_ones + over, "arrests"),))]),
        "What a court decided in cases that are prosecuted: this office’s own record ends there.",
    )


def _counted_ends() -> list[State]:
    """Every end but that of a report whose event another case counts."""
    return [state for state in CASE.ends if state.name != MERGED]


def _by(rows: QuerySet[Any, tuple[str]]) -> Counter[str]:
    return counted(rows.order_by().annotate(_count=Count("pk")))
