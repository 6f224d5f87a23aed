"""Hypothesis strategies: random policies as people write them, and random partly known admissible cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from instead.facts.admissible import broken_constraint
from instead.facts.vocabulary import Case, Vocabulary, day_of
from instead.policy.model import OUTCOMES
from support.kleene_walk import smallest
from support.written import TRACK, VOCABULARY, document, parameter, rule

#: The cut points that conditions use, as written; cases lie on them and beside them.
LITERALS: Mapping[str, Sequence[str]] = {
    "known_by": ['"officer"', '"field_test"', '"laboratory"'],
    "age": ["10", "14", "18", "21", "65", "110"],
    "priors": ["0", "1", "3", "9"],
    "drug_mg": ['"0 mg"', '"0.0005 g"', '"30 g"', '"2 oz"', '"1 lb"', '"10 kg"'],
    "cash_cents": ['"0 cents"', '"250 USD"', '"0.995 usd"'],
    "offense_date": ['"1970-01-01"', '"2018-02-15"', '"2020-02-29"', '"2023-01-02"'],
    "arrest_date": ['"1970-01-01"', '"2018-02-15"', '"2020-02-29"', '"2023-01-02"'],
}
YES_NO = ("possession_only", "delivery_charged", "helped", "drug_found")
DATES = ("2018-02-15", "2020-02-29", "2023-01-02")
_ORDER = st.sampled_from(("<", "<=", "==", "!=", ">=", ">"))
_EQUAL = st.sampled_from(("==", "!="))
_IN = st.sampled_from(("in", "not in"))
#: Parameters that a policy may have: the facts they can be compared with and their values, as written.
_SHAPES: Mapping[str, tuple[tuple[str, ...], Sequence[str], Mapping[str, str]]] = {
    "flag": ((), ["true", "false"], {}),
    "adult_age": (("age", "priors"), ["0", "5", "18", "21", "200"], {}),
    "most_mg": (("drug_mg",), ['"0 mg"', '"30 g"', '"2 oz"', '"20 kg"'], {"unit": '"mg"'}),
    "start": (("offense_date", "arrest_date"), ['"1969-12-31"', '"2018-02-15"', '"2023-01-02"'], {}),
    "proof": (
        ("known_by",),
        ['"officer"', '"field_test"', '"laboratory"'],
        {"choices": '["officer", "field_test", "laboratory"]'},
    ),
}


def code_of(literal: str, fact_name: str, vocabulary: Vocabulary = VOCABULARY) -> int:
    """The code of a literal as written."""
    fact, bare = vocabulary[fact_name], literal.strip('"')
    if fact.kind == "amount":
        return smallest(bare, fact.unit)
    if fact.kind == "date":
        return day_of(dt.date.fromisoformat(bare))
    return fact.members.index(bare) if fact.kind == "one_of" else int(bare)


def boundary_codes(name: str, vocabulary: Vocabulary = VOCABULARY) -> list[int]:
    """Every cut point and its neighbours inside the domain, with both ends of the domain."""
    fact = vocabulary[name]
    cuts = {code_of(literal, name, vocabulary) + step for literal in LITERALS.get(name, ()) for step in (-1, 0, 1)}
    return sorted({fact.low, fact.high, *(cut for cut in cuts if fact.low <= cut <= fact.high)})


CODES: Mapping[str, list[int]] = {name: boundary_codes(name) for name in VOCABULARY.facts}
_ANY_CASE = st.fixed_dictionaries({name: st.one_of(st.none(), st.sampled_from(codes)) for name, codes in CODES.items()})
_KNOWN_CASE = st.fixed_dictionaries({name: st.sampled_from(codes) for name, codes in CODES.items()})
#: The day of a decision: on a date from which a parameter changes, or beside it.
DAYS = st.sampled_from([day_of(dt.date.fromisoformat(date)) + step for date in DATES for step in (-1, 0, 1)])


def admissible(case: Case, vocabulary: Vocabulary = VOCABULARY) -> dict[str, int | None]:
    """The case with as many facts forgotten as it takes to make it possible."""
    kept = dict(case)
    for name in case:
        if broken_constraint(kept, vocabulary) is None:
            return kept
        kept[name] = None
    return kept


#: Partly known cases that are possible.
CASES = st.one_of(_ANY_CASE, _KNOWN_CASE).map(admissible)


@st.composite
def tests(draw: st.DrawFn, literals: Mapping[str, Sequence[str]], yes_no: Sequence[str]) -> str:
    """One test of one fact against literals, as written."""
    name = draw(st.sampled_from((*yes_no, *literals)))
    if name in yes_no:
        return name
    values = st.sampled_from(literals[name])
    form = draw(st.integers(0, 3))
    if form == 0:
        members = draw(st.lists(values, min_size=1, max_size=3))
        return f"{name} {draw(_IN)} ({', '.join(members)},)"
    if literals[name][0].strip("'\"").isidentifier():  # a member: it has no order
        return f"{name} {draw(_EQUAL)} {draw(values)}" if form == 1 else f"{draw(values)} {draw(_EQUAL)} {name}"
    if form == 1:
        return f"{draw(values)} {draw(_ORDER)} {name} {draw(_ORDER)} {draw(values)}"
    return f"{name} {draw(_ORDER)} {draw(values)}" if form == 2 else f"{draw(values)} {draw(_ORDER)} {name}"


@st.composite
def parameter_tests(draw: st.DrawFn, names: Sequence[str]) -> str:
    """One test with a parameter in it, as written."""
    name = draw(st.sampled_from(names))
    facts, values, _ = _SHAPES[name]
    if not facts:
        return name
    order = _EQUAL if name == "proof" else _ORDER
    fact, literal = draw(st.sampled_from(facts)), draw(st.sampled_from(values))
    forms = [
        f"{fact} {draw(order)} {name}",
        f"{name} {draw(order)} {fact}",
        f"{name} {draw(order)} {literal}",
        f"{literal} {draw(order)} {name}",
        f"{name} {draw(_IN)} ({literal},)",
    ]
    if name in ("most_mg", "start", "adult_age"):
        forms.append(f"{draw(st.sampled_from(LITERALS[fact]))} {draw(order)} {fact} {draw(order)} {name}")
    return draw(st.sampled_from(forms))


def conditions(leaves: st.SearchStrategy[str], most: int = 6) -> st.SearchStrategy[str]:
    """Nests of and, or, not and parentheses."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " and ".join(parts) + ")"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " or\n ".join(parts) + ")"),
            inner.map(lambda part: f"not ({part})"),
            inner.map(lambda part: f"(not {part})"),
        ),
        max_leaves=most,
    )


