"""What the office says no with. Each message is a sentence that can be read aloud to whoever pressed the button."""

from __future__ import annotations

from instead.errors import InsteadError


class Refused(InsteadError):
    """What was asked cannot be done, and why: the case has moved on, something is missing, a value cannot be."""
