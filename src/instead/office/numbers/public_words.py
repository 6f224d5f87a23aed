"""Every word of the published tables in Spanish. A release keeps its words in English; a page shows them in either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from instead.office.machines import REFERRAL

_TITLES: Final = {
    "What the policy says, and what became of the arrest": "Lo que dice la política y qué pasó con el arresto",
    "Offers and answers": "Ofertas y respuestas",
    "After a yes": "Después de un sí",
    "Charges withdrawn for another reason": "Cargos retirados por otra razón",
    "Second looks": "Segundas revisiones",
    "By race": "Por raza",
    "By sex": "Por sexo",
    "By age": "Por edad",
    "Arrested again after the offer": "Otro arresto después de la oferta",
    "How far the ways into treatment came": "Hasta dónde llegó el camino al tratamiento",
    "Answers of providers": "Respuestas de los centros",
    "Appointments": "Citas",
    "Places": "Lugares",
}
_HEADINGS: Final = {
    "all": "todos",
    "what the policy says": "lo que dice la política",
    "what became of it": "qué pasó",
    "answer": "respuesta",
    "reason": "razón",
    "outcome": "resultado",
    "race": "raza",
    "sex": "sexo",
    "age": "edad",
    "arrested again": "otro arresto",
    "how far": "hasta dónde",
    "what came of it": "qué pasó",
    "places": "lugares",
}
_PEOPLE: Final = {
    "arrests": "arrestos",
    "the policy says: treatment instead": "la política dice: tratamiento en lugar de acusación",
    "an offer went out": "se envió una oferta",
    "said yes": "dijo que sí",
    "charges withdrawn: treatment begun": "cargos retirados: tratamiento iniciado",
    "charges withdrawn for another reason": "cargos retirados por otra razón",
    "second looks": "segundas revisiones",
    "ways into treatment": "caminos al tratamiento",
    "questions to a provider whether there is a place": "preguntas a un centro si hay lugar",
    "appointments": "citas",
    "places in this programme, as last reported": "lugares de este programa, según el último informe",
    **{
        f"people with an offer at least {months} months ago": f"personas con una oferta de hace al menos {months} meses"
        for months in (6, 12, 24)
    },
}
_SAYS: Final = {
    "treatment instead": "tratamiento en lugar de acusación",
    "no charge": "sin cargos",
    "prosecution": "acusación",
    "a person decides, or a fact is missing": "decide una persona, o falta un dato",
}
_BECAME: Final = {
    "offer made": "oferta hecha",
    "prosecuted": "acusación",
    "not decided yet": "sin decidir",
    "another end": "otro final",
    "said no": "dijo que no",
    "no answer yet": "sin respuesta todavía",
    "offer ended without an answer": "la oferta terminó sin respuesta",
    "charges withdrawn: something else was asked and done": "cargos retirados: se pidió otra cosa y se cumplió",
    "under way": "en camino",
    "offer ended": "la oferta terminó",
    "not known: the person’s consent ended": "no se sabe: terminó el consentimiento de la persona",
    "laboratory": "laboratorio",
    "witness": "testigo",
    "officer": "agente",
    "court": "tribunal",
    "the policy asks for no charge": "la política no pide cargos",
    "another reason, written down": "otra razón, por escrito",
    "a date has passed": "pasó una fecha",
    "missed appointments": "citas perdidas",
    "something else": "otra cosa",
    "the offer stands": "la oferta sigue en pie",
    "the offer ended": "la oferta terminó",
    "not arrested again": "sin otro arresto",
    "arrested again, not for dealing": "otro arresto, no por venta",
    "arrested again, not known for what": "otro arresto, no se sabe por qué",
    "arrested again for dealing": "otro arresto por venta",
}
_GROUPS: Final = {
    "Asian": "asiática",
    "Black": "negra",
    "Latino": "latina",
    "White": "blanca",
    "another": "otra",
    "not known": "no se sabe",
    "female": "femenino",
    "male": "masculino",
    "under 18": "menos de 18",
    "18 to 24": "18 a 24",
    "25 to 34": "25 a 34",
    "35 to 44": "35 a 44",
    "45 to 54": "45 a 54",
    "55 and over": "55 y más",
}
_TREATMENT: Final = {
    "treatment begun (one attended contact)": "tratamiento iniciado (una visita)",
    "on the way, not begun yet": "en camino, sin iniciar",
    "no treatment needed": "no hacía falta tratamiento",
    "ended before treatment began": "terminó antes de iniciar",
    "booked": "reservada",
    "moved": "cambiada",
    "kept": "cumplida",
    "missed": "perdida",
    "excused": "con buena razón",
    "cancelled": "cancelada",
    "taken": "ocupados",
    "free": "libres",
}
_WAITS: Final = {
    "a lawyer had met the person → the person’s answer": "un abogado se reunió con la persona → la respuesta",
    "the person’s yes → charges withdrawn because treatment began": "el sí de la persona → cargos retirados porque"
    " inició tratamiento",
    "the court was asked to withdraw → the court’s record showed it": "se pidió al tribunal retirar los cargos → el"
    " registro del tribunal lo mostró",
    "the way into treatment began → treatment began": "empezó el camino al tratamiento → empezó el tratamiento",
}
IN_SPANISH: Final[Mapping[str, str]] = {
    **_TITLES,
    **_HEADINGS,
    **_PEOPLE,
    **_SAYS,
    **_BECAME,
    **_GROUPS,
    **_TREATMENT,
    **_WAITS,
    **{state.title: state.title_es for state in REFERRAL.states},
}
