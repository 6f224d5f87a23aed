"""From files to decisions: 65,537 public Wisconsin cases, screened by the command an office would use.

The command is a program like any other: nothing is imported from the product here.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

CASES = 65_537
#: Arguments of ``python -m instead`` that screen the whole extract; empty until the command exists.
COMMAND: tuple[str, ...] = ()


@dataclass(frozen=True)
class Screening:
    """Seconds from start to end of the program, the median of some runs."""

    command: str
    cases: int
    seconds: float
    runs: int


def screening(runs: int) -> Screening | None:
    """The time of the command, or None while there is none."""
    if not COMMAND:
        return None
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "instead", *COMMAND], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    return Screening(" ".join(("instead", *COMMAND)), CASES, statistics.median(seconds), runs)
