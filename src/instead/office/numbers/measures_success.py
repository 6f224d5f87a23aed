"""Offers, what became of a yes, and success with its event named. What nobody may know any more is counted as that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from instead.office.numbers.became import (
    CONDITION,
    ENGAGED,
    NOT_KNOWN_ANY_MORE,
    NOTHING,
    OFFER_BECAME,
    OFFER_ENDED,
    SAID_NO,
    SAID_YES,
    SERVICE,
    UNDER_WAY,
    YES_BECAME,
    offer_became,
    yes_became,
)
from instead.office.numbers.blocks import Block, Value, counted, lines, of
from instead.office.numbers.offers_made import NO, YES, Offers

#: What the offer asked was kept, whatever it was.
KEPT: Final = (ENGAGED, SERVICE, CONDITION, NOTHING)


def offers_by_version(offers: Sequence[Offers]) -> Block:
    """The newest offer of each case by the version of the policy that made it, and its answer."""
    both: Counter[tuple[str, str]] = Counter()
    for group in offers:
        both[group.version, offer_became(group)] += group.count
    versions = sorted({version for version, _ in both})
    members = OFFER_BECAME.members

    def values(chosen: Sequence[str]) -> tuple[Value, ...]:
        counts = [sum(both[version, member] for version in chosen) for member in members]
        answered = sum(sum(both[version, answer] for version in chosen) for answer in (SAID_YES, SAID_NO))
        yes = counts[members.index(SAID_YES)]
        return (sum(counts), *counts, of(yes, answered, "offers answered"))

    return Block(
        "offers",
        "Offers by policy version",
        "Cases to which an offer went out, by the version of the policy of the newest offer, and its answer.",
        "policy version",
        ("offers", *members, "said yes"),
        lines([*((version, values([version])) for version in versions), ("all", values(versions))]),
        "Why somebody said no: nobody is asked.",
    )


def after_yes(offers: Sequence[Offers]) -> Block:
    """What became of everybody who said yes."""
    yes = [group for group in offers if group.answer == YES]
    became = counted((yes_became(group), group.count) for group in yes)
    whole = sum(became.values())
    return Block(
        "after-yes",
        "What became of those who said yes",
        "Cases whose newest offer was answered with yes. A withdrawal counts once the court’s record shows it.",
        "what became of it",
        ("cases",),
        lines((member, (of(became[member], whole, "cases with a yes"),)) for member in YES_BECAME.members),
        "How treatment goes: the office learns of it only what a person has agreed to, and only until the case is over."
        " A consent that was taken back is no failure.",
    )


def success(offers: Sequence[Offers]) -> Block:
    """Success rates, each with its event, and who is in no rate because nobody may know."""
    yes = [group for group in offers if group.answer == YES]
    became = counted((yes_became(group), group.count) for group in yes)
    whole, ended, kept = sum(became.values()), became[OFFER_ENDED], sum(became[member] for member in KEPT)
    lost, under_way = became[NOT_KNOWN_ANY_MORE], became[UNDER_WAY]
    engaged, completed = (
        counted((told, group.count) for group in yes for told in (told_of(group, event),))
        for event in ("engaged", "completed")
    )
    words = "offers that are over, one way or the other"
    return Block(
        "success",
        "Success, each with the event that is meant",
        "Cases whose newest offer was answered with yes. Those who are in no rate are beside it.",
        "event",
        ("success", "under way", "not known: consent ended", "in no rate for another reason"),
        lines(
            (
                (
                    "Treatment begun (one attended contact, shown by proof) and charges withdrawn",
                    _values(became[ENGAGED], became[ENGAGED] + ended, words, under_way, lost, whole),
                ),
                (
                    "What was asked was done, treatment or something else, and charges withdrawn",
                    _values(kept, kept + ended, words, under_way, lost, whole),
                ),
                ("Treatment begun (one attended contact), as far as the office was told", _told(engaged, whole)),
                ("Treatment completed, as far as the office was told", _told(completed, whole)),
            )
        ),
        "Whether somebody is well. Most cases are over long before treatment is completed, and then nobody may tell the"
        " office any more.",
    )


_LOST: Final = "lost"


def told_of(group: Offers, event: str) -> str:
    """What the office was told of an event: "yes", "no", "lost" where the consent ended, "" where nothing was told."""
    told = group.engaged if event == "engaged" else group.completed
    if event == "engaged" and (group.reason == "engaged" or group.state == "verified"):
        return YES
    return told or (_LOST if group.lost else "")


def _values(part: int, of_whole: int, words: str, under_way: int, lost: int, whole: int) -> tuple[Value, ...]:
    return of(part, of_whole, words), under_way, lost, whole - of_whole - under_way - lost


def _told(told: Counter[str], whole: int) -> tuple[Value, ...]:
    known = told[YES] + told[NO]
    return of(told[YES], known, "cases of which something was told"), "", told[_LOST], whole - known - told[_LOST]
