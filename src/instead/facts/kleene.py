"""Strong Kleene logic: true, false, unknown.

A value is ``True``, ``False`` or ``None`` (unknown). Unknown is never false: a result is known
only when it would be the same whatever the unknown operands turn out to be.
"""

from __future__ import annotations

from collections.abc import Iterable

Kleene = bool | None


def not_(value: Kleene) -> Kleene:
    """The opposite; the opposite of unknown is unknown."""
    return None if value is None else not value


def all_of(values: Iterable[Kleene]) -> Kleene:
    """False when some value is false, else unknown when some is unknown, else true."""
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def any_of(values: Iterable[Kleene]) -> Kleene:
    """True when some value is true, else unknown when some is unknown, else false."""
    unknown = False
    for value in values:
        if value is True:
            return True
        unknown = unknown or value is None
    return None if unknown else False
