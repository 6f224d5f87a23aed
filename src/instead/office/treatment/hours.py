"""Weekly hours: when a door is open. Unknown hours are ``None``, never "closed".

Free text is read only when it can mean one thing: ``M-F 7a-5:30p; Sa 8a-1p`` can, ``7a-5:30p`` (on which days?) and
``8a-1:30m`` cannot, and then the whole text stays text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

DAY: Final = 24 * 60
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES: Final = {
    **dict.fromkeys(("m", "mo", "mon", "monday"), 0),
    **dict.fromkeys(("t", "tu", "tue", "tues", "tuesday"), 1),
    **dict.fromkeys(("w", "we", "wed", "wednesday"), 2),
    **dict.fromkeys(("th", "thu", "thur", "thurs", "thursday"), 3),
    **dict.fromkeys(("f", "fr", "fri", "friday"), 4),
    **dict.fromkeys(("sa", "sat", "saturday"), 5),
    **dict.fromkeys(("su", "sun", "sunday"), 6),
}
_DAY: Final = "|".join(sorted(_NAMES, key=len, reverse=True))
_TIME: Final = r"\d{1,2}(?::[0-5]\d)?\s*(?:am|pm|a|p)?"
_PIECE: Final = re.compile(
    rf"\s*({_DAY})(?:\s*[-–]\s*({_DAY}))?\s+({_TIME})\s*[-–]\s*({_TIME})(?=$|[\s;,])[\s;,]*", re.I
)
_ALWAYS: Final = re.compile(r"(24\s*/\s*7|24 hours(?: a day)?,? 7 days(?: a week)?|around the clock)", re.I)
#: 07:00-19:00: the clock of 24 hours, which is certain where an hour begins with 0 or lies after noon.
_DAY_CLOCK: Final = re.compile(r"[0-2]\d:[0-5]\d")
_ONE_IN_THE_AFTERNOON: Final = 13 * 60
_READ: Final = re.compile(r"(\d{1,2})(?::(\d\d))?\s*([ap]?)m?", re.I)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Open on one weekday (0 is Monday) from one minute of the day up to another; 1440 is midnight."""

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday < 7 and 0 <= self.opens < self.closes <= DAY):
            raise ValueError(f"no interval of a day: {self.weekday}, {self.opens} to {self.closes}")


@dataclass(frozen=True, slots=True)
class Hours:
    """A week of intervals, sorted, none touching another."""

    intervals: tuple[Interval, ...]

    @staticmethod
    def of(spans: Iterable[tuple[int, int, int]]) -> Hours:
        """From (weekday, opens, closes); a span that closes at or before it opens runs past midnight."""
        days: dict[int, list[tuple[int, int]]] = {}
        for weekday, opens, closes in _split(spans):
            days.setdefault(weekday, []).append((opens, closes))
        found = [Interval(day, *span) for day, given in sorted(days.items()) for span in _joined(sorted(given))]
        return Hours(tuple(found))

    @property
    def around_the_clock(self) -> bool:
        return self == AROUND_THE_CLOCK

    def open_at(self, local: dt.datetime) -> bool:
        """Whether the door is open at this time of the office's own clock."""
        minute = local.hour * 60 + local.minute
        return any(one.weekday == local.weekday() and one.opens <= minute < one.closes for one in self.intervals)

    def as_json(self) -> list[list[int]]:
        return [[one.weekday, one.opens, one.closes] for one in self.intervals]

    def __str__(self) -> str:
        if self.around_the_clock:
            return "around the clock"
        return "; ".join(f"{_days(first, last)} {_spans_of(spans)}" for first, last, spans in self._runs())

    def _runs(self) -> list[tuple[int, int, list[tuple[int, int]]]]:
        """Days after one another with the same spans, as (first day, last day, spans)."""
        runs: list[tuple[int, int, list[tuple[int, int]]]] = []
        for day in sorted({one.weekday for one in self.intervals}):
            spans = [(one.opens, one.closes) for one in self.intervals if one.weekday == day]
            if runs and runs[-1][1] == day - 1 and runs[-1][2] == spans:
                runs[-1] = (runs[-1][0], day, spans)
            else:
                runs.append((day, day, spans))
        return runs


