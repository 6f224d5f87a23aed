"""People who can be reminded. Nobody here exists."""

from __future__ import annotations

from instead.office.accounts.doers import the_person
from instead.office.notices.actions import choose_ways
from instead.office.notices.models import Channel, Wish
from instead.office.people.models import Person
from support.office import NOW

#: Beginnings of words from which somebody could conclude what it is about.
FORBIDDEN = {
    "en": (
        "treat", "court", "drug", "charge", "case", "arrest", "police", "prosec", "attorney", "lawyer", "counsel",
        "district", "clinic", "recover", "addict", "methadone", "buprenorphine", "naltrexone", "medic", "heroin",
        "opioid", "cocaine", "fentanyl", "rehab", "detox", "sober", "health", "probation", "judge", "hearing",
        "offer", "consent", "program", "divers", "docket", "defen", "assess", "jail", "therap", "instead", "proof",
        "counselor", "dose", "intake", "patient",
    ),
    "es": (
        "trat", "tribunal", "droga", "cargo", "caso", "arrest", "polic", "fiscal", "abogad", "defens", "distrito",
        "clínic", "centro", "recuper", "adicc", "metadona", "buprenorfina", "naltrexona", "medic", "heroína", "opi",
        "cocaína", "fentanilo", "rehabilit", "desintoxic", "salud", "libertad", "juez", "audiencia", "oferta",
        "consent", "program", "corte", "expediente", "evalua", "cárcel", "terap", "en lugar", "prueba", "dosis",
        "paciente",
    ),
}  # fmt: skip


def wished(person: Person, *channels: Channel) -> Wish:
    """The person has a number, an address and an e-mail address, and chose these ways."""
    person.name, person.phone, person.email = "Doe, Jane Q", "215-555-0142", "jane@example.org"
    person.address = "12 Elm Street, Philadelphia, PA 19134"
    person.save(update_fields=["name", "phone", "email", "address"])
    return choose_ways(person, channels, doer=the_person(person), at=NOW)
