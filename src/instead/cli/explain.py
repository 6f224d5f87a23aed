"""``instead explain``: one case, every rule, true, false or unknown, and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from instead.cli.options import FILE, as_of_option, decision_day, json_option, library, library_option
from instead.cli.output import console, print_json
from instead.facts.case_file import CaseFile, read_case
from instead.policy.interpret import Explained, Interpreter, RuleFinding, missing_facts
from instead.policy.model import Policy
from instead.policy.open import open_policy
from instead.policy.sentences import TRUTH_WORDS, outcome_words, why


@click.command()
@click.argument("policy_name", metavar="POLICY")
@click.argument("case_path", metavar="CASE.json", type=FILE)
@as_of_option
@json_option
@library_option
def explain(
    policy_name: str, case_path: Path, as_of: dt.datetime | None, as_json: bool, library_dir: Path | None
) -> None:
    """Decide the one case in CASE.json under POLICY and explain every rule."""
    policy = open_policy(policy_name, library(library_dir))
    case = read_case(case_path, policy.vocabulary)
    day = case.decision_day if case.decision_day is not None else decision_day(policy, as_of)
    explained = Interpreter(policy, day).explain(case.facts)
    if as_json:
        print_json(as_json_value(policy, case, explained))
    else:
        _print(policy, case, explained)


def as_json_value(policy: Policy, case: CaseFile, explained: Explained) -> dict[str, object]:
    """The decision and every rule as JSON."""
    decision, facts = explained.decision, policy.vocabulary.facts
    return {
        "case_id": case.case_id,
        "policy": policy.id,
        "policy_version": policy.version,
        "hash": policy.hash(),
        "outcome": decision.counted_as,
        "possible": list(decision.possible),
        "decided_by": decision.decided_by,
        "or": list(decision.or_rules),
        "tracks": list(possible_tracks(explained)),
        "missing": list(decision.missing),
        "ask_first": decision.ask_first,
        "facts": {name: facts[name].json_value(code) for name, code in case.facts.items()},
        "rules": [_rule_json(policy, case, finding) for finding in explained.rules],
    }


def possible_tracks(explained: Explained) -> tuple[str, ...]:
    """The tracks of the possible rules: more than one means that the outcome is settled and the offer is not."""
    return tuple(dict.fromkeys(f.rule.track for f in explained.rules if f.possible and f.rule.track))


def _rule_json(policy: Policy, case: CaseFile, finding: RuleFinding) -> dict[str, object]:
    rule = finding.rule
    return {
        "id": rule.id,
        "then": rule.outcome,
        "track": rule.track or None,
        "truth": finding.truth,
        "possible": finding.possible,
        "when": rule.when or None,
        "because": rule.because,
        "cite": list(rule.cite),
        "section": rule.section,
        "line": rule.line,
        "why": list(why(finding, case.facts, policy.vocabulary.facts)),
        "missing": list(missing_facts(finding.why, case.facts)),
    }


def _print(policy: Policy, case: CaseFile, explained: Explained) -> None:
    out = console()
    decision, facts = explained.decision, policy.vocabulary.facts
    stopping = next(f.rule for f in explained.rules if f.rule.id == decision.decided_by)
    out.print(f"[bold]{escape(case.case_id)}[/] under “{escape(policy.title)}”, version {escape(policy.version)}\n")
    if decision.outcome is None:
        names = " or ".join(decision.possible)
        out.print(f"[bold yellow]Needs facts.[/] It could still be {names}.")
        out.print("\nTo be asked, in this order:")
        for name in decision.missing:
            out.print(f"  • {facts[name].question} ({name}; who can answer: {', '.join(facts[name].who) or 'anyone'})")
    else:
        out.print(f"[bold green]{outcome_words(decision.outcome).capitalize()}.[/]")
        out.print(f"{stopping.because}", markup=False)
        if stopping.cite:
            out.print(f"Law: {'; '.join(stopping.cite)}", markup=False)
        if stopping.track:
            track = policy.tracks[stopping.track]
            plea = "no plea" if track.plea == "none" else "a no-contest plea"
            out.print(f"The offer: {track.title} ({plea}).", markup=False)
        if len(possible_tracks(explained)) > 1:
            titles = "” or “".join(escape(policy.tracks[track].title) for track in possible_tracks(explained))
            out.print(f"[yellow]Which offer is not settled[/]: “{titles}”. Get the missing facts before it is made.")
        if decision.missing:
            out.print(f"Decided although not everything is known ({', '.join(decision.missing)}).")
    by = f"Decided by rule `{stopping.id}`" if decision.outcome else f"As it stands, rule `{stopping.id}` applies"
    others = (
        f", unless it turns out to be {', '.join(f'`{name}`' for name in decision.or_rules)}"
        if decision.or_rules
        else ""
    )
    out.print(f"{by}{others}; section “{stopping.section}”, line {stopping.line}.\n", markup=False)
    out.print(_rules_table(policy, case, explained))


_COLOURS = {True: "green", False: "dim", None: "yellow"}


def _rules_table(policy: Policy, case: CaseFile, explained: Explained) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("rule", "then", "applies?", "why"):
        table.add_column(title, overflow="fold")
    passed = False
    for finding in explained.rules:
        reasons = why(finding, case.facts, policy.vocabulary.facts)
        words = TRUTH_WORDS[finding.truth]
        style = "dim" if passed else _COLOURS[finding.truth]
        row = (finding.rule.id, finding.rule.outcome, words, " ".join(reasons))
        table.add_row(*(Text(cell, style=style) for cell in row))
        passed = passed or finding.truth is True
    return table
