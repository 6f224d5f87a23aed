"""Measures that were counted a moment ago and cannot have changed: nobody has written into the ledger since.

Everything that changes a number writes an entry, so the hash of the newest one says whether to count again.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from instead.office.ledger.models import Head
from instead.office.numbers.blocks import Section
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.measures import measures
from instead.office.tasks.clocks import office_day

_MOST: Final = 16
_kept: dict[tuple[object, ...], tuple[dt.datetime, list[Section]]] = {}


def kept_measures(cohort: Cohort, at: dt.datetime) -> tuple[dt.datetime, list[Section]]:
    """The measures of a cohort, and when today they were counted."""
    head = Head.objects.values_list("hash", flat=True).first()
    key = (cohort.office.pk, cohort.first, cohort.last, cohort.version, head, office_day(at))
    if key not in _kept:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = (at, measures(cohort, at))
    return _kept[key]
