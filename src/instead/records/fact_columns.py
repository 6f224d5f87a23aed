"""Facts taken from one column each, as the map says: read by the fact's kind, checked against its domain."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from instead.facts.units import to_smallest
from instead.facts.vocabulary import Fact, ValueProblem, Vocabulary, date_of
from instead.records.notes import Notes
from instead.records.source_map import FactMap
from instead.records.values import parse_dates, whole_number

_YES_NO: Mapping[str, object] = {
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "1"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "0"), False),
}
_BLANK = frozenset({"", "null", "none", "n/a", "unknown"})


def dtype_of(fact: Fact) -> pl.DataType:
    """How a fact's column is kept: its values as people know them, with the code as the physical value."""
    if fact.kind == "yes_no":
        return pl.Boolean()
    if fact.kind == "one_of":
        return pl.Enum(fact.members)
    return pl.Date() if fact.kind == "date" else pl.Int64()


def from_column(
    frame: pl.DataFrame, mapped: FactMap, vocabulary: Vocabulary, formats: tuple[str, ...], notes: Notes
) -> pl.Series:
    """One fact for each row of a frame of texts; what cannot be read, or is outside its domain, is unknown."""
    fact = vocabulary[mapped.fact]
    column = frame[mapped.column]
    if mapped.years_since:
        found = _years(frame, mapped, formats)
    elif mapped.values is not None or fact.kind in ("yes_no", "one_of"):
        found = _mapped(column, fact, mapped.values if mapped.values is not None else _YES_NO)
    elif fact.kind == "date":
        found = frame.select(parse_dates(pl.col(mapped.column), formats)).to_series()
    elif fact.kind == "amount":
        found = _amounts(column, fact, mapped.unit)
    else:
        found = frame.select(whole_number(pl.col(mapped.column), round_down=mapped.round_down)).to_series()
    _note_strange(column, found, fact, mapped, notes)
    return within_domain(found, fact, notes).alias(fact.name)


def _mapped(column: pl.Series, fact: Fact, values: Mapping[str, object]) -> pl.Series:
    by_name = fact.kind == "one_of" and values is _YES_NO
    given = {member: member for member in fact.members} if by_name else values
    codes = {written: fact.json_value(fact.code(value)) for written, value in given.items() if value != "unknown"}
    plain = pl.String() if fact.kind in ("one_of", "date") else dtype_of(fact)
    found = column.replace_strict(list(codes), list(codes.values()), default=None, return_dtype=plain)
    return found.cast(dtype_of(fact)) if fact.kind == "one_of" else found


def _amounts(column: pl.Series, fact: Fact, unit: str) -> pl.Series:
    """Amounts in the fact's smallest unit; the source's unit where the map names one."""
    distinct = column.drop_nulls().unique()
    known = {text: to_smallest(text, unit or fact.unit, fact.unit) for text in distinct.to_list()}
    codes = {text: amount for text, amount in known.items() if amount is not None}
    return column.replace_strict(list(codes), list(codes.values()), default=None, return_dtype=pl.Int64)


def _years(frame: pl.DataFrame, mapped: FactMap, formats: tuple[str, ...]) -> pl.Series:
    """Completed years from one date to another."""
    born = parse_dates(pl.col(mapped.years_since), formats)
    then = parse_dates(pl.col(mapped.column), formats)
    had_birthday = (then.dt.month() > born.dt.month()) | (
        (then.dt.month() == born.dt.month()) & (then.dt.day() >= born.dt.day())
    )
    years = then.dt.year().cast(pl.Int64) - born.dt.year() - pl.when(had_birthday).then(0).otherwise(1)
    return frame.select(years.alias(mapped.fact)).to_series()


def _note_strange(column: pl.Series, found: pl.Series, fact: Fact, mapped: FactMap, notes: Notes) -> None:
    strange = column.filter(column.is_not_null() & found.is_null())
    meant = {written for written, value in (mapped.values or {}).items() if value == "unknown"} | _BLANK
    strange = strange.filter(~strange.str.to_lowercase().is_in(list(meant)) & ~strange.is_in(list(meant)))
    reason = "no age from these dates" if mapped.years_since else "a value that cannot be read"
    notes.add(fact.name, reason, len(strange), strange.unique(maintain_order=True).head(3).to_list())


def within_domain(found: pl.Series, fact: Fact, notes: Notes) -> pl.Series:
    """The values inside the fact's domain; the others are unknown, and noted."""
    if fact.kind in ("yes_no", "one_of"):
        return found
    low, high = (date_of(fact.low), date_of(fact.high)) if fact.kind == "date" else (fact.low, fact.high)
    outside = found.is_not_null() & ~found.is_between(low, high)
    if outside.any():
        samples = [str(value) for value in found.filter(outside).unique().sort().head(3).to_list()]
        notes.add(
            fact.name,
            f"outside the domain ({fact.show(fact.low)} to {fact.show(fact.high)})",
            int(outside.sum()),
            samples,
        )
        return pl.select(pl.when(~outside).then(found)).to_series()
    return found


def constant(fact: Fact, value: object) -> object:
    """A value of the map as it stands in the fact's column; raises :class:`ValueProblem` when it cannot be one."""
    code = fact.code(value)
    return date_of(code) if fact.kind == "date" else fact.json_value(code)


__all__ = ["ValueProblem", "constant", "dtype_of", "from_column", "within_domain"]
