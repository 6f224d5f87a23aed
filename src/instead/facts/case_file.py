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

from instead.errors import BadCase, Place, Problem, Problems, nearest, shown
from instead.facts.admissible import broken_constraint
from instead.facts.charged import Kinds, facts_from_kinds
from instead.facts.vocabulary import ValueProblem, Vocabulary, day_of, parse_day
from instead.facts.vocabulary_file import is_texts
from instead.toml_text import read_text

_LONGEST_ID = 200
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
        content = json.loads(read_text(path), object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        place = Place(str(path), error.lineno, error.colno)
        raise BadCase([Problem(f"not valid JSON: {error.msg}", place, "one case as a JSON object")]) from None
    except _KeyTwiceError as error:
        raise BadCase([Problem(f"{error} is there twice", Place(str(path)), "every name once")]) from None
    except ValueError:
        raise BadCase([Problem("a number has too many digits", Place(str(path)))]) from None
    except RecursionError:
        raise BadCase([Problem("nested too deeply to be read", Place(str(path)))]) from None
    if not isinstance(content, dict):
        raise BadCase([Problem("this is no case", Place(str(path)), "a JSON object with facts")])
    try:
        return parse_case(content, vocabulary, Place(str(path)), default_id=path.stem)
    except Problems as error:
        raise BadCase(error.problems) from None


class _KeyTwiceError(Exception):
    pass


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _KeyTwiceError(shown(name))
        found[name] = value
    return found


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
    beside = {name: value for name, value in content.items() if name not in _AROUND}
    for name in beside.keys() & (nested or {}).keys():
        problems.append(Problem(f"{shown(name)} stands in `facts` and beside it", place, "every fact once"))
    from_charges = _charged(content.get("charged"), vocabulary, place, problems)
    facts = dict(from_charges)
    for name, value in {**beside, **(nested or {})}.items():
        if name not in vocabulary:
            expected = f"a fact of the vocabulary {vocabulary.id}"
            near = nearest(name, [*vocabulary.facts, *_AROUND])
            problems.append(Problem(f"{shown(name)} is no fact", place, expected, near))
            continue
        try:
            fact = vocabulary[name]
            if written_by_hand and fact.kind == "amount" and isinstance(value, int):
                raise ValueProblem("a bare number is no amount", fact.expected())
            facts[name] = None if value is None else fact.code(value)
        except ValueProblem as error:
            problems.append(Problem(f"{name}: {error}", place, error.expected, error.near))
    for name, code in from_charges.items():
        if code is not None and facts[name] != code:
            said = vocabulary[name].show(code)
            problems.append(Problem(f"{name}: the charges say {said}, and the facts do not", place, said))
    day = _decision_day(content.get("decision_date"), place, problems)
    if not problems:
        broken = broken_constraint(facts, vocabulary)
        if broken is not None:
            message = f"no such case is possible: {broken.because} (constraint `{broken.id}`)"
            problems.append(Problem(message, place, broken.text))
    if problems:
        raise Problems(problems)
    case_id = content.get("case_id")
    return CaseFile(default_id if case_id is None else str(case_id)[:_LONGEST_ID], facts, day)


def _charged(listed: object, vocabulary: Vocabulary, place: Place, problems: list[Problem]) -> dict[str, int | None]:
    if listed is None:
        return {}
    known = sorted(vocabulary.charge_kinds)
    charges: list[Kinds] = []
    for item in listed if isinstance(listed, list) else [listed]:
        kinds = [item] if isinstance(item, str) else item
        if kinds is not None and (not is_texts(kinds) or not kinds):
            problems.append(Problem(f"{shown(item)} is no charge", place, "a kind of charge, a list of kinds, or null"))
            continue
        for kind in sorted(set(kinds or ()) - vocabulary.charge_kinds):
            message = f"{shown(kind)} is no kind of charge"
            problems.append(Problem(message, place, ", ".join(known), nearest(kind, known)))
        charges.append(None if kinds is None else frozenset(kinds))
    return dict(facts_from_kinds(charges, vocabulary))


def _decision_day(value: object, place: Place, problems: list[Problem]) -> int | None:
    day = day_of(value) if isinstance(value, dt.date) else parse_day(value)
    if value is not None and day is None:
        problems.append(Problem(f"decision_date: {shown(value)} is no date", place, "YYYY-MM-DD"))
    return day