def hours_from_json(stored: list[list[int]] | None) -> Hours | None:
    """Hours as they are kept in a column."""
    return None if stored is None else Hours(tuple(Interval(*one) for one in stored))


def read_hours(text: str) -> Hours | None:
    """Hours from free text when it can mean one thing, else ``None``."""
    text = text.strip().rstrip(".")
    if _ALWAYS.fullmatch(text):
        return AROUND_THE_CLOCK
    spans: list[tuple[int, int, int]] = []
    end = 0
    while text and end < len(text):
        piece = _PIECE.match(text, end)
        read = _piece(*piece.groups()) if piece else None
        if piece is None or read is None:
            return None
        spans += read
        end = piece.end()
    return Hours.of(spans) if spans else None


def _split(spans: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Spans that run past midnight as two, one of each day."""
    for weekday, opens, closes in spans:
        if opens < closes:
            yield weekday, opens, closes
            continue
        yield weekday, opens, DAY
        if closes:
            yield (weekday + 1) % 7, 0, closes


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans of one day with those that touch made one."""
    joined: list[tuple[int, int]] = []
    for opens, closes in spans:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined


def _piece(first: str, last: str | None, opens: str, closes: str) -> list[tuple[int, int, int]] | None:
    """``M-F 7a-5:30p``. A start without a or p takes that of the end, where it then lies before it: ``2-3:30p``."""
    start, end = _NAMES[first.lower()], _NAMES[(last or first).lower()]
    span = _span(opens, closes)
    if span is None or end < start or (last and start == end):
        return None
    return [(day, *span) for day in range(start, end + 1)]


def _span(opens: str, closes: str) -> tuple[int, int] | None:
    since: int | None
    until: int | None
    if _DAY_CLOCK.fullmatch(opens.strip()) and _DAY_CLOCK.fullmatch(closes.strip()):
        since, until = (int(one[:2]) * 60 + int(one[3:]) for one in (opens.strip(), closes.strip()))
        certain = opens.strip()[0] == "0" or until >= _ONE_IN_THE_AFTERNOON
        return (since, until) if certain and since < until <= DAY else None
    until = _minute(closes, "")
    since = _minute(opens, closes)
    if since is None or until is None or since >= until:
        return None
    return since, until


def _minute(written: str, other: str) -> int | None:
    """Minutes after midnight; ``None`` where neither this time nor the other says morning or afternoon."""
    read, lent = _READ.fullmatch(written.strip()), _READ.fullmatch(other.strip())
    if read is None:
        return None
    hour, minute = int(read[1]), int(read[2] or 0)
    half = (read[3] or (lent[3] if lent else "")).lower()
    if not half or not 1 <= hour <= 12:
        return None
    return (hour % 12 + (12 if half == "p" else 0)) * 60 + minute


def _days(first: int, last: int) -> str:
    if first == last:
        return DAYS[first]
    return f"{DAYS[first]} {'and' if last == first + 1 else 'to'} {DAYS[last]}"


def _spans_of(spans: list[tuple[int, int]]) -> str:
    return " and ".join(f"{_clock(opens)} to {_clock(closes)}" for opens, closes in spans)


def _clock(minute: int) -> str:
    if minute in (0, DAY):
        return "midnight"
    hour, rest = divmod(minute, 60)
    return f"{(hour - 1) % 12 + 1}{f':{rest:02d}' if rest else ''} {'a.m.' if hour < 12 else 'p.m.'}"


AROUND_THE_CLOCK: Final = Hours(tuple(Interval(day, 0, DAY) for day in range(7)))
