"""The seam to the person's printed card: who it belongs to, if anybody."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from importlib.util import find_spec

from instead.office.people.models import Person

_CODES = "instead.office.my_page.codes"


def person_of_card(code: str, at: dt.datetime) -> Person | None:
    """The person whose card has this code. None: there is no such card, or it is no longer good."""
    if find_spec(_CODES) is None:
        return None
    found = import_module(_CODES).person_of_code(code, at)
    return found if isinstance(found, Person) else None
