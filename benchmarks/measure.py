"""Timing: contenders take turns, so that a busy minute of the machine meets all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from contender import Contender, OneByOne


@dataclass(frozen=True)
class Rate:
    """Decisions a second of one contender: median, slowest and fastest round."""

    name: str
    how: str
    cases: int
    median: float
    slowest: float
    fastest: float
    ours: bool
    decides: bool


@dataclass(frozen=True)
class Latency:
    """Microseconds a decision of one contender: the median over the rounds of each percentile."""

    name: str
    how: str
    p50: float
    p95: float
    ours: bool


def rates(contenders: Sequence[Contender], rounds: int) -> list[Rate]:
    """A B C, A B C, …; everybody has decided once before (the agreement check)."""
    seconds: list[list[float]] = [[] for _ in contenders]
    for _ in range(rounds):
        for contender, taken in zip(contenders, seconds, strict=True):
            gc.collect()
            started = time.perf_counter()
            result = contender.decide()
            taken.append(time.perf_counter() - started)
            del result
    return [
        Rate(
            contender.name,
            contender.how,
            contender.cases,
            contender.cases / statistics.median(taken),
            contender.cases / max(taken),
            contender.cases / min(taken),
            contender.ours,
            contender.codes is not None,
        )
        for contender, taken in zip(contenders, seconds, strict=True)
    ]


def latencies(contenders: Sequence[OneByOne], cases: int, rounds: int) -> list[Latency]:
    """Each round decides every case once with each contender; every decision is timed on its own."""
    found: list[list[tuple[float, float]]] = [[] for _ in contenders]
    for _ in range(rounds):
        for contender, percentiles in zip(contenders, found, strict=True):
            gc.collect()
            taken = np.empty(cases)
            for index in range(cases):
                started = time.perf_counter_ns()
                contender.decide_one(index)
                taken[index] = time.perf_counter_ns() - started
            percentiles.append((float(np.percentile(taken, 50)) / 1000, float(np.percentile(taken, 95)) / 1000))
    return [
        Latency(
            contender.name,
            contender.how,
            statistics.median(p50 for p50, _ in percentiles),
            statistics.median(p95 for _, p95 in percentiles),
            contender.ours,
        )
        for contender, percentiles in zip(contenders, found, strict=True)
    ]
