"""The referral: one question to one provider, and the answer. A failed referral is not a failed person.

Every answer but ``arrived`` ends this referral and nothing else: the coordinator asks the next provider, and the
enrolment stays where it is.
"""

from __future__ import annotations

from instead.office.machines.machine import Machine, State, Transition
from instead.office.machines.sound import checked

_STATES = (
    State(
        "made",
        "The provider has been asked",
        "Se preguntó al centro",
        "provider_staff",
        "referral_days",
        "Answer: accept, full, or not suitable.",
        stops_clock=True,
    ),
    State(
        "accepted",
        "The provider holds a place",
        "El centro guarda un lugar",
        "coordinator",
        "arrival_days",
        "See that the person gets there while the place is held.",
    ),
    State("arrived", "The person arrived", "La persona llegó", open=False, end_code="arrived"),
    State("full", "No place was free", "No había lugar", open=False, end_code="full"),
    State("not_suitable", "Not the right place", "No es el lugar adecuado", open=False, end_code="not_suitable"),
    State(
        "unanswered", "The provider did not answer in time", "El centro no respondió", open=False, end_code="unanswered"
    ),
    State("expired", "The held place ran out", "Se venció el lugar guardado", open=False, end_code="expired"),
    State("withdrawn", "The person chose otherwise", "La persona eligió otra cosa", open=False, end_code="withdrawn"),
    State("taken_back", "The coordinator took it back", "La coordinación la retiró", open=False, end_code="taken_back"),
)

_TRANSITIONS = (
    Transition(
        "accept", "A place is held", ("made",), "accepted", ("provider_staff",), ("a free place, held until when",)
    ),
    Transition("answer_full", "No place is free", ("made",), "full", ("provider_staff",)),
    Transition(
        "answer_not_suitable",
        "Not the right place",
        ("made",),
        "not_suitable",
        ("provider_staff",),
        ("no reason that names a condition; a better place where one is known",),
    ),
    Transition("clock_ended", "No answer in time", ("made",), "unanswered", ("program",), ("the clock has run out",)),
    Transition("hold_ended", "The hold ran out", ("accepted",), "expired", ("program",), ("the hold has run out",)),
    Transition(
        "lose_place",
        "The held place is gone",
        ("accepted",),
        "full",
        ("provider_staff",),
        ("the coordinator is told at once",),
    ),
    Transition(
        "arrive",
        "The person arrives",
        ("made", "accepted"),
        "arrived",
        ("provider_staff", "peer"),
        ("the arrival, with its hour",),
    ),
    Transition(
        "choose_otherwise",
        "The person wants another place, or none",
        ("made", "accepted"),
        "withdrawn",
        ("person", "coordinator", "provider_staff", "peer", "defense_counsel"),
        ("the person's own word",),
    ),
    Transition(
        "take_back",
        "The referral is no longer needed",
        ("made", "accepted"),
        "taken_back",
        ("coordinator", "program"),
        ("the reason: another place taken, the case over, or a slip",),
    ),
    Transition(
        "undo_answer",
        "A slip of the thumb is taken back",
        ("full", "not_suitable"),
        "made",
        ("provider_staff",),
        ("the clock has not run out", "no other place was taken meanwhile"),
        "undo",
    ),
    Transition(
        "answer_late",
        "The provider has a place after all",
        ("unanswered", "expired", "full"),
        "accepted",
        ("provider_staff",),
        ("a free place, held until when", "no other place was taken meanwhile"),
        "reopen",
    ),
    Transition(
        "arrive_late",
        "The person comes after the hold ran out and is not sent away",
        ("unanswered", "expired"),
        "arrived",
        ("provider_staff", "peer"),
        ("the arrival, with its hour",),
        "reopen",
    ),
)

REFERRAL = checked(Machine("referral", _STATES, _TRANSITIONS))
