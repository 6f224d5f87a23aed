"""The way from arrest to withdrawal by race, sex and age (Prosecutorial Performance Indicators 2.5, 4.4, 7.5)."""

from __future__ import annotations

from collections.abc import Sequence

from instead.office.numbers.arrests import Arrests
from instead.office.numbers.became import ENGAGED, NOT_KNOWN_ANY_MORE, OFFER_ENDED, yes_became
from instead.office.numbers.blocks import Block, Value, lines, of
from instead.office.numbers.groups import DIMENSIONS, RACE
from instead.office.numbers.measures_screening import DIVERT
from instead.office.numbers.offers_made import YES, Offers
from instead.office.numbers.tables import Dimension


def by_group(arrests: Sequence[Arrests], offers: Sequence[Offers]) -> list[Block]:
    """One block for race, one for sex, one for age."""
    return [_by(dimension, arrests, offers) for dimension in DIMENSIONS]


def _by(dimension: Dimension, arrests: Sequence[Arrests], offers: Sequence[Offers]) -> Block:
    name = dimension.name
    rows = [
        (
            member,
            _values(
                [group for group in arrests if getattr(group, name) == member],
                [group for group in offers if getattr(group, name) == member],
            ),
        )
        for member in dimension.members
    ]
    return Block(
        f"by-{name}",
        f"By {name}",
        "Arrests received, and each step with the people it is of.",
        name,
        (
            "arrests",
            "the policy says: treatment instead",
            "of those, an offer went out",
            "offers",
            "said yes",
            "charges withdrawn: treatment begun",
            "offer ended",
            "not known: consent ended",
        ),
        lines([*rows, ("all", _values(arrests, offers))]),
        "Why groups differ. Whom police stop and arrest is decided before this office sees anybody.",
        by_race=dimension is RACE,
    )


def _values(arrests: Sequence[Arrests], offers: Sequence[Offers]) -> tuple[Value, ...]:
    received = _count(arrests)
    eligible = [group for group in arrests if group.policy == DIVERT]
    offered = _count([group for group in eligible if group.offered])
    made, yes = _count(offers), [group for group in offers if group.answer == YES]
    became = {
        member: _count([group for group in yes if yes_became(group) == member])
        for member in (ENGAGED, OFFER_ENDED, NOT_KNOWN_ANY_MORE)
    }
    return (
        received,
        of(_count(eligible), received, "arrests"),
        of(offered, _count(eligible), "arrests with that answer"),
        of(made, received, "arrests"),
        of(_count(yes), made, "offers"),
        *(of(count, _count(yes), "cases with a yes") for count in became.values()),
    )


def _count(groups: Sequence[Arrests] | Sequence[Offers]) -> int:
    return sum(group.count for group in groups)
