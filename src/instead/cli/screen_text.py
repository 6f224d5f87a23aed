"""What ``instead screen`` prints for people: a line a case, then the counts with their denominators."""

from __future__ import annotations

import polars as pl
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from instead.cli.account import print_account
from instead.cli.output import console, counted
from instead.policy.model import NEEDS_FACTS
from instead.policy.sentences import outcome_words
from instead.replay.assumed import AssumedScreening
from instead.replay.cases import CaseTable
from instead.replay.screening import Screening

_COLOURS = {"decline": "cyan", "divert": "green", "prosecute": "red", "review": "magenta", NEEDS_FACTS: "yellow"}
_MOST_MISSING = 12


def share(count: int, of: int) -> str:
    """A rate with its denominator."""
    return f"{count:,} of {of:,} ({100 * count / of:.1f} %)" if of else f"{count:,} of 0"


def print_cases(screening: Screening, facts: pl.DataFrame) -> None:
    """One line a case: outcome, reason, and what is still unknown."""
    reasons = {rule.id: rule.because for rule in screening.policy.rules}
    questions = screening.policy.vocabulary.facts
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("case", "outcome", "reason, or what is asked first"):
        table.add_column(title, overflow="fold", no_wrap=title != "reason, or what is asked first")
    for row in screening.rows(facts).iter_rows(named=True):
        outcome = row["outcome"]
        if outcome == NEEDS_FACTS:
            possible = " or ".join(row["possible"])
            more = len(row["missing"]) - 1
            asked = questions[row["ask_first"]].question + (f" (and {more} more)" if more else "")
            reason = f"Could be {possible}. {asked}"
        else:
            reason = reasons[row["decided_by"]]
            if row["missing"]:
                reason += f" (Holds although {len(row['missing'])} facts are not known.)"
        words = outcome.replace("_", " ")
        table.add_row(Text(row["case_id"]), Text(words, style=_COLOURS[outcome]), Text(reason))
    console().print(table)
    console().print()


def print_screening(cases: CaseTable, screening: Screening, assumed: AssumedScreening | None) -> None:
    """The account of the rows, the outcomes, the rules, and what is missing."""
    out = console()
    print_account(out, cases)
    policy = screening.policy
    if cases.inadmissible.height:
        out.print(f"  {cases.inadmissible.height:,} impossible cases set aside (they break a constraint)")
    out.print(
        f"\n[bold]{escape(policy.title)}[/], version {escape(policy.version)}: {counted(screening.cases, 'case')}"
    )
    out.print(_outcomes(screening, assumed))
    out.print()
    out.print(_rules(screening))
    out.print()
    _print_missing(screening)
    if assumed is not None:
        _print_assumptions(assumed)
    if cases.source.cannot_answer:
        out.print("[bold]What this data cannot answer[/]")
        for sentence in cases.source.cannot_answer:
            out.print(f"  • {sentence}", markup=False)


def _outcomes(screening: Screening, assumed: AssumedScreening | None) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("outcome")
    table.add_column("decided on facts", justify="right")
    if assumed:
        table.add_column("decided if assumed", justify="right")
    for outcome, count in screening.outcomes().items():
        row = [Text(outcome_words(outcome), style=_COLOURS[outcome]), Text(share(count, screening.cases))]
        if assumed:
            row.append(Text(share(assumed.screening.outcomes()[outcome], assumed.screening.cases)))
        table.add_row(*row)
    return table


def _rules(screening: Screening) -> Table:
    decided = screening.cases - screening.outcomes()[NEEDS_FACTS]
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), title_justify="left")
    for title, justify in (("decided by rule", "left"), ("then", "left"), (f"of {decided:,} decided", "right")):
        table.add_column(title, justify="right" if justify == "right" else "left")
    for rule in screening.policy.rules:
        table.add_row(rule.id, rule.outcome, f"{screening.rules()[rule.id]:,}")
    return table


def _print_missing(screening: Screening) -> None:
    missing = screening.missing()
    waiting = screening.outcomes()[NEEDS_FACTS]
    if not missing:
        return
    out = console()
    out.print(f"[bold]Missing facts[/] in {waiting:,} cases that need some")
    for name, count in list(missing.items())[:_MOST_MISSING]:
        out.print(f"  {count:>8,}  {name}: {screening.policy.vocabulary[name].question}", markup=False)
    if len(missing) > _MOST_MISSING:
        out.print(f"            and {len(missing) - _MOST_MISSING} more facts")


def _print_assumptions(assumed: AssumedScreening) -> None:
    out = console()
    out.print("[bold]Assumptions[/] (only under --assume)")
    for resting in assumed.resting:
        value = f" = {str(resting.assumption.value).lower()}" if resting.assumption.fact else ""
        name = resting.assumption.name
        out.print(f"  {name}{value}: {resting.cases:,} decided cases rest on it", markup=False)
        out.print(f"    {resting.assumption.because}", markup=False)
