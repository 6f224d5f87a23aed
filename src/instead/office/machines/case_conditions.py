"""After a yes: proof of treatment, or another condition, and the withdrawal on the court's record."""

from __future__ import annotations

from instead.office.machines.machine import Transition

_PROSECUTOR = ("prosecutor",)
#: What makes a withdrawal an end, whatever its reason.
ON_RECORD = (
    "every docket, MC and CP each for itself, reads withdrawn on the court's record",
    "no warrant or detainer of the case is open",
)
PROOF = (
    Transition(
        "file_proof",
        "Proof is filed",
        ("accepted", "proof_incomplete"),
        "proof_filed",
        ("defense_counsel", "person", "coordinator", "provider_staff"),
        ("an active consent", "the attendance form with the four facts and no more"),
    ),
    Transition(
        "proof_removed",
        "The proof may no longer be used; this is no failure",
        ("proof_filed", "proof_incomplete"),
        "accepted",
        ("program", "person", "defense_counsel", "coordinator"),
        ("a consent taken back or run out",),
    ),
    Transition(
        "ask_one_more",
        "One more thing is needed",
        ("proof_filed",),
        "proof_incomplete",
        _PROSECUTOR,
        ("the one thing, named",),
    ),
    Transition("verify", "The proof is good", ("proof_filed",), "verified", _PROSECUTOR, ("engaged, with its date",)),
    Transition(
        "doubt_proof",
        "The proof may be somebody else's: look at it again",
        ("verified",),
        "proof_filed",
        _PROSECUTOR,
        ("a written reason", "the court has not been asked yet"),
    ),
    Transition(
        "withdraw_engaged",
        "The court is asked to withdraw: treatment engaged",
        ("verified",),
        "withdrawing_engaged",
        _PROSECUTOR,
        ("one line for each docket and charge",),
    ),
    Transition(
        "confirm_engaged",
        "The court's record says withdrawn",
        ("withdrawing_engaged",),
        "withdrawn_engaged",
        ("prosecutor", "program"),
        ON_RECORD,
    ),
)

CONDITION = (
    Transition(
        "ask_other_condition",
        "Another condition takes the place of treatment",
        ("accepted", "proof_incomplete"),
        "other_condition",
        ("coordinator", "program"),
        ("an active consent", "no word of why"),
    ),
    Transition(
        "start_service",
        "Hours of service are asked",
        ("accepted", "other_condition"),
        "service",
        ("prosecutor", "coordinator"),
        ("the track names community service and its hours",),
    ),
    Transition(
        "back_to_treatment",
        "The person wants treatment after all",
        ("other_condition", "service"),
        "accepted",
        ("coordinator", "person", "defense_counsel"),
        ("the person's own wish",),
    ),
    Transition(
        "file_service",
        "The hours are filed",
        ("service",),
        "service_filed",
        ("coordinator", "defense_counsel", "person"),
        ("the hours, with dates and place",),
    ),
    Transition(
        "ask_more_service",
        "Something about the hours is still needed",
        ("service_filed",),
        "service",
        _PROSECUTOR,
        ("the one thing, named",),
    ),
    Transition(
        "withdraw_service",
        "The court is asked to withdraw: service done",
        ("service_filed",),
        "withdrawing_condition",
        _PROSECUTOR,
        ("the reason recorded: service done", "one line for each docket and charge"),
    ),
    Transition(
        "withdraw_condition",
        "The court is asked to withdraw: nothing more is asked",
        ("other_condition",),
        "withdrawing_condition",
        _PROSECUTOR,
        ("the reason recorded: another condition", "one line for each docket and charge"),
    ),
    Transition(
        "withdraw_nothing_asked",
        "The court is asked to withdraw: the offer asks nothing",
        ("accepted",),
        "withdrawing_condition",
        _PROSECUTOR,
        ("the track asks nothing", "one line for each docket and charge"),
    ),
    *(
        Transition(
            f"confirm_{name}",
            f"The court's record says withdrawn ({words})",
            ("withdrawing_condition",),
            f"withdrawn_{name}",
            ("prosecutor", "program"),
            (f"the reason recorded: {words}", *ON_RECORD),
        )
        for name, words in (
            ("service", "service done"),
            ("condition", "another condition"),
            ("nothing_asked", "the offer asked nothing"),
        )
    ),
)
