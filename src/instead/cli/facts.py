"""``instead facts``: the facts of every case of a source, as a table."""

from __future__ import annotations

from pathlib import Path

import click
import polars as pl

from instead.cli.account import print_account
from instead.cli.options import FILE, library, library_option
from instead.cli.output import check_table_names, console, progress, write_table
from instead.facts.vocabulary import Vocabulary
from instead.policy.open import open_vocabulary
from instead.records.cases import CASE_ID
from instead.records.fact_columns import dtype_of
from instead.records.source_map_file import open_source
from instead.replay.cases import open_cases


@click.command()
@click.argument("data", type=FILE)
@click.option("--source", "source_name", required=True, metavar="MAP", help="How to read DATA: a source map.")
@click.option("--out", "out_path", required=True, type=FILE, help="FILE.parquet or FILE.csv")
@library_option
def facts(data: Path, source_name: str, out_path: Path, library_dir: Path | None) -> None:
    """Write case_id and one column per fact for every case in DATA; empty where unknown."""
    check_table_names(out_path, data=data)
    source = open_source(source_name, library(library_dir))
    vocabulary = open_vocabulary(source.vocabulary, library(library_dir))
    with progress("Reading", quiet=False) as say:
        cases = open_cases(data, source_name, vocabulary, library(library_dir), progress=say)
        frame = _every_fact(cases.facts.collect(), vocabulary)
    write_table(frame, out_path)
    out = console()
    print_account(out, cases)
    out.print(f"{frame.height:,} cases with {len(vocabulary.facts)} facts written to {out_path}", markup=False)


def _every_fact(frame: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """All facts of the vocabulary as columns, those of which nothing is known empty."""
    return frame.select(
        CASE_ID,
        *(
            pl.col(name) if name in frame.columns else pl.lit(None, dtype_of(fact)).alias(name)
            for name, fact in vocabulary.facts.items()
        ),
    )
