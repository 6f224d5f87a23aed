"""The page: the machine, a table for each comparison with ratios within the run, and how each peer was used."""

from __future__ import annotations

import datetime as dt
import os
import platform
import resource
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from measure import Latency, Rate
from wisconsin import Screening

LIBRARIES = ("numpy", "polars", "duckdb", "zen-engine", "rule-engine", "openfisca-core")


@dataclass
class Comparison:
    """One table: contenders on the same cases with the same meaning, and who could not take part."""

    title: str
    about: str
    results: Sequence[Rate] | Sequence[Latency]
    absent: list[str] = field(default_factory=list)


def page(comparisons: Sequence[Comparison], screening: Screening | None, day: dt.date, notes: Iterable[str]) -> str:
    """The whole page as Markdown."""
    lines = ["# Instead beside other engines: measured", "", *notes, "", *_machine(day)]
    for comparison in comparisons:
        lines += ["", f"## {comparison.title}", "", comparison.about, ""]
        first = comparison.results[0]
        lines += _rates(comparison.results) if isinstance(first, Rate) else _latencies(comparison.results)  # type: ignore[arg-type]
        if comparison.absent:
            lines += ["", *(f"Could not be installed here: {reason}." for reason in comparison.absent)]
    lines += ["", "## From files to decisions", ""]
    if screening is None:
        lines.append("65,537 Wisconsin cases: not measured in this run.")
    else:
        rate = f"{screening.cases / screening.seconds:,.0f} cases a second"
        runs = f"the whole program from start to end, median of {screening.runs} runs"
        lines.append(f"`{screening.command}`: {screening.cases:,} cases in {screening.seconds:.2f} s ({rate}); {runs}.")
    lines += ["", "## How the policy was expressed", "", *_expressed(comparisons)]
    return "\n".join(lines) + "\n"


def _machine(day: dt.date) -> list[str]:
    versions = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    rows = {
        "date": day.isoformat(),
        "processor": f"{_cpu()}, {os.cpu_count()} cores",
        "memory": f"{_memory():.0f} GB; peak of this run {peak:.1f} GB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "libraries": versions,
        "load": f"{_LOAD:.1f} before, {os.getloadavg()[0]:.1f} after (other work slows everybody down, in turns)",
    }
    return ["| this run | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows.items())]


#: The load when the run began: taken as this module is read.
_LOAD = os.getloadavg()[0]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "(absent)"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _rates(results: Sequence[Rate]) -> list[str]:
    ours = next(rate for rate in results if rate.ours)
    lines = [
        f"| engine | million decisions a second | slowest to fastest round | {ours.name} is … times as fast |",
        "|---|---:|---:|---:|",
    ]
    for rate in sorted(results, key=lambda rate: -rate.median):
        spread = f"{_millions(rate.slowest)} to {_millions(rate.fastest)}"
        ratio = "1" if rate is ours else _short(ours.median / rate.median)
        lines.append(f"| {_bold(rate.name, rate.ours)} | {_millions(rate.median)} | {spread} | {ratio} |")
    return lines


def _latencies(results: Sequence[Latency]) -> list[str]:
    ours = next(latency for latency in results if latency.ours)
    lines = [
        f"| engine | p50, µs | p95, µs | … times the p50 of {ours.name} | … times the p95 |",
        "|---|---:|---:|---:|---:|",
    ]
    for latency in sorted(results, key=lambda latency: latency.p50):
        times = [_short(latency.p50 / ours.p50), _short(latency.p95 / ours.p95)]
        name = _bold(latency.name, latency.ours)
        lines.append(f"| {name} | {_short(latency.p50)} | {_short(latency.p95)} | {' | '.join(times)} |")
    return lines


def _expressed(comparisons: Sequence[Comparison]) -> list[str]:
    seen: dict[tuple[str, str], None] = {}
    for comparison in comparisons:
        for result in comparison.results:
            seen[result.name, result.how] = None
    return [f"- **{name}**: {how}" for name, how in sorted(seen)]


def _millions(rate: float) -> str:
    return _short(rate / 1e6)


def _short(number: float) -> str:
    """Three digits that matter."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}" if number >= 0.001 else f"{number:.1g}"


def _bold(name: str, bold: bool) -> str:
    return f"**{name}**" if bold else name
