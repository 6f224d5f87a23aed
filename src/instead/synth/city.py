"""The synthetic city: all files of one city, from a number of arrests and a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from instead.errors import InsteadError
from instead.synth import calibration as cal
from instead.synth.about import describe
from instead.synth.arrests import Arrest, Chances, make_arrests
from instead.synth.days import last_month_starts
from instead.synth.dice import Dice, streams
from instead.synth.dockets import Clerk, Docket
from instead.synth.extracts import CASE_COLUMNS, OFFENSE_COLUMNS, case_rows, offense_rows
from instead.synth.laboratory import laboratory_results
from instead.synth.listings import LISTING_COLUMNS, WARRANT_COLUMNS, Calendar
from instead.synth.network import PROVIDER_COLUMNS, SERVICE_COLUMNS, provider_rows, service_rows
from instead.synth.reports import report_line
from instead.synth.treatment import ENROLMENT_COLUMNS, enrolment_rows
from instead.synth.truth import TRUTH_COLUMNS, truth_rows
from instead.synth.write import Folder, replacing

Progress = Callable[[str, int, int], None]
_EVERY = 1_000  # reports written between two reports of progress


@dataclass(frozen=True, slots=True)
class CityReport:
    """What was written. ``rows`` is by file, ``kinds`` by what people were arrested for."""

    directory: Path
    cases: int
    seed: int
    version: str
    people: int
    last_month: int
    stolen_identities: int
    laboratory_orders: int
    laboratory_unanswered: int
    kinds: Mapping[str, int]
    rows: Mapping[str, int]


def write_city(directory: Path, cases: int, seed: int, progress: Progress | None = None) -> CityReport:
    """Write the city of ``cases`` arrests. The same number and seed give the same bytes.

    ``progress`` is told a step's name, how much is done and of how much. Raises :class:`InsteadError` when the
    numbers make no city or ``directory`` holds anything but a synthetic city.
    """
    if not 1 <= cases <= cal.LARGEST_CITY:
        raise InsteadError(f"a synthetic city has 1 to {cal.LARGEST_CITY:,} arrests, not {cases:,}")
    if seed < 0:
        raise InsteadError(f"a seed is 0 or more, not {seed}")
    tell = progress or _silent
    with replacing(directory) as folder:
        return _fill(folder, directory, cases, seed, tell)


def _fill(folder: Folder, directory: Path, cases: int, seed: int, tell: Progress) -> CityReport:
    """Every file in turn, each from its own stream of chance."""
    days, people, scenes, outcomes, treatment, writing, court, calendar, laboratory, network = streams(seed, 10)
    arrests = make_arrests(cases, Chances(days, people, scenes, outcomes, treatment), tell)
    last_month = _write_reports(folder, arrests, writing, tell)
    tell("court", 0, 1)
    _write_court(folder, arrests, court, calendar)
    tell("laboratory and treatment", 0, 1)
    results = laboratory_results(arrests, laboratory)
    folder.lines("laboratory.jsonl", results.lines)
    _write_treatment(folder, arrests, cases, network)
    folder.table("truth.csv", TRUTH_COLUMNS, truth_rows(arrests))
    report = CityReport(
        directory=directory,
        cases=cases,
        seed=seed,
        version=cal.GENERATOR_VERSION,
        people=len({arrest.person.number for arrest in arrests}),
        last_month=last_month,
        stolen_identities=sum(arrest.identity is not arrest.person for arrest in arrests),
        laboratory_orders=results.orders,
        laboratory_unanswered=results.unanswered,
        kinds=_kinds(arrests),
        rows={file.path: file.rows for file in folder.files},
    )
    describe(report, folder)
    tell("done", cases, cases)
    return report


def _write_reports(folder: Folder, arrests: list[Arrest], dice: Dice, tell: Progress) -> int:
    """The reports of all months, and those of the last calendar month once more."""
    starts, last = last_month_starts(), list[str]()

    def lines() -> Iterator[str]:
        for number, arrest in enumerate(arrests, start=1):
            line = report_line(arrest, dice)
            if arrest.day >= starts:
                last.append(line)
            if number % _EVERY == 0:
                tell("reports", number, len(arrests))
            yield line

    folder.lines("arrest_reports.jsonl", lines())
    return folder.lines("last_month.jsonl", last)


def _write_court(folder: Folder, arrests: list[Arrest], dice: Dice, calendar_dice: Dice) -> None:
    clerk, calendar = Clerk(dice), Calendar(calendar_dice)
    dockets: list[Docket] = []
    for arrest in arrests:
        for docket in clerk.file(arrest):
            calendar.list_docket(docket)
            dockets.append(docket)
    folder.table("court/CPCMS_CaseData.csv", CASE_COLUMNS, case_rows(dockets, dice), "|")
    folder.table("court/CPCMS_OffenseData.csv", OFFENSE_COLUMNS, offense_rows(dockets, dice), "|")
    folder.table("listings.csv", LISTING_COLUMNS, calendar.listings)
    folder.table("warrants.csv", WARRANT_COLUMNS, calendar.warrants)


def _write_treatment(folder: Folder, arrests: list[Arrest], cases: int, dice: Dice) -> None:
    referred = [(arrest.report_id, arrest.enrolment) for arrest in arrests if arrest.enrolment is not None]
    folder.table("treatment/providers.csv", PROVIDER_COLUMNS, provider_rows())
    folder.table("treatment/services.csv", SERVICE_COLUMNS, service_rows(cases, dice))
    folder.table("treatment/enrolments.csv", ENROLMENT_COLUMNS, enrolment_rows(referred))


def _kinds(arrests: list[Arrest]) -> dict[str, int]:
    counted = Counter(arrest.scene.kind for arrest in arrests)
    return {kind: counted[kind] for kind in cal.KINDS.values}


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
