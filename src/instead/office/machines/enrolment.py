"""The enrolment: one person on the way into treatment, as the health side sees it.

It says nothing about consent. Care goes on whether or not anybody may be told of it: taking a consent back changes no
state here, it only means that the office learns nothing more. Prosecution staff take no transition of this table.
"""

from __future__ import annotations

from instead.office.machines.machine import Machine, State, Transition
from instead.office.machines.sound import checked

_STATES = (
    State(
        "to_book",
        "The first appointment is to be booked",
        "Falta reservar la primera cita",
        "coordinator",
        "booking_days",
        "Book the first appointment with the person, at a time and place that suit.",
    ),
    State(
        "booked",
        "The first appointment is booked",
        "La primera cita está reservada",
        "coordinator",
        "appointment_days",
        "Remind the person, settle the way there, and learn whether the appointment took place.",
    ),
    State(
        "missed",
        "An appointment was missed",
        "Se perdió una cita",
        "peer",
        "rebook_days",
        "Reach the person by more than one way and book again.",
    ),
    State(
        "walked_in",
        "The person walked in and is cared for",
        "La persona llegó por su cuenta y recibe atención",
        "provider_staff",
        "consent_days",
        "Care first. When the person is well enough, ask whether the arrival may be told.",
        stops_clock=True,
    ),
    State(
        "assessed",
        "The assessment has taken place",
        "La evaluación se realizó",
        "coordinator",
        "engage_days",
        "Find a place with the person and see that the first contact happens.",
    ),
    State(
        "waiting",
        "Waiting for a place",
        "En espera de un lugar",
        "coordinator",
        "slot_days",
        "Ask the providers again today, and tell the person how it stands.",
        stops_clock=True,
    ),
    State(
        "away",
        "In custody or in hospital",
        "En custodia o en el hospital",
        "coordinator",
        "away_days",
        "Learn where the person is, have the listing excused, and plan the way back.",
        stops_clock=True,
    ),
    State(
        "engaged",
        "The first contact was attended",
        "Se asistió al primer contacto",
        "provider_staff",
        "attendance_days",
        "Fill in the attendance form, and mark the next contact.",
    ),
    State(
        "attending",
        "Treatment goes on",
        "El tratamiento continúa",
        "provider_staff",
        "attendance_days",
        "Mark attendance, one tap a line.",
    ),
    State("completed", "Treatment completed", "Tratamiento completado", open=False, end_code="completed"),
    State("discharged", "Discharged by the provider", "Dado de alta", open=False, end_code="discharged"),
    State("left", "The person left", "La persona se fue", open=False, end_code="left"),
    State("not_needed", "No treatment is needed", "No hace falta tratamiento", open=False, end_code="not_needed"),
    State(
        "case_over",
        "The case is over; care may go on",
        "El caso terminó; la atención puede seguir",
        open=False,
        end_code="case_over",
    ),
    State("died", "The person died", "La persona falleció", open=False, end_code="died"),
)

_HEALTH = ("coordinator", "provider_staff")
_OUTREACH = ("coordinator", "provider_staff", "peer")
_BEFORE = ("to_book", "booked", "missed")
_IN_CARE = ("engaged", "attending")
_ANYWHERE = tuple(state.name for state in _STATES if state.open)

