"""Where a case stands, in counsel's words: what it is at, what counsel can do next, and by when.

Counsel reads the state of the case, which is about charges. Why charges are withdrawn, and that another condition took
the place of treatment, are facts about the person: they are told by consent alone, so no state says them here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from instead.office.machines import CASE

_TITLES: Final[Mapping[str, str]] = {
    "verified": "The office has what it asked for",
    "other_condition": "The office says what it asks next",
    "merged": "The same event as another case",
    "died": "The person has died",
    "expunged": "The record is expunged",
}
_STEPS: Final[Mapping[str, str]] = {
    "offered": "Meet the person with the report in hand, and say so here. The answer’s clock starts then, not before.",
    "answering": "Talk it over with the person, and tell the office yes or no.",
    "accepted": "File proof as soon as there is any.",
    "proof_filed": "Nothing to do now: the office looks at the proof.",
    "proof_incomplete": "Help the person to get the one thing that is still needed, and file proof again.",
    "verified": "Nothing to do now: the office asks the court to withdraw the charges.",
    "other_condition": "Nothing to do now: the office says which hours it asks, or that it asks nothing more.",
    "service": "File the hours of service when they are done.",
    "service_filed": "Nothing to do now: the office looks at the hours.",
    "second_look": "Write your side’s reasons. Nothing is taken away before you have written, or had the time to.",
    "refused": "Charges and bail are as if no offer had been made. The office may offer again.",
    "offer_ended": "The case goes on as if the offer had never been made.",
}
_WITHDRAWING: Final = (
    "Nothing to do now: the office looks for the withdrawal on the court’s own record, and clears every warrant."
)
_BEFORE: Final = "Nothing to do yet: no offer is out."
_OVER: Final = "Nothing to do: this case is over."

#: What counsel and the person have to do by the date of a state, in words that go before the date.
DUE: Final[Mapping[str, str]] = {
    "offered": "Meet by",
    "answering": "Answer by",
    "proof_incomplete": "One more thing by",
    "service": "Hours by",
    "second_look": "Your reasons by",
}
#: What the office has promised to do by the date of a state.
OFFICES_TURN: Final = "The office’s turn, by"


def title_of(state: str) -> str:
    """What a case is at."""
    if state.startswith("withdrawing_"):
        return "The charges are being withdrawn"
    if state.startswith("withdrawn_"):
        return "The charges are withdrawn"
    return _TITLES.get(state) or CASE.state(state).title


def in_counsels_words(refusal: str) -> str:
    """Why something could not be done, with the state of the case named as counsel may read it."""
    for state in CASE.states:
        refusal = refusal.replace(f"“{state.title}”", f"“{title_of(state.name)}”")
    return refusal


def step_of(state: str, *, reasons_in: bool = False) -> str:
    """What counsel can do next; ``reasons_in``: counsel has written for the second look that is under way."""
    if state.startswith("withdrawing_"):
        return _WITHDRAWING
    if state == "second_look" and reasons_in:
        return "Your reasons are in. The office decides, with reasons of its own."
    if state in _STEPS:
        return _STEPS[state]
    return _BEFORE if CASE.state(state).open else _OVER


def is_own(state: str, *, reasons_in: bool = False) -> bool:
    """Whether the date of a state is counsel's and the person's, not the office's."""
    return state in DUE and not (state == "second_look" and reasons_in)


def due_words(state: str, *, reasons_in: bool = False) -> str:
    """The words before the date of a state: counsel's own date, or the office's."""
    return DUE[state] if is_own(state, reasons_in=reasons_in) else OFFICES_TURN
