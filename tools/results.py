"""Write docs/results.md: how much each shipped policy decides on each shipped source.

    python tools/results.py DATA [--out docs/results.md]

DATA is a folder with the folders ``wisconsin``, ``cook_diversion``, ``nibrs_louisiana`` and ``philadelphia_bail``.
A source whose folder is not there is named on the page as left out. The synthetic city is made on the spot.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from instead import __version__
from instead.facts.vocabulary import day_of
from instead.library import Library
from instead.policy.model import NEEDS_FACTS, Policy
from instead.policy.open import open_policy
from instead.replay.assumed import screen_assumed
from instead.replay.cases import CaseTable, open_cases
from instead.replay.screening import Screening, screen
from instead.synth import write_city

LIBRARY = Library()
CITY_CASES, CITY_SEED = 6000, 1
#: The day every decision is taken on, so that the page does not change with the calendar.
DECISION_DATE = dt.date(2019, 12, 2)
_MOST = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A shipped source map and where its files are; ``place`` is said on the page instead of a path."""

    name: str
    folder: Path
    place: str
    warning: str


def sources(data: Path, city: Path) -> tuple[Source, ...]:
    """Every source on the page, in reading order."""
    invented = f"the synthetic city of {CITY_CASES:,} arrests, seed {CITY_SEED}"
    nobody = "Nobody in this city exists. The numbers show how the program behaves, and nothing about any place."
    return (
        Source("arrest-reports", city / "arrest_reports.jsonl", invented, nobody),
        Source("pennsylvania-courts", city / "court", f"the folder `court` of {invented}", nobody),
        Source(
            "wisconsin",
            data / "wisconsin",
            "de-identified court records, 31 counties",
            "Dismissed cases look purged from the older years, so these are not all the cases that there were.",
        ),
        Source(
            "cook-diversion",
            data / "cook_diversion",
            "the State's Attorney's public table of referrals",
            "Everybody in this table was referred to a programme. It says nothing of those who were not.",
        ),
        Source(
            "nibrs-louisiana",
            data / "nibrs_louisiana",
            "police incidents as reported to the FBI",
            "A case here is an incident, not a person, and not everybody in an incident was arrested.",
        ),
        Source(
            "philadelphia-bail",
            data / "philadelphia_bail",
            "the tables published with Stevenson (2018)",
            "Most of these cases are not about drugs. A policy about drugs sends them to a person or waits for facts.",
        ),
    )


def share(count: int, of: int) -> str:
    """A rate with its denominator. Neither "none" nor "all" is ever the result of rounding."""
    if not of:
        return "0 of 0"
    percent = 100 * count / of
    shown = f"{percent:.1f}"
    if shown == "0.0" and count:
        shown = "under 0.1"
    elif shown == "100.0" and count < of:
        shown = "over 99.9"
    return f"{count:,} of {of:,} ({shown} %)"


def decided(screening: Screening) -> int:
    """Cases with one possible outcome."""
    return screening.cases - screening.outcomes()[NEEDS_FACTS]


def most_missing(screening: Screening) -> str:
    """The facts that the most undecided cases wait for, with the undecided cases as denominator."""
    waiting = screening.outcomes()[NEEDS_FACTS]
    named = list(screening.missing().items())[:_MOST]
    return "; ".join(f"`{name}` {share(count, waiting)}" for name, count in named) or "none"


def policy_row(policy: Policy, cases: CaseTable) -> str:
    """One line of a source's table."""
    day = day_of(DECISION_DATE)
    screening = screen(policy, cases.facts, day)
    assumed = screen_assumed(policy, cases, day) if cases.assumptions else None
    cells = [f"`{policy.id}`", share(decided(screening), screening.cases), most_missing(screening)]
    if assumed is not None:
        cells += [share(decided(assumed.screening), assumed.screening.cases), most_missing(assumed.screening)]
    return f"| {' | '.join(cells)} |"


