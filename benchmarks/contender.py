"""What is compared: something that decides the cases it was given, all of them or one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

#: The design's meaning (decided, or the set of possible outcomes), or the first rule that hits on complete facts.
Meaning = Literal["possible outcomes", "first hit"]

#: Decisions as codes: the rule, or 240 plus the set of possible outcomes.
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Contender:
    """One way to decide many cases. ``decide`` decides all of them, with what was prepared before."""

    name: str
    how: str
    cases: int
    decide: Callable[[], Any]
    #: From what ``decide`` returned to codes; its time does not count. None: nothing is decided, nothing compared.
    codes: Callable[[Any], Codes] | None = field(default=lambda result: np.asarray(result, np.int64))
    ours: bool = False
    close: Callable[[], None] = field(default=lambda: None)


@dataclass(frozen=True)
class OneByOne:
    """One way to decide a single case, given by its position. The time of ``code`` does not count."""

    name: str
    how: str
    decide_one: Callable[[int], Any]
    code: Callable[[Any], int] = field(default=int)
    ours: bool = False


class Absent(Exception):
    """A peer that cannot be used here, and why."""


def encoded(stopping: int, possible: int) -> int:
    """The code of a stopping rule and the set of possible outcomes."""
    return stopping if possible & (possible - 1) == 0 else 240 + possible


def walk(hits: Sequence[tuple[int, bool]], bits: Sequence[int]) -> int:
    """The code from the possible rules in order, each with whether it is definitely true."""
    possible = 0
    for rule, sure in hits:
        possible |= bits[rule]
        if sure:
            return encoded(rule, possible)
    raise AssertionError("the last rule is unconditional")
