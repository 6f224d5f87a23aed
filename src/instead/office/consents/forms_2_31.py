"""The elements of a written consent (42 CFR § 2.31), in the words of the form. To be confirmed by counsel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from instead.office.consents.models import Consent

#: The version of the form. A change of words is a new version.
PAPER: Final = "consent-2026.1"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the form in one language. ``description`` and ``purpose`` are by recipient."""

    discloser: str
    description: Mapping[str, str]
    purpose: Mapping[str, str]
    recipient: str
    how_to_revoke: str
    revocable_from: str
    expires_event: str


_FOUR: Final = (
    "Four facts and no more: the date of my assessment; whether I have engaged in treatment; whether I attend; "
    "whether I have completed. Or that another condition takes the place of treatment."
)
_CUATRO: Final = (
    "Cuatro datos y nada más: la fecha de mi evaluación; si empecé el tratamiento; si asisto; si lo completé. "
    "O que otra condición toma el lugar del tratamiento."
)
_ENGLISH: Final = Words(
    discloser="Any treatment provider where this programme has booked me, and the health-side coordinator",
    description={
        Consent.Recipient.OFFICE: _FOUR,
        Consent.Recipient.COUNSEL: _FOUR,
        Consent.Recipient.COORDINATOR: (
            f"{_FOUR} Besides: the place, the appointments, and whether a place is free. Never the level of care, "
            "medication, a diagnosis, a test or a note."
        ),
    },
    purpose={
        Consent.Recipient.OFFICE: "To let the office see that what it asked is done, and withdraw the charges.",
        Consent.Recipient.COUNSEL: "To let my lawyer advise me and file proof for me.",
        Consent.Recipient.COORDINATOR: "To find a place for me, book appointments and help me keep them.",
    },
    recipient="Recipient",
    how_to_revoke=(
        "I can take this back at any time: on my page, at any provider's desk, by telling my lawyer or the "
        "coordinator, or in writing. It works at once. What was told before stays told. Taking it back is no failure; "
        "it only means that nothing more is told."
    ),
    revocable_from=(
        "At once, by this office's choice; by law (42 CFR § 2.35) no later than the case's final disposition"
    ),
    expires_event="The final disposition of the case",
)
_SPANISH: Final = Words(
    discloser="Todo centro de tratamiento donde este programa me haya dado cita, y la coordinación de salud",
    description={
        Consent.Recipient.OFFICE: _CUATRO,
        Consent.Recipient.COUNSEL: _CUATRO,
        Consent.Recipient.COORDINATOR: (
            f"{_CUATRO} Además: el lugar, las citas y si hay un lugar libre. Nunca el nivel de atención, los "
            "medicamentos, un diagnóstico, un análisis ni una nota."
        ),
    },
    purpose={
        Consent.Recipient.OFFICE: "Para que la oficina vea que se cumplió lo que pidió y retire los cargos.",
        Consent.Recipient.COUNSEL: "Para que mi abogado o abogada me aconseje y presente la prueba por mí.",
        Consent.Recipient.COORDINATOR: "Para buscarme un lugar, reservar citas y ayudarme a cumplirlas.",
    },
    recipient="Destinatario",
    how_to_revoke=(
        "Puedo retirarlo en cualquier momento: en mi página, en el mostrador de cualquier centro, diciéndoselo a mi "
        "abogado o abogada o a la coordinación, o por escrito. Vale de inmediato. Lo que ya se dijo queda dicho. "
        "Retirarlo no es una falta; solo significa que no se dice nada más."
    ),
    revocable_from=(
        "De inmediato, por decisión de esta oficina; por ley (42 CFR § 2.35), a más tardar cuando el caso se resuelva"
    ),
    expires_event="La resolución final del caso",
)
WORDS: Final[Mapping[str, Words]] = {"en": _ENGLISH, "es": _SPANISH}


def elements(recipient: Consent.Recipient, organization: str, language: str = "en") -> dict[str, str]:
    """What the form says beside person, signature and dates, for one recipient, in the language it is signed in."""
    words = WORDS[language]
    return {
        "discloser": words.discloser,
        "description": words.description[recipient],
        "purpose": f"{words.purpose[recipient]} {words.recipient}: {organization}."[:2000],
        "how_to_revoke": words.how_to_revoke,
        "revocable_from": words.revocable_from,
        "expires_event": words.expires_event,
    }
