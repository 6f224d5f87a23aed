"""Reading a vocabulary from TOML, with every mistake reported at once."""

from __future__ import annotations

import hashlib
import keyword
from pathlib import Path
from typing import Any

from instead.errors import Problem, Problems, nearest
from instead.facts.condition import ConditionText, parse_condition
from instead.facts.scope import Scope
from instead.facts.units import SMALLEST_UNITS
from instead.facts.vocabulary import (
    KINDS,
    RESERVED,
    Constraint,
    Fact,
    FromCharges,
    ValueProblem,
    Vocabulary,
)
from instead.toml_text import KeyPath, TomlText, read_text
from instead.toml_text import parse as parse_toml

_FACT_KEYS = (
    "name",
    "kind",
    "question",
    "question_es",
    "who",
    "min",
    "max",
    "unit",
    "members",
    "from_charges",
)
_CONSTRAINT_KEYS = ("id", "holds", "because")
_TOP_KEYS = ("id", "title", "version", "fact", "constraint")


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in a file."""
    return parse_vocabulary(read_text(path), str(path))


def parse_vocabulary(text: str, file: str) -> Vocabulary:
    """The vocabulary in a text; raises :class:`Problems` with everything that is wrong."""
    toml = parse_toml(text, file)
    problems: list[Problem] = unknown_keys(toml, (), toml.data, _TOP_KEYS)
    facts: dict[str, Fact] = {}
    for index, entry in enumerate(toml.data.get("fact", [])):
        fact = _fact(toml, ("fact", index), entry, problems)
        if fact is not None:
            if fact.name in facts:
                problems.append(toml.problem(("fact", index, "name"), f"the fact `{fact.name}` is declared twice"))
            facts[fact.name] = fact
    if not facts:
        problems.append(toml.problem((), "no [[fact]] is declared"))
    constraints = _constraints(toml, facts, tuple(text.split("\n")), problems)
    if problems:
        raise Problems(problems)
    return Vocabulary(
        id=str(toml.data.get("id", "")),
        title=str(toml.data.get("title", "")),
        version=str(toml.data.get("version", "")),
        facts=facts,
        constraints=constraints,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def unknown_keys(toml: TomlText, path: KeyPath, entry: dict[str, Any], known: tuple[str, ...]) -> list[Problem]:
    """A problem for each key that has no meaning here: a misspelt key must not be ignored."""
    return [
        toml.problem((*path, key), f"`{key}` has no meaning here", ", ".join(known), nearest(key, known))
        for key in entry
        if key not in known
    ]


def _fact(toml: TomlText, path: KeyPath, entry: dict[str, Any], problems: list[Problem]) -> Fact | None:
    problems += unknown_keys(toml, path, entry, _FACT_KEYS)
    name, kind = str(entry.get("name", "")), entry.get("kind", "")
    if not name.isidentifier() or keyword.iskeyword(name) or name in RESERVED:
        problems.append(
            toml.problem((*path, "name"), f"{name!r} cannot be the name of a fact", "a plain word, in_lower_case")
        )
        return None
    if kind not in KINDS:
        near = nearest(str(kind), KINDS)
        problems.append(toml.problem((*path, "kind"), f"{kind!r} is no kind of fact", ", ".join(KINDS), near))
        return None
    if not entry.get("question"):
        problems.append(toml.problem(path, f"the fact `{name}` has no question", 'question = "…"'))
    unit, members = str(entry.get("unit", "")), tuple(entry.get("members", ()))
    if kind == "amount" and (unit not in SMALLEST_UNITS or not name.endswith(f"_{unit}")):
        expected = f"one of {', '.join(SMALLEST_UNITS)}, and a name that ends in it"
        problems.append(toml.problem((*path, "unit"), f"the amount `{name}` has no usable unit", expected))
        return None
    if kind == "one_of" and (len(members) < 2 or len(set(members)) != len(members)):
        problems.append(toml.problem((*path, "members"), f"`{name}` needs two or more different members"))
        return None
    low, high = _domain(toml, path, entry, kind, problems)
    return Fact(
        name=name,
        kind=kind,
        question=str(entry.get("question", "")),
        low=low,
        high=high,
        unit=unit,
        members=members,
        question_es=str(entry.get("question_es", "")),
        who=tuple(entry.get("who", ())),
        from_charges=_from_charges(toml, path, entry.get("from_charges"), problems),
    )


def _domain(
    toml: TomlText, path: KeyPath, entry: dict[str, Any], kind: str, problems: list[Problem]
) -> tuple[int, int]:
    if kind == "yes_no":
        return 0, 1
    if kind == "one_of":
        return 0, len(entry.get("members", ())) - 1
    widest = Fact(str(entry["name"]), kind, "", -(2**62), 2**62, str(entry.get("unit", "")))  # type: ignore[arg-type]
    ends = []
    for key in ("min", "max"):
        try:
            ends.append(widest.code(entry[key]))
        except KeyError:
            problems.append(toml.problem(path, f"`{entry['name']}` has no `{key}`: every domain is declared"))
        except ValueProblem as problem:
            problems.append(toml.problem((*path, key), str(problem), "a value of this kind"))
    if len(ends) != 2 or ends[0] > ends[1]:
        if len(ends) == 2:
            problems.append(toml.problem((*path, "min"), "the domain is empty: min is above max"))
        return 0, 0
    return ends[0], ends[1]


def _from_charges(toml: TomlText, path: KeyPath, entry: Any, problems: list[Problem]) -> FromCharges | None:
    if entry is None:
        return None
    match entry:
        case {"any_of": list(kinds), **rest} if not rest:
            return FromCharges(any_of=frozenset(kinds))
        case {"only": list(kinds), "with": list(having), **rest} if not rest and set(having) <= set(kinds):
            return FromCharges(only=frozenset(kinds), having=frozenset(having))
        case {"grade": str(grade), **rest} if not rest:
            return FromCharges(grade=grade)
    expected = "{ any_of = […] }, { only = […], with = [some of them] } or { grade = … }"
    problems.append(toml.problem((*path, "from_charges"), "cannot be read", expected))
    return None


def _constraints(
    toml: TomlText, facts: dict[str, Fact], lines: tuple[str, ...], problems: list[Problem]
) -> tuple[Constraint, ...]:
    constraints = []
    scope = Scope(facts, {})
    for index, entry in enumerate(toml.data.get("constraint", [])):
        path: KeyPath = ("constraint", index)
        problems += unknown_keys(toml, path, entry, _CONSTRAINT_KEYS)
        place = toml.place(*path, "holds")
        holds = str(entry.get("holds", ""))
        text = ConditionText(holds, toml.file, place.line, place.column + 1, lines)
        try:
            formula = parse_condition(text, scope)
        except Problems as found:
            problems += found.problems
            continue
        constraints.append(Constraint(str(entry.get("id", "")), formula, holds, str(entry.get("because", ""))))
    return tuple(constraints)
