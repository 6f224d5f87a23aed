"""What the verbs of this room refuse, told to a person. Nothing has changed when one of these is raised."""

from __future__ import annotations

from instead.office.errors import Refused

__all__ = ["AlreadyHeld", "HoldOver", "NoPlace", "NumberChanged", "Refused"]


class NoPlace(Refused):
    """No place can be held: all are taken, or nobody has said how many there are."""


class AlreadyHeld(Refused):
    """This enrolment has a place here already."""


class HoldOver(Refused):
    """The hold is no longer in the state that the verb needs: taken, released or expired meanwhile."""


class NumberChanged(Refused):
    """A confirmation of a number that is no longer the number."""
