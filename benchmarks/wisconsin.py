"""From files to decisions: 65,537 public Wisconsin cases, screened by the command an office would use.

The command is a program like any other: nothing is imported from the product here.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

CASES = 65_537
#: The public extract, beside the repository where there is one.
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "wisconsin"
#: Arguments of ``python -m instead`` that screen the whole extract.
COMMAND = ("screen", "treatment-instead", str(DATA), "--source", "wisconsin", "--assume", "--json")


@dataclass(frozen=True)
class Screening:
    """Seconds from start to end of the program, the median of some runs."""

    command: str
    cases: int
    seconds: float
    runs: int


def screening(runs: int) -> Screening | None:
    """The time of the command, or None where the extract is absent."""
    if not DATA.is_dir():
        return None
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "instead", *COMMAND], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    command = " ".join(("instead", *COMMAND)).replace(str(DATA), DATA.name)
    return Screening(command, CASES, statistics.median(seconds), runs)
