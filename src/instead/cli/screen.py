"""``instead screen``: a policy over many cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import polars as pl

from instead.cli.account import account_json, set_aside
from instead.cli.options import FILE, as_of_option, decision_day, json_option, library, library_option
from instead.cli.output import check_table_names, print_json, progress, write_table
from instead.cli.screen_text import print_cases, print_screening
from instead.policy.model import Policy
from instead.policy.open import open_policy
from instead.replay.assumed import AssumedScreening, screen_assumed
from instead.replay.cases import CaseTable, open_cases
from instead.replay.screening import Screening
from instead.replay.screening import screen as screen_cases


@click.command()
@click.argument("policy_name", metavar="POLICY")
@click.argument("data", type=FILE)
@click.option("--source", "source_name", metavar="MAP", help="How to read DATA; without it DATA is a table of facts.")
@click.option("--assume", is_flag=True, help="Show also what would be decided if the source's assumptions held.")
@click.option("--out", "out_path", type=FILE, help="Write a row a case: FILE.parquet or .csv")
@click.option("--set-aside", "aside_path", type=FILE, help="Write every row set aside: FILE.csv")
@click.option("--list", "listed", is_flag=True, help="Print every case with its outcome, reason and missing facts.")
@as_of_option
@json_option
@library_option
def screen(
    policy_name: str,
    data: Path,
    source_name: str | None,
    assume: bool,
    out_path: Path | None,
    aside_path: Path | None,
    listed: bool,
    as_of: dt.datetime | None,
    as_json: bool,
    library_dir: Path | None,
) -> None:
    """Decide every case in DATA under POLICY."""
    check_table_names(out_path, aside_path, data=data)
    if assume and source_name is None:
        raise click.UsageError("--assume needs --source: assumptions belong to a source map")
    policy = open_policy(policy_name, library(library_dir))
    day = decision_day(policy, as_of)
    with progress("Screening", quiet=as_json) as say:
        cases = open_cases(data, source_name, policy.vocabulary, library(library_dir), assume=assume, progress=say)
        say("deciding")
        screening = screen_cases(policy, cases.facts, day)
        assumed = screen_assumed(policy, cases, day)
    if out_path is not None:
        write_table(_rows(screening, cases, assumed), out_path)
    if aside_path is not None:
        write_table(set_aside(cases.files), aside_path)
    if as_json:
        print_json(_as_json(policy, cases, screening, assumed))
        return
    if listed:
        print_cases(screening, cases.facts.collect())
    print_screening(cases, screening, assumed)


def _rows(screening: Screening, cases: CaseTable, assumed: AssumedScreening | None) -> pl.DataFrame:
    rows = screening.rows(cases.facts.collect())
    if assumed is None:
        return rows
    more = assumed.screening.rows(assumed.facts).select(
        "case_id",
        pl.col("outcome").alias("assumed_outcome"),
        pl.col("decided_by").alias("assumed_decided_by"),
    )
    return rows.join(more, on="case_id", how="left", maintain_order="left")


def _as_json(
    policy: Policy, cases: CaseTable, screening: Screening, assumed: AssumedScreening | None
) -> dict[str, object]:
    account = account_json(cases)
    result: dict[str, object] = {
        **{key: account.pop(key) for key in ("rows_in", "merged", "set_aside")},
        **_counts(screening),
    }
    if assumed is not None:
        result["assumed"] = {
            **_counts(assumed.screening),
            "assumptions": [
                {
                    "assumption": resting.assumption.name,
                    "value": resting.assumption.value if resting.assumption.fact else True,
                    "because": resting.assumption.because,
                    "cases_resting_on_it": resting.cases,
                }
                for resting in assumed.resting
            ],
        }
    hashed = policy.hash(statute_book=cases.book_digest, source_map=cases.source.digest)
    return {**result, "policy": policy.id, "source": cases.source.id, "hash": hashed, **account}


def _counts(screening: Screening) -> dict[str, object]:
    return {
        "cases": screening.cases,
        "outcomes": screening.outcomes(),
        "rules": screening.rules(),
        "missing": screening.missing(),
    }
