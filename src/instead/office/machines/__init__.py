"""Three state machines kept apart: the case, the enrolment in treatment and the referral to a provider.

Each is a plain table of states and transitions. ``docs/office/states.md`` shows the same tables, and a test compares
them. A failed referral is not a failed person, and taking back a consent is never by itself a failure: no transition
of one machine is named in another, so nothing can follow by itself.
"""

from __future__ import annotations

from instead.office.machines.case import CASE
from instead.office.machines.enrolment import ENROLMENT
from instead.office.machines.machine import ROLES, Machine, NotAllowed, State, Transition
from instead.office.machines.referral import REFERRAL

MACHINES: tuple[Machine, ...] = (CASE, ENROLMENT, REFERRAL)

__all__ = ["CASE", "ENROLMENT", "MACHINES", "REFERRAL", "ROLES", "Machine", "NotAllowed", "State", "Transition"]
