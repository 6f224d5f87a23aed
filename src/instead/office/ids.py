"""Random identifiers: an id says nothing about the person, the order or the number of cases."""

from __future__ import annotations

import uuid


def random_id() -> uuid.UUID:
    """A random identifier (version 4: no time, no machine in it)."""
    return uuid.uuid4()
