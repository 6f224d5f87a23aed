"""Safety and post-programme success: who was arrested again, in which time, and whether it was for dealing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from instead.office.machines import CASE
from instead.office.numbers.again import FOR_DEALING, NOT_AGAIN, NOT_PASSED, OTHER, UNCLEAR, WINDOWS, People
from instead.office.numbers.blocks import Block, Value, counted, lines, of
from instead.office.numbers.offers_made import YES

_CANNOT: Final = (
    "Whether the offer made the difference: people who say yes differ from those who say no. Arrests elsewhere, arrests"
    " that were not reported to this office, and people known by two police photo numbers are missing; one number used"
    " by two people counts against one of them. An arrest is not a conviction."
)
KINDS: Final = (NOT_AGAIN, OTHER, UNCLEAR, FOR_DEALING)
#: Of whom the windows are counted.
AFTER_OFFER: Final = "people with an offer"
AFTER_TREATMENT: Final = "people whose charges were withdrawn because treatment began"


def arrested_again(people: Sequence[People], unknown: int) -> Block:
    """New arrests at 6, 12 and 24 months after the offer, over people whose window has passed."""
    return Block(
        "again",
        "Arrested again after the offer",
        "People, each counted once from their first offer on, whose window has passed. An arrest counts from the day it"
        f" was made. {unknown:,} cases with an offer have no police photo number: of them this is not known.",
        "time after the offer",
        ("people", *KINDS),
        lines(
            (f"{months} months, {words}", _window(people, place, chosen))
            for words, chosen in ((AFTER_OFFER, everybody), (AFTER_TREATMENT, treated))
            for place, (months, _) in enumerate(WINDOWS)
        ),
        _CANNOT,
    )


def meanwhile(people: Sequence[People]) -> Block:
    """Safety: new arrests between a yes and the end of the case."""
    yes = [group for group in people if group.answer == YES]
    over = [group for group in yes if not CASE.state(group.state).open]
    running = [group for group in yes if CASE.state(group.state).open]
    return Block(
        "safety",
        "Arrested again while the offer stood",
        "People who said yes, from their yes to the end of the case, or until now.",
        "how far",
        ("people", *KINDS),
        lines(
            (
                ("the case is over", _kinds([(group.meanwhile, group.count) for group in over])),
                ("under way, so far", _kinds([(group.meanwhile, group.count) for group in running])),
            )
        ),
        _CANNOT,
    )


def everybody(_group: People) -> bool:
    """All with an offer."""
    return True


def treated(group: People) -> bool:
    """Those whose charges are withdrawn on the court's record because treatment began."""
    return group.reason == "engaged" and not CASE.state(group.state).open


def _window(people: Sequence[People], place: int, chosen: Callable[[People], bool]) -> tuple[Value, ...]:
    passed = [group for group in people if chosen(group) and group.windows[place] != NOT_PASSED]
    return _kinds([(group.windows[place], group.count) for group in passed])


def _kinds(pairs: list[tuple[str, int]]) -> tuple[Value, ...]:
    kinds = counted(pairs)
    whole = sum(kinds.values())
    return (whole, *(of(kinds[kind], whole, "people") for kind in KINDS))
