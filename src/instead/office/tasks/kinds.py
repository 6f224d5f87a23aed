"""Tasks that stand beside the states of the machines: whose they are, their clock and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from instead.office.machines import MACHINES


@dataclass(frozen=True, slots=True)
class Kind:
    """What a task is: a title, the next step, the role that answers for it, and its clock."""

    title: str
    next_step: str
    role: str
    clock: str


#: Beside the states. The machine of such a task is ``BESIDE``, its subject the thing it is about.
BESIDE: Final = "beside"
KINDS: Final[dict[str, Kind]] = {
    "contest": Kind(
        "Counsel contests a fact",
        "Read the reason; accept the fact or keep it, and say why.",
        "prosecutor",
        "contest_days",
    ),
    "changed_outcome": Kind(
        "By what is known now, the outcome would be another",
        "Look at the case again. Nothing changes by itself.",
        "prosecutor",
        "changed_days",
    ),
    "warrant": Kind(
        "A warrant or detainer is open",
        "Have it lifted, or learn what it is about, before the person meets it on the street.",
        "prosecutor",
        "warrant_days",
    ),
    "listing": Kind(
        "A day in court",
        "See that the person gets there, or have the person excused.",
        "coordinator",
        "listing_days",
    ),
    "interpreter": Kind(
        "An interpreter is needed",
        "Find somebody who interprets for the person, and tell counsel. The person pays nothing.",
        "coordinator",
        "interpreter_days",
    ),
    "document": Kind(
        "A paper waits to be opened",
        "Open it, take the four facts from it, and destroy it.",
        "coordinator",
        "document_days",
    ),
}
#: What nobody has to do any more once the case has ended. A paper is still destroyed, a warrant still lifted, and a
#: contest still answered.
END_WITH_THE_CASE: Final = ("listing", "interpreter", "changed_outcome")
_BY_STATE: Final = {
    (machine.name, state.name): Kind(state.title, state.next_step, state.owner, state.clock)
    for machine in MACHINES
    for state in machine.open_states
}


def kind_of(machine: str, kind: str) -> Kind:
    """The words, the owner and the clock of a task."""
    return KINDS[kind] if machine == BESIDE else _BY_STATE[machine, kind]
