"""Reading a vocabulary from TOML, with every mistake reported at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import keyword
from pathlib import Path
from typing import Any, TypeGuard

from instead.errors import Problem, Problems, nearest, shown
from instead.facts.admissible import completion
from instead.facts.condition import condition_at, parse_condition
from instead.facts.scope import Scope
from instead.facts.units import SMALLEST_UNITS
from instead.facts.vocabulary import (
    KINDS,
    LARGEST,
    RESERVED,
    Constraint,
    Fact,
    FromCharges,
    Kind,
    ValueProblem,
    Vocabulary,
    day_of,
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
    if not toml.data.get("fact"):
        raise Problems([*problems, toml.problem((), "no [[fact]] is declared")])
    for key in ("id", "title", "version"):
        if not isinstance(toml.data.get(key), str) or not toml.data[key]:
            problems.append(toml.problem((key,), f"the vocabulary has no `{key}`", f'{key} = "…"'))
    for index, entry in enumerate(toml.tables("fact", problems)):
        fact = _fact(toml, ("fact", index), entry, problems)
        if fact is not None:
            if fact.name in facts:
                problems.append(toml.problem(("fact", index, "name"), f"the fact `{fact.name}` is declared twice"))
            facts[fact.name] = fact
    constraints = _constraints(toml, facts, lines_of(text), problems)
    if problems:
        raise Problems(problems)
    vocabulary = Vocabulary(
        id=str(toml.data.get("id", "")),
        title=str(toml.data.get("title", "")),
        version=str(toml.data.get("version", "")),
        facts=facts,
        constraints=constraints,
        digest=hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")).hexdigest(),
    )
    if completion({}, vocabulary) is None:
        raise Problems([toml.problem(("constraint",), "no case at all satisfies every constraint")])
    return vocabulary


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a file for quoting, whatever ends them."""
    return tuple(line.rstrip("\r") for line in text.split("\n"))


def unknown_keys(toml: TomlText, path: KeyPath, entry: dict[str, Any], known: tuple[str, ...]) -> list[Problem]:
    """A problem for each key that has no meaning here: a misspelt key must not be ignored."""
    return [
        toml.problem((*path, key), f"`{key}` has no meaning here", ", ".join(known), nearest(key, known))
        for key in entry
        if key not in known
    ]


def _fact(toml: TomlText, path: KeyPath, entry: dict[str, Any], problems: list[Problem]) -> Fact | None:
    problems += unknown_keys(toml, path, entry, _FACT_KEYS)
    name, kind = entry.get("name"), entry.get("kind", "")
    if not is_plain_name(name):
        message = f"{shown(name)} cannot be the name of a fact"
        problems.append(toml.problem((*path, "name"), message, "a plain word, in_lower_case"))
        return None
    if not isinstance(kind, str) or kind not in KINDS:
        near = nearest(str(kind), KINDS) if isinstance(kind, str) else ""
        problems.append(toml.problem((*path, "kind"), f"{shown(kind)} is no kind of fact", ", ".join(KINDS), near))
        return None
    for key in ("who", "members"):
        if not is_texts(entry.get(key, [])):
            problems.append(toml.problem((*path, key), f"`{key}` is no list of texts", f'{key} = ["…"]'))
            return None
    if not isinstance(entry.get("question"), str) or not entry["question"]:
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


def is_plain_name(name: object) -> TypeGuard[str]:
    """Whether a text can name a fact or a parameter: Python would read other letters than ASCII in its own way."""
    return (
        isinstance(name, str)
        and name.isascii()
        and name.isidentifier()
        and not keyword.iskeyword(name)
        and name not in RESERVED
    )


def is_texts(value: object) -> TypeGuard[list[str]]:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _domain(
    toml: TomlText, path: KeyPath, entry: dict[str, Any], kind: Kind, problems: list[Problem]
) -> tuple[int, int]:
    if kind == "yes_no":
        return 0, 1
    if kind == "one_of":
        return 0, len(entry.get("members", ())) - 1
    low, high = (day_of(dt.date.min), day_of(dt.date.max)) if kind == "date" else (-LARGEST, LARGEST)
    widest = Fact(str(entry["name"]), kind, "", low, high, str(entry.get("unit", "")))
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
        case {"any_of": kinds, **rest} if not rest and is_texts(kinds) and kinds:
            return FromCharges(any_of=frozenset(kinds))
        case {"only": kinds, "with": having, **rest} if (
            not rest and is_texts(kinds) and is_texts(having) and having and set(having) <= set(kinds)
        ):
            return FromCharges(only=frozenset(kinds), having=frozenset(having))
        case {"grade": str(grade), **rest} if not rest and grade:
            return FromCharges(grade=grade)
    expected = "{ any_of = […] }, { only = […], with = [some of them] } or { grade = … }"
    problems.append(toml.problem((*path, "from_charges"), "cannot be read", expected))
    return None


def _constraints(
    toml: TomlText, facts: dict[str, Fact], lines: tuple[str, ...], problems: list[Problem]
) -> tuple[Constraint, ...]:
    constraints: dict[str, Constraint] = {}
    scope = Scope(facts, {})
    for index, entry in enumerate(toml.tables("constraint", problems)):
        path: KeyPath = ("constraint", index)
        problems += unknown_keys(toml, path, entry, _CONSTRAINT_KEYS)
        missing = [key for key in _CONSTRAINT_KEYS if not isinstance(entry.get(key), str) or not entry[key]]
        problems += [toml.problem((*path, key), f"the constraint has no `{key}`", f'{key} = "…"') for key in missing]
        if missing:
            continue
        name, holds = entry["id"], entry["holds"]
        if name in constraints:
            problems.append(toml.problem((*path, "id"), f"there are two constraints `{name}`", "a name of its own"))
        try:
            formula = parse_condition(condition_at(toml, (*path, "holds"), holds, lines), scope)
        except Problems as found:
            problems += found.problems
            continue
        constraints[name] = Constraint(name, formula, holds, entry["because"])
    return tuple(constraints.values())
