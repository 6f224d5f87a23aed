"""Instead beside other engines: the same policy, the same cases, the same meaning, one run.

`python benchmarks/run.py` runs the whole comparison and writes RESULTS.md beside this file; with `--quick` it takes
fewer cases and rounds and prints only. The environment is requirements/bench.txt with `src` on the path.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import agreement
import cases as case_tables
import instead_side
import measure
import report
import wisconsin
from contender import Absent, Contender, Meaning, OneByOne
from peers import duckdb, openfisca, polars_by_hand, rule_engine, zen

from instead.library import Library
from instead.policy.check import check
from instead.policy.model import Policy
from instead.policy.open import open_policy

HERE = Path(__file__).parent
THREADS = os.cpu_count() or 1
NOTES = (
    "Thirteen rules over fifteen facts ([thirteen.md](thirteen.md)), synthetic cases, all engines in one process, in "
    "turns. Polars and DuckDB use every core, the others one. Medians of the rounds; a ratio compares medians of the "
    "same run.",
    "",
    "Two meanings. **Possible outcomes** is Instead's own: with some facts unknown, a case is decided, or the set of "
    "its possible outcomes is the answer. No peer has it, so it was written for each of them as its users would have "
    "to. **First hit** is what the peers were made for: every fact is known and the first rule that hits decides. "
    "Every decision of every engine was compared with Instead's interpreter on every case of its table, and the run "
    "stops at the first difference.",
)
ABOUT: dict[Meaning, str] = {
    "possible outcomes": "Cases with unknown facts; decided, or the set of possible outcomes.",
    "first hit": "Complete cases; the first rule that hits.",
}
_T = TypeVar("_T")
MEANINGS: tuple[Meaning, ...] = ("possible outcomes", "first hit")


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    tables: tuple[int, ...]
    rows: int
    single: int
    rounds: int


FULL = Size(tables=(1_000_000, 10_000_000), rows=20_000, single=2_500, rounds=5)
QUICK = Size(tables=(200_000,), rows=2_000, single=200, rounds=3)


def tables(policy: Policy, count: int, meaning: Meaning, rounds: int) -> report.Comparison:
    """Engines that decide a table at once."""
    cases = case_tables.table(policy, count, seed=count, complete=meaning == "first hit")
    expected, classes = agreement.interpreted(policy, cases)
    absent: list[str] = []
    makers: list[Callable[[], Contender]] = [
        lambda: instead_side.columns(policy, cases),
        lambda: polars_by_hand.whole(cases, meaning),
        lambda: duckdb.whole(policy, cases, meaning, THREADS),
        lambda: openfisca.whole(policy, cases, meaning),
        lambda: instead_side.sums(cases),
    ]
    with present(makers, absent) as contenders:
        for contender in contenders:
            agreement.check(contender, expected)
        results = measure.rates(contenders, rounds)
    needed = (expected >= 240).mean()
    about = (
        f"{count:,} cases in memory, {rounds} rounds. {ABOUT[meaning]} {needed:.0%} of them need facts. The "
        f"interpreter decided one case of each of the {classes:,} classes that the rules' thresholds tell apart."
    )
    return report.Comparison(f"A table of {count:,} cases: {meaning}", about, results, absent)


def rows(policy: Policy, count: int, meaning: Meaning, rounds: int) -> report.Comparison:
    """Engines that decide one case after another."""
    cases = case_tables.table(policy, count, seed=7, complete=meaning == "first hit")
    expected, _ = agreement.interpreted(policy, cases)
    ours, theirs = case_tables.rows(policy, cases), case_tables.plain_rows(policy, cases)
    absent: list[str] = []
    makers: list[Callable[[], Contender]] = [
        lambda: instead_side.generated(policy, ours),
        lambda: instead_side.explaining(policy, ours),
        lambda: zen.whole(policy, theirs, meaning),
        lambda: zen.single(policy, theirs, meaning),
        lambda: rule_engine.whole(policy, theirs, meaning),
    ]
    with present(makers, absent) as contenders:
        for contender in contenders:
            agreement.check(contender, expected)
        results = measure.rates(contenders, rounds)
    about = f"{count:,} cases as Python mappings, one thread, {rounds} rounds. {ABOUT[meaning]}"
    return report.Comparison(f"{count:,} cases one after another: {meaning}", about, results, absent)


def single(policy: Policy, count: int, meaning: Meaning, rounds: int) -> report.Comparison:
    """How long one decision takes."""
    cases = case_tables.table(policy, count, seed=11, complete=meaning == "first hit")
    expected, _ = agreement.interpreted(policy, cases)
    ours, theirs = case_tables.rows(policy, cases), case_tables.plain_rows(policy, cases)
    absent: list[str] = []
    makers: list[Callable[[], OneByOne]] = [
        lambda: instead_side.explained_one(policy, ours),
        lambda: instead_side.outcome_one(policy, ours),
        lambda: zen.one_by_one(policy, theirs, meaning, trace=True),
        lambda: zen.one_by_one(policy, theirs, meaning, trace=False),
        lambda: rule_engine.one_by_one(policy, theirs, meaning),
        lambda: openfisca.one_by_one(policy, cases, meaning),
    ]
    contenders = list(_made(makers, absent))
    for contender in contenders:
        agreement.check_one(contender, expected)
    results = measure.latencies(contenders, count, rounds)
    about = (
        f"{count:,} cases, each decision timed on its own, {rounds} rounds; data already in the engine's own form. "
        f"{ABOUT[meaning]} Only Instead explains every rule; zen's trace names the rows that hit; rule-engine and "
        "OpenFisca give the decision."
    )
    return report.Comparison(f"One decision: {meaning}", about, results, absent)


@contextmanager
def present(makers: Sequence[Callable[[], Contender]], absent: list[str]) -> Iterator[list[Contender]]:
    """The contenders that can be used here; the others are named in ``absent``."""
    contenders = list(_made(makers, absent))
    try:
        yield contenders
    finally:
        for contender in contenders:
            contender.close()


def _made(makers: Sequence[Callable[[], _T]], absent: list[str]) -> Iterator[_T]:
    for make in makers:
        try:
            yield make()
        except Absent as reason:
            absent.append(str(reason))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Compare Instead with other engines.")
    parser.add_argument("--quick", action="store_true", help="fewer cases and rounds; prints only")
    parser.add_argument("--out", type=Path, help="where the page goes (RESULTS.md beside this file)")
    options = parser.parse_args(arguments)
    size = QUICK if options.quick else FULL
    policy = open_policy(str(HERE / "thirteen.md"), Library())
    if not check(policy).passed or (len(policy.rules), len(policy.facts)) != (13, 15):
        print("thirteen.md is not what it says", file=sys.stderr)
        return 1
    if case_tables.impossible(policy, case_tables.table(policy, 5_000, seed=3)):
        print("the generator makes cases that cannot be", file=sys.stderr)
        return 1
    comparisons = []
    for meaning in MEANINGS:
        comparisons.append(single(policy, size.single, meaning, size.rounds))
        comparisons.append(rows(policy, size.rows, meaning, size.rounds))
        comparisons += [tables(policy, count, meaning, size.rounds) for count in size.tables]
    page = report.page(comparisons, wisconsin.screening(3), dt.date.today(), NOTES)
    print(page)
    out = options.out or (None if options.quick else HERE / "RESULTS.md")
    if out is not None:
        out.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
