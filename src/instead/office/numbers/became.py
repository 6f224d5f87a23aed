"""What became of an arrest, and of an offer: every case is one of these, and none is two.

An arrest without an offer has an end or waits; an offer was answered or not; a yes has its own ways. So three tables
hang together: "offer made" of the first is the whole of the second, and "said yes" of that the whole of the third.
"another way" is what follows when a fact is learned after an offer has ended, and a prosecutor decides anew.
"""

from __future__ import annotations

from typing import Final

from instead.office.closing.models import Withdrawal
from instead.office.machines import CASE
from instead.office.machines.case_states import MOVED
from instead.office.numbers.arrests import Arrests
from instead.office.numbers.offers_made import NO, YES, Offers
from instead.office.numbers.tables import Dimension

_Reason = Withdrawal.Reason

OFFER_MADE: Final = "offer made"
NO_CHARGE: Final = "no charge"
PROSECUTED: Final = "prosecuted"
WAITS: Final = "not decided yet"
OFFER_TO_SEND: Final = "offer not sent yet"
DIED: Final = "died"
OTHER_PROGRAM: Final = "another programme"
OTHERWISE: Final = "another way"

SAID_YES: Final = "said yes"
SAID_NO: Final = "said no"
NO_ANSWER: Final = "no answer yet"
ENDED_UNANSWERED: Final = "offer ended without an answer"
WITHDRAWN_OTHER: Final = "charges withdrawn for another reason"

ENGAGED: Final = "charges withdrawn: treatment begun"
SERVICE: Final = "charges withdrawn: service done"
CONDITION: Final = "charges withdrawn: something else was asked and done"
NOTHING: Final = "charges withdrawn: nothing was asked"
UNDER_WAY: Final = "under way"
NOT_KNOWN_ANY_MORE: Final = "not known: the person’s consent ended"
OFFER_ENDED: Final = "offer ended"

#: Without an offer, by the state of the case.
_UNOFFERED: Final = {
    "declined": NO_CHARGE,
    "expunged": NO_CHARGE,
    "prosecuted": PROSECUTED,
    "received": WAITS,
    "needs_facts": WAITS,
    "screened": WAITS,
    "review": WAITS,
    "offering": OFFER_TO_SEND,
    "died": DIED,
    **dict.fromkeys(MOVED, OTHER_PROGRAM),
}
_KEPT: Final = {
    _Reason.ENGAGED: ENGAGED,
    _Reason.SERVICE: SERVICE,
    _Reason.CONDITION: CONDITION,
    _Reason.NOTHING_ASKED: NOTHING,
}
#: With an offer, by the state of the case, whatever the answer was.
_OFFERED: Final = {"died": DIED, **dict.fromkeys(MOVED, OTHER_PROGRAM)}

ARREST_BECAME: Final = Dimension(
    "what became of it",
    (OFFER_MADE, OFFER_TO_SEND, NO_CHARGE, PROSECUTED, WAITS, OTHER_PROGRAM, DIED, OTHERWISE),
    not_known=None,
)
OFFER_BECAME: Final = Dimension(
    "answer",
    (SAID_YES, SAID_NO, NO_ANSWER, ENDED_UNANSWERED, WITHDRAWN_OTHER, OTHER_PROGRAM, DIED, OTHERWISE),
    not_known=None,
)
YES_BECAME: Final = Dimension(
    "what became of it",
    (
        ENGAGED,
        SERVICE,
        CONDITION,
        NOTHING,
        UNDER_WAY,
        OFFER_ENDED,
        NOT_KNOWN_ANY_MORE,
        WITHDRAWN_OTHER,
        OTHER_PROGRAM,
        DIED,
        OTHERWISE,
    ),
    not_known=None,
)


def arrest_became(group: Arrests) -> str:
    """A member of :data:`ARREST_BECAME`."""
    return OFFER_MADE if group.offered else _UNOFFERED.get(group.state, OTHERWISE)


def offer_became(group: Offers) -> str:
    """A member of :data:`OFFER_BECAME`."""
    if group.answer == YES:
        return SAID_YES
    if group.answer == NO:
        return SAID_NO
    if group.reason and not _open(group.state):
        return WITHDRAWN_OTHER
    if group.state == "offer_ended":
        return ENDED_UNANSWERED
    return _OFFERED.get(group.state) or (NO_ANSWER if _open(group.state) else OTHERWISE)


def yes_became(group: Offers) -> str:
    """A member of :data:`YES_BECAME`; asked of groups that said yes.

    A withdrawal counts once it is on the court's record. What happened after the consent had ended is not known.
    """
    if group.reason and not _open(group.state):
        return _KEPT.get(_Reason(group.reason), WITHDRAWN_OTHER)
    if group.state in _OFFERED:
        return _OFFERED[group.state]
    if group.lost and not group.reason and group.state != "verified":
        return NOT_KNOWN_ANY_MORE
    if _open(group.state):
        return UNDER_WAY
    return OFFER_ENDED if group.state == "offer_ended" else OTHERWISE


def _open(state: str) -> bool:
    return CASE.state(state).open
