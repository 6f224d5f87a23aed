"""Every back end behind one face, and one function that says where they differ from the plain walk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from instead.facts.vocabulary import Case, Vocabulary, date_of
from instead.policy.columns import decisions
from instead.policy.decision import BIT, Encoding, outcomes_of
from instead.policy.generate import compile_policy
from instead.policy.interpret import Interpreter
from instead.policy.model import Policy
from support.kleene_walk import Found, Walk

#: From a policy, cases and the day of the decision to one encoded decision a case.
BackEnd = Callable[[Policy, Sequence[Case], int | None], list[int]]

_TYPES: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "yes_no": pl.Boolean,
    "one_of": pl.UInt8,
    "whole_number": pl.Int64,
    "amount": pl.Int64,
    "date": pl.Date,
}


def interpreted(policy: Policy, cases: Sequence[Case], day: int | None) -> list[int]:
    encoding, interpreter = Encoding.of(policy), Interpreter(policy, day)
    return [
        encoding.encode(encoding.rules.index(decision.decided_by), sum(BIT[outcome] for outcome in decision.possible))
        for decision in map(interpreter.decide, cases)
    ]


def generated(policy: Policy, cases: Sequence[Case], day: int | None) -> list[int]:
    return list(map(compile_policy(policy, day), cases))


def polars(policy: Policy, cases: Sequence[Case], day: int | None) -> list[int]:
    frame = table(cases, policy.vocabulary)
    return frame.with_columns(decisions(policy, frame.columns, day))["decision"].to_list()


def polars_streaming(policy: Policy, cases: Sequence[Case], day: int | None) -> list[int]:
    frame = table(cases, policy.vocabulary, plain=True)
    lazy = frame.lazy().with_columns(decisions(policy, frame.columns, day))
    return lazy.collect(engine="streaming")["decision"].to_list()


def unknown_as_false(policy: Policy, cases: Sequence[Case], day: int | None) -> list[int]:
    """The planted mistake: a test of an unknown fact is false."""
    return walked(policy, cases, day, Careless)


class Careless(Walk):
    def test(self, names, passes):  # type: ignore[no-untyped-def]
        found = super().test(names, passes)
        return Found(False) if found.truth is None else found


BACK_ENDS: Mapping[str, BackEnd] = {
    "interpreter": interpreted,
    "generated": generated,
    "polars": polars,
    "polars streaming": polars_streaming,
}


def walked(policy: Policy, cases: Sequence[Case], day: int | None, walk: type[Walk] = Walk) -> list[int]:
    """The encoded decisions of the plain walk."""
    reader, encoding = walk(policy.text, policy.vocabulary), Encoding.of(policy)
    found = [reader.decide(case, date(day)) for case in cases]
    return [encoding.encode(encoding.rules.index(one.stopping), sum(BIT[o] for o in one.possible)) for one in found]


def differences(
    policy: Policy, cases: Sequence[Case], day: int | None, back_ends: Mapping[str, BackEnd] = BACK_ENDS
) -> list[str]:
    """Each case in which a back end says something else than the walk."""
    expected = walked(policy, cases, day)
    return [
        f"{name} says {got} for {dict(case)} and not {wanted}"
        for name, back_end in back_ends.items()
        for case, got, wanted in zip(cases, back_end(policy, cases, day), expected, strict=True)
        if got != wanted
    ]


def changed_by_learning(
    policy: Policy, case: Case, learned: Sequence[Case], day: int | None, back_ends: Mapping[str, BackEnd] = BACK_ENDS
) -> list[str]:
    """Each back end whose outcome for ``case`` changes when more of it is known."""
    encoding = Encoding.of(policy)
    found = []
    for name, back_end in back_ends.items():
        before, *after = map(encoding.counted_as, back_end(policy, [case, *learned], day))
        if before != "needs_facts":
            found += [
                f"{name}: {before} becomes {outcome} for {dict(more)}"
                for more, outcome in zip(learned, after, strict=True)
                if outcome != before
            ]
    return found


def table(cases: Sequence[Case], vocabulary: Vocabulary, *, plain: bool = False) -> pl.DataFrame:
    """Cases as a table: Booleans and dates, or with ``plain`` whole numbers alone."""
    columns = {}
    for name, fact in vocabulary.facts.items():
        codes = [case.get(name) for case in cases]
        columns[name] = pl.Series(name, codes, dtype=pl.Int64)
        if not plain:
            columns[name] = columns[name].cast(pl.Int32 if fact.kind == "date" else _TYPES[fact.kind])
            columns[name] = columns[name].cast(_TYPES[fact.kind])
    return pl.DataFrame(columns)


def date(day: int | None) -> dt.date | None:
    return None if day is None else date_of(day)


def show(policy: Policy, code: int) -> tuple[str, ...]:
    """The possible outcomes behind a code."""
    base = Encoding.of(policy).base
    return outcomes_of(code - base if code >= base else BIT[policy.rules[code].outcome])