_TRANSITIONS = (
    Transition(
        "book",
        "An appointment is booked",
        ("to_book", "missed"),
        "booked",
        (*_OUTREACH, "person"),
        ("day, hour and place",),
    ),
    Transition(
        "rebook",
        "The appointment is moved; this is no miss",
        ("booked",),
        "booked",
        (*_OUTREACH, "person"),
        ("a new day, before the old one",),
    ),
    Transition(
        "miss",
        "The person did not come",
        ("booked",),
        "missed",
        _HEALTH,
        ("the hour has passed", "the provider's own word; an unanswered reminder is no miss"),
    ),
    Transition(
        "excuse",
        "There was a good reason; this counts as no miss",
        ("missed",),
        "to_book",
        _OUTREACH,
        ("the reason: court, work, illness, transport, children or another",),
    ),
    Transition(
        "assess", "The assessment takes place", (*_BEFORE, "walked_in"), "assessed", _HEALTH, ("the date only",)
    ),
    Transition(
        "walk_in",
        "The person walks in",
        (*_BEFORE, "assessed", "waiting"),
        "walked_in",
        ("provider_staff", "peer"),
        ("the arrival, with its hour; no link and no papers",),
    ),
    Transition(
        "consent_given",
        "The arrival may be told: it counts as first contact",
        ("walked_in",),
        "engaged",
        ("provider_staff", "peer"),
        ("an active consent", "the arrival, with its hour"),
    ),
    Transition(
        "ordinary_way",
        "The person would rather begin the ordinary way; care goes on",
        ("walked_in",),
        "to_book",
        _OUTREACH,
    ),
    Transition(
        "wait_for_place",
        "No place is free: the person's clock stands still",
        ("assessed",),
        "waiting",
        _HEALTH,
        ("no fitting place is free today",),
    ),
    Transition(
        "place_found", "A place is free: the clock runs again", ("waiting",), "assessed", _HEALTH, ("a place held",)
    ),
    Transition(
        "engage",
        "The first contact is attended",
        ("assessed", "waiting"),
        "engaged",
        ("provider_staff",),
        ("the date of the contact; medication counts",),
    ),
    Transition("attend", "A further contact is attended", _IN_CARE, "attending", ("provider_staff",), ("the date",)),
    Transition(
        "find_not_needed",
        "The assessment finds that no treatment is needed",
        ("assessed",),
        "not_needed",
        _HEALTH,
        ("the provider's word; the office learns “another condition”",),
    ),
    Transition(
        "go_away",
        "The person is in custody or in hospital: the clock stands still",
        (*_BEFORE, "assessed", "waiting", *_IN_CARE),
        "away",
        _OUTREACH,
        ("from when on",),
    ),
    *(
        Transition(name, f"Back: {words}", ("away",), target, _OUTREACH, ("since when",))
        for name, words, target in (
            ("back_to_booking", "an appointment is to be booked", "to_book"),
            ("back_to_assessed", "a place is to be found", "assessed"),
            ("back_to_care", "treatment goes on", "attending"),
        )
    ),
    Transition("complete", "Treatment is completed", _IN_CARE, "completed", ("provider_staff",), ("the date",)),
    Transition(
        "discharge", "The provider discharges the person", _IN_CARE, "discharged", ("provider_staff",), ("the date",)
    ),
    Transition(
        "leave",
        "The person leaves",
        _ANYWHERE,
        "left",
        (*_HEALTH, "person"),
        ("the person's own word, or the provider's after trying to reach them",),
    ),
    Transition(
        "close", "The case is over; nothing more is asked", _ANYWHERE, "case_over", ("program",), ("the case's end",)
    ),
    Transition("record_death", "The person has died", _ANYWHERE, "died", _HEALTH, ("an official source",)),
    Transition(
        "come_back",
        "The person comes back, as often as it takes",
        ("left", "discharged", "not_needed"),
        "to_book",
        (*_OUTREACH, "person"),
        ("the case is open",),
        "reopen",
    ),
    Transition(
        "undo_miss",
        "The person had been there: the miss is taken back",
        ("missed",),
        "assessed",
        _HEALTH,
        ("the provider's word",),
        "undo",
    ),
    *(
        Transition(
            f"unmark_{target}",
            f"A slip of the thumb is taken back: {words}",
            sources,
            target,
            ("provider_staff",),
            ("the newest mark, of the same day and the same clinic", "no proof filed with it"),
            "undo",
        )
        for target, sources, words in (
            ("to_book", ("assessed",), "there was no assessment"),
            ("booked", ("assessed", "missed"), "the appointment is open again"),
            ("missed", ("assessed",), "the person has not come yet"),
            ("walked_in", ("assessed",), "the assessment has not taken place yet"),
            ("assessed", ("engaged",), "there was no contact yet"),
            ("waiting", ("engaged",), "the person still waits for a place"),
            ("engaged", ("attending",), "there was no further contact yet"),
            ("attending", ("attending",), "there was no contact on that day"),
        )
    ),
    Transition(
        "undo_death",
        "The word was wrong: the person lives",
        ("died",),
        "to_book",
        _HEALTH,
        ("a written reason",),
        "undo",
    ),
)

ENROLMENT = checked(Machine("enrolment", _STATES, _TRANSITIONS))
