"""How long things take: the number of spans of each length is counted in the database, and quartiles read off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, ExpressionWrapper, Model, QuerySet

from instead.office.numbers.blocks import Value


@dataclass(frozen=True, slots=True)
class Span:
    """The quartiles of so many spans, in whole ``unit``; each is the length of one of them, None where none is."""

    count: int
    low: int | None
    median: int | None
    high: int | None
    unit: str = "days"


def span(rows: QuerySet[Model], length: ExpressionWrapper[Any], unit: str = "days") -> Span:
    """The span of ``length`` of each row; rows where it is not known, or would end before it began, are left out."""
    counted = (
        rows.annotate(_length=length)
        .filter(_length__gte=0)
        .values_list("_length")
        .annotate(_count=Count("pk"))
        .order_by("_length")
    )
    return quartiles(list(counted), unit)


def span_values(found: Span, waiting: int) -> tuple[Value, ...]:
    """A span as the values of a line: unit, number, quartiles, and how many are not over."""
    numbers = ("" if value is None else value for value in (found.low, found.median, found.high))
    return (found.unit, found.count, *numbers, waiting)


def quartiles(counted: list[tuple[int, int]], unit: str = "days") -> Span:
    """Quartiles of lengths in rising order, each with how often it occurs."""
    whole = sum(count for _, count in counted)
    if not whole:
        return Span(0, None, None, None, unit)
    low, median, high = (_rank(counted, -(-quarter * whole // 4)) for quarter in (1, 2, 3))
    return Span(whole, low, median, high, unit)


def _rank(counted: list[tuple[int, int]], rank: int) -> int:
    """The length at a place, counted from one, in the order of lengths."""
    for length, count in counted:
        rank -= count
        if rank <= 0:
            return length
    raise AssertionError("a rank is within the count")
