"""The states of a case: the open ones in their order, and the ends."""

from __future__ import annotations

from instead.office.machines.machine import State

OPEN = (
    State(
        "received",
        "An arrest report has arrived",
        "Llegó un informe de arresto",
        "administrator",
        "screening_days",
        "Let the policy screen the report, or say why it cannot be read.",
    ),
    State(
        "needs_facts",
        "A fact is missing",
        "Falta un dato",
        "prosecutor",
        "facts_days",
        "Answer the missing fact from the report, or decide without it and say why.",
    ),
    State(
        "screened",
        "The policy has an answer; a prosecutor looks at it",
        "La política tiene una respuesta; la revisa un fiscal",
        "prosecutor",
        "confirm_days",
        "Confirm the answer, or choose another one and say why.",
    ),
    State(
        "review",
        "The policy leaves it to a person",
        "La política deja la decisión a una persona",
        "prosecutor",
        "review_days",
        "Decide with a written reason.",
    ),
    State(
        "offering",
        "The offer is being prepared",
        "Se prepara la oferta",
        "prosecutor",
        "offer_days",
        "Send the offer, with the written use immunity, to the person and to counsel.",
    ),
    State(
        "offered",
        "The offer is out; counsel has not met the person yet",
        "La oferta fue enviada; falta la reunión con la defensa",
        "coordinator",
        "counsel_days",
        "Bring counsel and the person together, with the report in hand.",
    ),
    State(
        "answering",
        "The person and counsel think it over",
        "La persona y su defensa lo piensan",
        "defense_counsel",
        "answer_days",
        "Tell the office yes or no.",
    ),
    State(
        "accepted",
        "The person said yes and is on the way",
        "La persona aceptó y está en camino",
        "coordinator",
        "progress_days",
        "Look how the next appointment or place stands and remove what is in the way.",
    ),
    State(
        "proof_filed",
        "Proof has arrived",
        "Llegó la prueba",
        "prosecutor",
        "verify_days",
        "Look at the proof: take it, or say which one thing is still needed.",
        stops_clock=True,
    ),
    State(
        "proof_incomplete",
        "One more thing is needed",
        "Falta una cosa más",
        "coordinator",
        "cure_days",
        "Help the person and counsel to file the one thing that is needed.",
    ),
    State(
        "verified",
        "The proof is good",
        "La prueba es buena",
        "prosecutor",
        "withdraw_days",
        "Ask the court to withdraw the charges at the next listing.",
        stops_clock=True,
    ),
    State(
        "other_condition",
        "Another condition takes the place of treatment",
        "Otra condición en lugar de tratamiento",
        "prosecutor",
        "condition_days",
        "Say which hours of service the policy asks for, or that nothing more is asked.",
        stops_clock=True,
    ),
    State(
        "service",
        "Hours of community service are being done",
        "Se cumplen horas de servicio comunitario",
        "coordinator",
        "service_days",
        "See that the person has a place to do the hours, and file them when done.",
    ),
    State(
        "service_filed",
        "The hours are done and filed",
        "Las horas están cumplidas y presentadas",
        "prosecutor",
        "verify_days",
        "Look at the hours: take them, or say what is still needed.",
        stops_clock=True,
    ),
    State(
        "second_look",
        "A second look, before anything is taken away",
        "Una segunda revisión, antes de retirar nada",
        "prosecutor",
        "second_look_days",
        "Read the written reasons of both sides; give more time, or end the offer with written reasons.",
        stops_clock=True,
    ),
    State(
        "withdrawing_engaged",
        "The charges are being withdrawn: treatment engaged",
        "Se retiran los cargos: inició tratamiento",
        "prosecutor",
        "court_record_days",
        "Find the withdrawal on the court's record, one docket after the other, and clear every warrant.",
        stops_clock=True,
    ),
    State(
        "withdrawing_condition",
        "The charges are being withdrawn: another condition",
        "Se retiran los cargos: otra condición",
        "prosecutor",
        "court_record_days",
        "Find the withdrawal on the court's record, one docket after the other, and clear every warrant.",
        stops_clock=True,
    ),
    State(
        "withdrawing_other",
        "The charges are being withdrawn for another reason",
        "Se retiran los cargos por otra razón",
        "prosecutor",
        "court_record_days",
        "Find the withdrawal on the court's record, one docket after the other, and clear every warrant.",
        stops_clock=True,
    ),
)


def _end(name: str, title: str, title_es: str, code: str = "") -> State:
    return State(name, title, title_es, open=False, end_code=code or name)


ENDS = (
    _end("merged", "The same event as another case", "El mismo hecho que otro caso"),
    _end("declined", "No charge is filed", "No se presentan cargos"),
    _end("prosecuted", "Prosecuted; no offer was made", "Acusación; no hubo oferta"),
    _end(
        "refused",
        "The person said no; prosecuted as if no offer had been made",
        "La persona no aceptó; acusación como si no hubiera habido oferta",
        "refused",
    ),
    _end(
        "offer_ended",
        "The offer ended; the case goes on as if it had never been made",
        "La oferta terminó; el caso sigue como si nunca se hubiera hecho",
    ),
    _end("withdrawn_engaged", "Charges withdrawn: treatment engaged", "Cargos retirados: inició tratamiento"),
    _end("withdrawn_service", "Charges withdrawn: service done", "Cargos retirados: servicio cumplido"),
    _end("withdrawn_condition", "Charges withdrawn: another condition met", "Cargos retirados: otra condición"),
    _end("withdrawn_nothing_asked", "Charges withdrawn: the offer asked nothing", "Cargos retirados: sin condiciones"),
    _end("withdrawn_laboratory", "Charges withdrawn: laboratory", "Cargos retirados: laboratorio"),
    _end("withdrawn_witness", "Charges withdrawn: witness", "Cargos retirados: testigo"),
    _end("withdrawn_officer", "Charges withdrawn: officer", "Cargos retirados: agente"),
    _end("withdrawn_court", "Charges withdrawn: court", "Cargos retirados: tribunal"),
    _end(
        "withdrawn_policy", "Charges withdrawn: the policy asks for no charge", "Cargos retirados: la política no acusa"
    ),
    _end("withdrawn_other", "Charges withdrawn: another reason, written down", "Cargos retirados: otra razón escrita"),
    _end("moved_amp2", "Moved to AMP 2", "Pasó a AMP 2"),
    _end("moved_ard", "Moved to ARD", "Pasó a ARD"),
    _end(
        "moved_section_17", "Moved to probation without verdict (§ 17)", "Pasó a libertad a prueba sin veredicto (§ 17)"
    ),
    _end(
        "moved_section_18",
        "Moved to disposition in lieu of trial (§ 18)",
        "Pasó a resolución en lugar de juicio (§ 18)",
    ),
    _end("moved_treatment_court", "Moved to Treatment Court", "Pasó al Tribunal de Tratamiento"),
    _end("died", "The person died", "La persona falleció"),
    _end(
        "expunged",
        "The record is expunged; an anonymous row for statistics is kept",
        "Antecedente eliminado; queda una fila anónima para estadísticas",
    ),
)

#: While an offer is out and nothing has been filed or taken back.
OUT = ("offered", "answering", "accepted", "proof_incomplete", "service", "other_condition", "second_look")
UNDECIDED = ("screened", "needs_facts", "review")
WITHDRAWN = tuple(state.name for state in ENDS if state.name.startswith("withdrawn_"))
MOVED = tuple(state.name for state in ENDS if state.name.startswith("moved_"))
