"""``instead check``: read policies, run their examples, report every mistake."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.markup import escape

from instead.cli.options import json_option, library, library_option
from instead.cli.output import console, counted, print_json
from instead.errors import InsteadError, Problem, Problems
from instead.policy.check import CheckReport
from instead.policy.check import check as check_policy
from instead.policy.open import open_policy


@click.command()
@click.argument("policies", nargs=-1, required=True, metavar="POLICY…")
@json_option
@library_option
def check(policies: tuple[str, ...], as_json: bool, library_dir: Path | None) -> None:
    """Read each POLICY, check names and types, and run its examples. Exit 1 if anything is wrong."""
    reports = [_check(name, library_dir) for name in policies]
    if as_json:
        print_json([_as_json(name, report) for name, report in zip(policies, reports, strict=True)])
    else:
        for name, report in zip(policies, reports, strict=True):
            _print(name, report)
    if any(not isinstance(report, CheckReport) or not report.passed for report in reports):
        sys.exit(1)


def _check(name: str, library_dir: Path | None) -> CheckReport | InsteadError:
    try:
        return check_policy(open_policy(name, library(library_dir)))
    except InsteadError as error:
        return error


def _print(name: str, report: CheckReport | InsteadError) -> None:
    out = console()
    if isinstance(report, InsteadError):
        problems = len(report.problems) if isinstance(report, Problems) else 1
        out.print(f"[bold]{escape(name[:200])}[/]: {problems} {'problem' if problems == 1 else 'problems'}")
        out.print(str(report), markup=False)
        return
    policy = report.policy
    wrong = len(report.failures)
    state = "all right" if report.passed else f"{wrong} wrong"
    out.print(f"[bold]{escape(policy.id)}[/] “{escape(policy.title)}”, version {escape(policy.version)}: {state}")
    passed = len(report.examples) - wrong
    out.print(
        f"  {counted(len(policy.rules), 'rule')}, {counted(len(policy.parameters), 'parameter')}, "
        f"{counted(len(policy.tracks), 'track')}, "
        f"{passed} of {len(report.examples)} examples right, {counted(len(policy.promises), 'promise')} read"
    )
    for problem in report.failures:
        out.print(f"  {problem}", markup=False)
    if report.without_example:
        out.print(f"  no example is decided by: {', '.join(report.without_example)}", markup=False)
    for warning in report.warnings:
        out.print(f"  warning: {warning}", markup=False)


def _as_json(name: str, report: CheckReport | InsteadError) -> dict[str, object]:
    if isinstance(report, InsteadError):
        listed = report.problems if isinstance(report, Problems) else (Problem(str(report)),)
        return {"policy": name, "passed": False, "problems": [_problem(problem) for problem in listed]}
    return {
        "policy": report.policy.id,
        "passed": report.passed,
        "digest": report.policy.digest,
        "rules": len(report.policy.rules),
        "parameters": len(report.policy.parameters),
        "tracks": len(report.policy.tracks),
        "examples": {"all": len(report.examples), "wrong": len(report.failures)},
        "promises": len(report.policy.promises),
        "without_example": list(report.without_example),
        "problems": [_problem(problem) for problem in report.failures],
        "warnings": [_problem(problem) for problem in report.warnings],
    }


def _problem(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "message": problem.message,
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "expected": problem.expected or None,
        "nearest": problem.nearest or None,
    }
