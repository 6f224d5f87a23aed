"""Spans of days, counted once where they overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

#: A half-open span: the first day belongs to it, the last does not. Without an end it still goes on.
Span = tuple[dt.date, dt.date | None]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as separate spans in order; spans that overlap or touch become one, empty ones none."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        if end is not None and end <= start:
            continue
        before = found[-1][1] if found else None
        if not found or (before is not None and before < start):
            found.append((start, end))
        elif before is not None and (end is None or end > before):
            found[-1] = (found[-1][0], end)
    return found


def days_within(spans: Iterable[Span], first: dt.date, last: dt.date) -> int:
    """How many days of the spans lie between two dates; an open span goes on to the last one."""
    clipped = ((max(start, first), last if end is None else min(end, last)) for start, end in merged(spans))
    return sum((end - start).days for start, end in clipped if end > start)
