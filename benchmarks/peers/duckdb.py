"""DuckDB: CASE over a table in its memory. SQL's own three-valued logic is strong Kleene logic."""

from __future__ import annotations

import numpy as np
import polars as pl
from contender import Absent, Contender, Meaning

from instead.policy.decision import Encoding
from instead.policy.model import Policy
from peers.dialect import Dialect

HOW = (
    "A column a rule in SQL's own three-valued logic, one CASE for the stopping rule, and an OR of the bits of the "
    "earlier rules that are null."
)
HOW_SIMPLE = "One CASE, a WHEN a rule."


def whole(policy: Policy, cases: pl.DataFrame, meaning: Meaning, threads: int) -> Contender:
    try:
        import duckdb
    except ImportError as error:
        raise Absent(f"DuckDB: {error}") from None
    connection = duckdb.connect(config={"threads": threads})
    numbers = cases.with_columns(pl.col(pl.Date).to_physical())
    connection.register("numbers", numbers.to_arrow())
    connection.execute("CREATE TABLE cases AS SELECT * FROM numbers")
    connection.unregister("numbers")
    query = simple_query(policy) if meaning == "first hit" else possible_outcomes_query(policy)
    return Contender(
        "DuckDB `CASE`",
        HOW_SIMPLE if meaning == "first hit" else HOW,
        len(cases),
        lambda: connection.execute(query).fetchnumpy()["decision"],
        lambda result: np.asarray(result, np.int64),
        close=connection.close,
    )


def _dialect(policy: Policy) -> Dialect:
    return Dialect(
        policy.vocabulary.facts,
        both=" AND ",
        either=" OR ",
        opposite="NOT ({0})",
        equal="=",
        yes="{0}",
        no="NOT {0}",
        among=lambda fact, codes: f"{fact} IN ({codes})",
    )


def simple_query(policy: Policy) -> str:
    dialect = _dialect(policy)
    *rules, _ = policy.rules
    whens = [f"WHEN {dialect.plain(rule.formula)} THEN {index}" for index, rule in enumerate(rules)]
    return f"SELECT CAST(CASE {' '.join(whens)} ELSE {len(rules)} END AS UTINYINT) AS decision FROM cases"


def possible_outcomes_query(policy: Policy) -> str:
    """The fastest of nine ways that were tried: chains, materialised steps and masks of bits were slower."""
    dialect, bits = _dialect(policy), Encoding.of(policy).bits
    *rules, _ = policy.rules
    last = len(rules)
    columns = ", ".join(f"{dialect.plain(rule.formula)} AS r{index}" for index, rule in enumerate(rules))
    stop = " ".join(f"WHEN r{index} THEN {index}::UTINYINT" for index in range(last))
    own = " ".join(f"WHEN {index} THEN {bits[index]}::UTINYINT" for index in range(last))
    earlier = " | ".join(
        f"CASE WHEN r{index} IS NULL AND stop > {index} THEN {bits[index]}::UTINYINT ELSE 0::UTINYINT END"
        for index in range(last)
    )
    return f"""
        SELECT CASE WHEN possible IN (1, 2, 4, 8) THEN stop ELSE (240 + possible)::UTINYINT END AS decision
        FROM (SELECT stop, {earlier} | CASE stop {own} ELSE {bits[last]}::UTINYINT END AS possible
              FROM (SELECT *, CASE {stop} ELSE {last}::UTINYINT END AS stop
                    FROM (SELECT {columns} FROM cases)))
    """
