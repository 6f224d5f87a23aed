"""What a synthetic city says about itself: for people, for machines, and a marker that nobody can miss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from instead.synth import calibration as cal
from instead.synth.days import last_month_starts
from instead.synth.write import MANIFEST, MARKER, README, Folder

if TYPE_CHECKING:
    from instead.synth.city import CityReport

_WARNING = "Synthetic people. Nobody here exists; every name, number, address and event is invented."


def describe(report: CityReport, folder: Folder) -> None:
    """Write the marker, ``README.md`` and ``city.json``."""
    (folder.path / MARKER).write_text(f"{_WARNING}\n", encoding="utf-8", newline="\n")
    (folder.path / README).write_text(_readme(report), encoding="utf-8", newline="\n")
    manifest = json.dumps(_manifest(report, folder), indent=2, ensure_ascii=False)
    (folder.path / MANIFEST).write_text(f"{manifest}\n", encoding="utf-8", newline="\n")


def _manifest(report: CityReport, folder: Folder) -> dict[str, Any]:
    return {
        "synthetic": True,
        "warning": _WARNING,
        "generator": "instead synth",
        "version": report.version,
        "seed": report.seed,
        "cases": report.cases,
        "first_day": cal.FIRST_DAY.isoformat(),
        "last_day": cal.LAST_DAY.isoformat(),
        "last_month_starts": last_month_starts().isoformat(),
        "extract_day": cal.EXTRACT_DAY.isoformat(),
        "people": report.people,
        "stolen_identities": report.stolen_identities,
        "laboratory": {"orders": report.laboratory_orders, "unanswered": report.laboratory_unanswered},
        "kinds": dict(report.kinds),
        "files": [{"path": file.path, "rows": file.rows, "sha256": file.sha256} for file in folder.files],
    }


def _readme(report: CityReport) -> str:
    files = "\n".join(f"| `{path}` | {rows:,} |" for path, rows in report.rows.items())
    kinds = "\n".join(f"| {kind.replace('_', ' ')} | {count:,} |" for kind, count in report.kinds.items())
    return f"""# Synthetic people

{_WARNING}
Telephone numbers are of the range reserved for fiction.

Made by `instead synth` (generator version {report.version}) with seed {report.seed} and {report.cases:,} arrests of
{report.people:,} people from {cal.FIRST_DAY} to {cal.LAST_DAY}. What courts, laboratory and clinics know is as of
{cal.EXTRACT_DAY}. The same version, number and seed give the same files, byte for byte.

| file | rows |
|---|---|
{files}

| arrested for | arrests |
|---|---|
{kinds}

- Reports with another person's name and number: {report.stolen_identities:,}.
- Laboratory orders: {report.laboratory_orders:,}; not answered by {cal.EXTRACT_DAY}: {report.laboratory_unanswered:,}.
- `truth.csv` says who is behind every report. Nothing that decides a case may read it.
- Rates follow public figures of Philadelphia for 2018 and 2019 where there are any; the rest is made up.
  Do not quote numbers from these files as findings about any place.
"""