@st.composite
def parameters(draw: st.DrawFn, name: str) -> str:
    """A parameter with one to four values, dated by a fact, by the decision, or not at all."""
    _, values, more = _SHAPES[name]
    since = sorted(draw(st.sets(st.sampled_from(DATES), max_size=3)))
    written = [f"{{ value = {draw(st.sampled_from(values))} }}"]
    written += [f'{{ since = "{date}", value = {draw(st.sampled_from(values))} }}' for date in since]
    dated = draw(st.sampled_from((None, "offense_date", "arrest_date")))
    return parameter(name, f"[{', '.join(written)}]", **more, **({"date": f'"{dated}"'} if dated else {}))


@st.composite
def policy_texts(draw: st.DrawFn, least: int = 2, most: int = 14) -> str:
    """A policy document over the small vocabulary."""
    names = draw(st.lists(st.sampled_from(sorted(_SHAPES)), unique=True, max_size=4))
    leaves = tests(LITERALS, YES_NO)
    whens = conditions(st.one_of(leaves, leaves, parameter_tests(names)) if names else leaves)
    count = draw(st.integers(least, most))
    outcomes = st.sampled_from(OUTCOMES)
    rules = [rule(f"r{index}", draw(whens), draw(outcomes)) for index in range(count - 1)]
    settings = [draw(parameters(name)) for name in names]
    return document(TRACK, *settings, *rules, last=rule("last", None, draw(outcomes)))
