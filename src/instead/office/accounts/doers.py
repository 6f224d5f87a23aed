"""Who does something: somebody who signs in, the person whose case it is, or the program's own timers."""

from __future__ import annotations

from dataclasses import dataclass

from instead.office.accounts.models import User
from instead.office.people.models import Person


@dataclass(frozen=True, slots=True)
class Doer:
    """A role of the state machines, and who it is. The program has no name."""

    role: str
    user: User | None = None
    person: Person | None = None

    @property
    def actor(self) -> User | Person | None:
        """Who is written in the ledger: nobody where the program did it."""
        return self.user or self.person


#: Import, policy and timers.
PROGRAM = Doer("program")


def staff(user: User) -> Doer:
    """Somebody who signs in, in the one role they have."""
    return Doer(user.role, user=user)


def the_person(person: Person) -> Doer:
    """The person whose case it is."""
    return Doer("person", person=person)
