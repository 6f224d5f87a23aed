"""The second look, and every end but a kept offer: other withdrawals, other programmes, death, expungement."""

from __future__ import annotations

from instead.office.machines.case_conditions import ON_RECORD
from instead.office.machines.case_states import ENDS, MOVED, OUT, UNDECIDED, WITHDRAWN
from instead.office.machines.machine import Transition

_PROSECUTOR = ("prosecutor",)
_REASON = "a written reason"
_MOVABLE = ("screened", "review", "offering", *OUT)

SECOND_LOOK = (
    Transition(
        "open_second_look",
        "A person looks again before anything is taken away",
        (
            "offered",
            "answering",
            "accepted",
            "proof_filed",
            "proof_incomplete",
            "service",
            "service_filed",
            "other_condition",
        ),
        "second_look",
        ("program", "prosecutor", "coordinator"),
        ("a missed clock, two missed appointments, a new arrest or a changed outcome; never a consent taken back",),
    ),
    *(
        Transition(
            name,
            title,
            ("second_look",),
            target,
            _PROSECUTOR,
            ("written reasons of both sides", f"the case came from {target}", "a new date where more time is given"),
        )
        for name, title, target in (
            ("keep_offer", "The offer stands", "offered"),
            ("keep_answering", "More time to answer", "answering"),
            ("extend", "More time", "accepted"),
            ("keep_proof", "The proof is looked at as filed", "proof_filed"),
            ("keep_one_more", "More time for the one thing needed", "proof_incomplete"),
            ("keep_service", "More time for the hours", "service"),
            ("keep_hours", "The hours are looked at as filed", "service_filed"),
            ("keep_condition", "The other condition stands", "other_condition"),
        )
    ),
    Transition(
        "end_offer",
        "The offer ends and the case goes on as if it had never been made",
        ("second_look",),
        "offer_ended",
        _PROSECUTOR,
        ("written reasons of both sides", "the run date on return", "nothing from treatment in the file"),
    ),
)

OTHER_ENDS = (
    Transition(
        "withdraw_other",
        "The court is asked to withdraw for another reason",
        OUT,
        "withdrawing_other",
        _PROSECUTOR,
        ("the reason recorded: laboratory, witness, officer, court, policy or another in words",),
    ),
    *(
        Transition(
            f"confirm_{name}",
            f"The court's record says withdrawn ({name})",
            ("withdrawing_other",),
            f"withdrawn_{name}",
            ("prosecutor", "program"),
            (f"the reason recorded: {name}", *ON_RECORD),
        )
        for name in ("laboratory", "witness", "officer", "court", "policy", "other")
    ),
    *(
        Transition(
            f"move_to_{name.removeprefix('moved_')}",
            f"{title.replace('Moved', 'The case moves')}",
            _MOVABLE,
            name,
            _PROSECUTOR,
            ("the person agrees, with counsel", "the other programme has taken the case"),
        )
        for name, title in ((state.name, state.title) for state in ENDS if state.name in MOVED)
    ),
    Transition(
        "record_death",
        "The person has died",
        ("received", *UNDECIDED, "offering", *OUT, "proof_filed", "service_filed"),
        "died",
        ("prosecutor", "coordinator", "defense_counsel"),
        ("the death, from an official source", "the court is told on every docket"),
    ),
    Transition(
        "reopen_before_offer",
        "The end was a mistake, and no offer had gone out",
        ("died", *MOVED),
        "screened",
        _PROSECUTOR,
        (_REASON, "no offer was out"),
        "reopen",
    ),
    Transition(
        "reopen_after_offer",
        "The end was a mistake, and an offer had gone out",
        ("died", *MOVED),
        "second_look",
        _PROSECUTOR,
        (_REASON, "an offer was out"),
        "reopen",
    ),
    Transition(
        "expunge",
        "The court orders the record expunged",
        ("declined", *WITHDRAWN),
        "expunged",
        ("administrator",),
        ("the court's order", "an anonymous row with the end code, for statistics"),
        "afterwards",
    ),
)
