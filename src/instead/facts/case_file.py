"""Reading one case from JSON, as people write it.

    {"case_id": "…", "decision_date": "2019-12-05", "charged": ["possession", "paraphernalia"],
     "facts": {"cannabis_mg": "31 g", "age": 27}}

``facts`` may be left out and its content written beside ``case_id``. A fact that is null or left out is unknown.
``charged`` lists the kinds of the charges, one a charge, null for an unknown kind; the facts about them follow.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from instead.errors import BadCase, Place, Problem, Problems, nearest
from instead.facts.admissible import broken_constraint
from instead.facts.charged import Kinds, facts_from_kinds
from instead.facts.vocabulary import ValueProblem, Vocabulary, day_of
from instead.toml_text import read_text

_AROUND = ("case_id", "decision_date", "charged", "facts")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with its name and, where given, the day it is decided for."""

    case_id: str
    facts: Mapping[str, int | None]
    decision_day: int | None = None


def read_case(path: Path, vocabulary: Vocabulary) -> CaseFile:
    """The case in a JSON file."""
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        place = Place(str(path), error.lineno, error.colno)
        raise BadCase([Problem(f"not valid JSON: {error.msg}", place, "one case as a JSON object")]) from None
    except RecursionError:
        raise BadCase([Problem("nested too deeply to be read", Place(str(path)))]) from None
    if not isinstance(content, dict):
        raise BadCase([Problem("this is no case", Place(str(path)), "a JSON object with facts")])
    try:
        return parse_case(content, vocabulary, Place(str(path)), default_id=path.stem)
    except Problems as error:
        raise BadCase(error.problems) from None


def parse_case(
    content: Mapping[str, Any],
    vocabulary: Vocabulary,
    place: Place,
    *,
    default_id: str = "case",
    written_by_hand: bool = False,
) -> CaseFile:
    """The case in a mapping; raises :class:`Problems` with every mistake, also when no such case is possible.

    ``written_by_hand``: amounts need their unit; in data the unit is in the name of the fact.
    """
    problems: list[Problem] = []
    nested = content.get("facts")
    if nested is not None and not isinstance(nested, Mapping):
        raise Problems([Problem("`facts` is no table of facts", place)])
    written = {**{k: v for k, v in content.items() if k not in _AROUND}, **(nested or {})}
    facts = _charged(content.get("charged"), vocabulary, place, problems)
    for name, value in written.items():
        if name not in vocabulary:
            expected = f"a fact of the vocabulary {vocabulary.id}"
            near = nearest(name, [*vocabulary.facts, *_AROUND])
            problems.append(Problem(f"`{name}` is no fact", place, expected, near))
            continue
        try:
            fact = vocabulary[name]
            if written_by_hand and fact.kind == "amount" and isinstance(value, int):
                raise ValueProblem("a bare number is no amount", fact.expected())
            facts[name] = None if value is None else fact.code(value)
        except ValueProblem as error:
            problems.append(Problem(f"{name}: {error}", place, error.expected, error.near))
    day = _decision_day(content.get("decision_date"), place, problems)
    if not problems:
        broken = broken_constraint(facts, vocabulary)
        if broken is not None:
            message = f"no such case is possible: {broken.because} (constraint `{broken.id}`)"
            problems.append(Problem(message, place, broken.text))
    if problems:
        raise Problems(problems)
    return CaseFile(str(content.get("case_id", default_id)), facts, day)


def _charged(listed: object, vocabulary: Vocabulary, place: Place, problems: list[Problem]) -> dict[str, int | None]:
    if listed is None:
        return {}
    known = sorted(vocabulary.charge_kinds)
    charges: list[Kinds] = []
    for item in listed if isinstance(listed, list) else [listed]:
        kinds = frozenset(item if isinstance(item, list) else [item]) if item is not None else None
        for kind in sorted(map(str, (kinds or frozenset()) - vocabulary.charge_kinds)):
            problems.append(Problem(f"{kind!r} is no kind of charge", place, ", ".join(known), nearest(kind, known)))
        charges.append(kinds)
    return dict(facts_from_kinds(charges, vocabulary))


def _decision_day(value: object, place: Place, problems: list[Problem]) -> int | None:
    if value is None:
        return None
    try:
        return day_of(value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)))
    except ValueError:
        problems.append(Problem(f"decision_date: {value!r} is no date", place, "YYYY-MM-DD"))
        return None
