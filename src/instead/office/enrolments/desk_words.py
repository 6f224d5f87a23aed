"""The words around the consent forms on a desk's screen, which the person reads: in English and Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from instead.office.consents.models import Consent


@dataclass(frozen=True, slots=True)
class DeskWords:
    """What stands around the elements of the form. ``titles`` are by recipient."""

    heading: str
    before: str
    titles: Mapping[str, str]
    person: str
    discloser: str
    description: str
    purpose: str
    how_to_revoke: str
    revocable_from: str
    expires: str
    without: str
    signature: str
    on_screen: str
    on_paper: str
    sign: str
    signed: str
    notice: str


_ENGLISH: Final = DeskWords(
    heading="May we tell?",
    before=(
        "You get the same care whether you sign or not. Read this, or have it read to you. Sign one form, both, or "
        "none. You can take it back at any time, and that is never a failure."
    ),
    titles={
        Consent.Recipient.OFFICE: "What the prosecutor’s office may be told",
        Consent.Recipient.COORDINATOR: "What the coordinator may be told",
    },
    person="My name",
    discloser="Who may tell",
    description="What may be told",
    purpose="What for",
    how_to_revoke="I can take this back",
    revocable_from="From when on",
    expires="When it ends",
    without="If I do not sign: I get the same care, and nothing is told.",
    signature="My signature: my name as I write it",
    on_screen="I sign here",
    on_paper="I signed on paper",
    sign="Sign",
    signed="Signed",
    notice="42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
)
_SPANISH: Final = DeskWords(
    heading="¿Podemos decirlo?",
    before=(
        "Usted recibe la misma atención, firme o no. Lea esto o pida que se lo lean. Firme un formulario, los dos o "
        "ninguno. Puede retirarlo en cualquier momento, y eso nunca es un incumplimiento."
    ),
    titles={
        Consent.Recipient.OFFICE: "Qué se le puede decir a la fiscalía",
        Consent.Recipient.COORDINATOR: "Qué se le puede decir a la coordinación",
    },
    person="Mi nombre",
    discloser="Quién puede decirlo",
    description="Qué se puede decir",
    purpose="Para qué",
    how_to_revoke="Puedo retirarlo",
    revocable_from="Desde cuándo",
    expires="Cuándo termina",
    without="Si no firmo: recibo la misma atención y no se dice nada.",
    signature="Mi firma: mi nombre como lo escribo",
    on_screen="Firmo aquí",
    on_paper="Firmé en papel",
    sign="Firmar",
    signed="Firmado",
    notice=(
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records. (La parte 2 del título 42 del CFR "
        "prohíbe usar o divulgar estos datos sin autorización.)"
    ),
)
_WORDS: Final[Mapping[str, DeskWords]] = {"en": _ENGLISH, "es": _SPANISH}


def words_in(language: str) -> DeskWords:
    """The words in one of the two languages."""
    return _WORDS[language]