def source_section(source: Source, policies: tuple[Policy, ...]) -> Iterator[str]:
    """The part of the page about one source."""
    yield f"\n## {source.name}\n"
    if not source.folder.exists():
        yield "Left out: its files were not there when this page was made."
        return
    cases = open_cases(source.folder, source.name, policies[0].vocabulary, LIBRARY, assume=True)
    yield f"{cases.source.title}: {source.place}.\n"
    for file in cases.files:
        yield (
            f"- `{file.file}`: {file.rows_in:,} rows in = {file.used:,} used + {file.merged.height:,} merged "
            f"+ {file.set_aside.height:,} set aside"
        )
    titles = ["policy", "decided on facts", "most often missing, of the cases that need facts"]
    if cases.assumptions:
        titles += ["decided if assumed", "still missing, of the cases that then need facts"]
    else:
        yield "\nThis map assumes nothing: the form asks what court records leave out."
    yield f"\n| {' | '.join(titles)} |"
    yield "|---" * len(titles) + "|"
    for policy in policies:
        yield policy_row(policy, cases)
    yield from _what_not(source, cases)


def _what_not(source: Source, cases: CaseTable) -> Iterator[str]:
    if cases.assumptions:
        yield "\nAssumed, in the last two columns only:\n"
        for assumption in cases.assumptions:
            value = f" = {str(assumption.value).lower()}" if assumption.fact else ""
            yield f"- `{assumption.name}`{value}: {assumption.because}"
    yield f"\n**What may not be concluded.** {source.warning} These data cannot answer:\n"
    for sentence in cases.source.cannot_answer:
        yield f"- {sentence}"


INTRODUCTION = """\
# Results

How much of the work each policy in the library does on each source in the library. This page is made by a script;
`python tools/results.py DATA` makes it again, where DATA holds the public data sets (they are not part of this
project). It was made with version {version}, for decisions taken on {day}.

- **Decided on facts**: cases with exactly one possible outcome, on what the records say and nothing else. `review` (a
  person decides) is an outcome and counts as decided. The rest *needs facts*.
- **Decided if assumed**: the same under `--assume`, which takes for granted what the source map lists. An office never
  assumes: it asks. See [source maps](source-maps.md#assumptions).
- **Most often missing**: the three facts that the most undecided cases wait for. A case may wait for several, so the
  shares add up to more than one. Facts of equal count are in the order of the alphabet. The denominator is the cases
  that need facts.

A low share is no fault of a policy. It says what a kind of record leaves out: no court record says whether somebody
called for help in an overdose, and a policy that asks this first can decide nothing for which it matters.
"""

LAST = """
## What may not be concluded from any of these tables

- **Not that one policy is better.** A policy that asks for less decides more; `review` for everybody would decide all.
- **Not what would happen to people.** Decided means that the paper says one thing. Nobody here was offered anything.
- **Not a comparison of places.** The sources differ in what a case is, in years, and in what was written down.
- **Not that Pennsylvania's policies fit elsewhere.** They are run on other states' records to exercise the program;
  those states have other laws.
- **Not a forecast.** What the police write down changes as soon as somebody asks for it.
"""


def page(data: Path) -> str:
    """The whole page."""
    policies = tuple(open_policy(name, LIBRARY) for name in LIBRARY.names("policies"))
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder) / "city"
        write_city(city, CITY_CASES, CITY_SEED, lambda _step, _done, _of: None)
        lines = [INTRODUCTION.format(version=__version__, day=DECISION_DATE.isoformat()).rstrip("\n")]
        for source in sources(data, city):
            lines += source_section(source, policies)
            print(f"{source.name}: done", file=sys.stderr)  # noqa: T201
    return "\n".join([*lines, LAST.rstrip("\n")]) + "\n"


def main() -> None:
    """Read the arguments and write the page."""
    parser = argparse.ArgumentParser(description="Write docs/results.md.")
    parser.add_argument("data", type=Path, help="the folder with the public data sets")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs" / "results.md")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        parser.error(f"{arguments.data} is no folder")
    arguments.out.write_text(page(arguments.data), encoding="utf-8")


if __name__ == "__main__":
    main()
