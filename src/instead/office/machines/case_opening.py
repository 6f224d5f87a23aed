"""From an arrest report to an answer: screening, the decision of a prosecutor, and the offer."""

from __future__ import annotations

from instead.office.machines.case_states import UNDECIDED
from instead.office.machines.machine import Transition

_PROSECUTOR = ("prosecutor",)
_DECISION = "the decision seen is the newest one"
_REASON = "a written reason"

SCREENING = (
    Transition("screen", "The policy has one answer", ("received", "needs_facts"), "screened", ("program",)),
    Transition(
        "ask_facts",
        "The policy needs a fact",
        ("received", "screened"),
        "needs_facts",
        ("program",),
        ("a decision that names the missing fact",),
    ),
    Transition(
        "merge",
        "It is the same event as another case",
        ("received", *UNDECIDED),
        "merged",
        ("program", "prosecutor", "administrator"),
        ("the same OTN, or a match that a person confirmed",),
    ),
    Transition(
        "unmerge",
        "It was another event after all",
        ("merged",),
        "received",
        ("prosecutor", "administrator"),
        (_REASON,),
        "undo",
    ),
    Transition(
        "facts_clock_ended",
        "Nobody learned the fact in time: a person decides",
        ("needs_facts",),
        "review",
        ("program",),
        ("the clock has run out",),
    ),
    Transition(
        "confirm_decline", "No charge, as the policy says", ("screened",), "declined", _PROSECUTOR, (_DECISION,)
    ),
    Transition("confirm_offer", "An offer, as the policy says", ("screened",), "offering", _PROSECUTOR, (_DECISION,)),
    Transition(
        "confirm_prosecution",
        "Prosecution, as the policy says",
        ("screened",),
        "prosecuted",
        _PROSECUTOR,
        (_DECISION,),
    ),
    Transition(
        "confirm_review", "A person decides, as the policy says", ("screened",), "review", _PROSECUTOR, (_DECISION,)
    ),
    Transition(
        "decide_decline", "A prosecutor decides: no charge", UNDECIDED, "declined", _PROSECUTOR, (_DECISION, _REASON)
    ),
    Transition(
        "decide_offer", "A prosecutor decides: an offer", UNDECIDED, "offering", _PROSECUTOR, (_DECISION, _REASON)
    ),
    Transition(
        "decide_prosecution",
        "A prosecutor decides: prosecution",
        UNDECIDED,
        "prosecuted",
        _PROSECUTOR,
        (_DECISION, _REASON),
    ),
    Transition(
        "decide_review",
        "A prosecutor asks for more thought",
        ("screened", "needs_facts"),
        "review",
        _PROSECUTOR,
        (_DECISION, _REASON),
    ),
    Transition(
        "undo_confirmation",
        "A mistaken confirmation is taken back",
        ("offering", "review", "declined", "prosecuted"),
        "screened",
        _PROSECUTOR,
        ("the standing confirmation", "no offer, letter or filing is out yet"),
        "undo",
    ),
    Transition(
        "screen_again",
        "A fact, a charge or a warrant arrived before the offer went out",
        ("offering", "review"),
        "screened",
        _PROSECUTOR,
        ("a newer decision with another outcome",),
    ),
    Transition(
        "reopen_prosecution",
        "A fact was decided or arrived that changes the outcome",
        ("prosecuted", "refused", "offer_ended"),
        "screened",
        _PROSECUTOR,
        ("a newer decision with a milder outcome",),
        "reopen",
    ),
)

OFFER = (
    Transition(
        "send_offer",
        "The offer goes out",
        ("offering",),
        "offered",
        _PROSECUTOR,
        ("counsel is named", "the letter, with the written use immunity, in the person's language"),
    ),
    Transition(
        "counsel_met",
        "Counsel has met the person: the answer's clock starts",
        ("offered",),
        "answering",
        ("defense_counsel",),
        ("the report was in hand", "the person was neither intoxicated nor in withdrawal"),
    ),
    Transition(
        "accept",
        "The person says yes",
        ("answering",),
        "accepted",
        ("defense_counsel", "person"),
        ("consent under 42 CFR Part 2, signed", "the speedy-trial waiver, signed, with its first day"),
    ),
    Transition(
        "refuse",
        "The person says no, and nothing is worse for it",
        ("answering",),
        "refused",
        ("defense_counsel", "person"),
        ("the answer, given with counsel", "charges and bail as if no offer had been made"),
    ),
    Transition(
        "offer_again",
        "The offer is made once more",
        ("refused", "offer_ended"),
        "offering",
        _PROSECUTOR,
        (_REASON, "nothing final has happened in court"),
        "reopen",
    ),
)
