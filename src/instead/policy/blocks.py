"""From the blocks of a document to rules, parameters, tracks and examples."""

from __future__ import annotations

import datetime as dt
from typing import Any

from instead.errors import Problem, Problems, shown
from instead.facts.case_file import parse_case
from instead.facts.condition import ConditionText, parse_condition
from instead.facts.formula import DECISION_DATE, Constant, Formula
from instead.facts.scope import Parameter, Scope
from instead.facts.units import SMALLEST_UNITS
from instead.facts.vocabulary import LARGEST, Fact, Kind, ValueProblem, Vocabulary, day_of, parse_day
from instead.facts.vocabulary_file import is_plain_name
from instead.policy.document import Block
from instead.policy.fields import Fields
from instead.policy.model import NEEDS_FACTS, OUTCOMES, Example, Rule, Track

CONDITIONS = ("treatment", "community_service", "nothing")
PLEAS = ("none", "no_contest")


def formula_of(text: ConditionText | None, scope: Scope, problems: list[Problem]) -> Formula:
    """The formula of a condition; its mistakes are added to ``problems``."""
    if text is None:
        return Constant(True)
    try:
        return parse_condition(text, scope)
    except Problems as error:
        problems += error.problems
        return Constant(True)


def read_rule(fields: Fields, block: Block, scope: Scope) -> Rule:
    """A ``rule`` block."""
    condition = fields.condition("when")
    outcome: Any = fields.choice("then", OUTCOMES)
    rule = Rule(
        id=fields.text("id", required=True),
        formula=formula_of(condition, scope, fields.problems),
        when=condition.text.strip() if condition else "",
        outcome=outcome,
        because=fields.text("because", required=True),
        because_es=fields.text("because_es"),
        cite=fields.texts("cite"),
        track=fields.text("track"),
        section=block.section,
        line=block.line,
    )
    if outcome == "divert" and not rule.track:
        fields.complain("track", f"the rule `{rule.id}` offers something but names no track", 'track = "…"')
    elif rule.track and outcome != "divert":
        fields.complain("track", f"the rule `{rule.id}` has a track but does not divert", 'then = "divert"')
    return rule


def read_parameter(fields: Fields, vocabulary: Vocabulary) -> Parameter | None:
    """A ``parameter`` block: its kind follows from its values, its unit or its choices."""
    name = fields.text("id", required=True)
    unit, choices = fields.text("unit"), fields.texts("choices")
    because = fields.text("because", required=True)
    date = fields.text("date")
    values = fields.raw("values")
    fields.texts("cite")
    if not is_plain_name(name) or name in vocabulary:
        expected = "a plain word, in_lower_case, that is no fact"
        fields.complain("id", f"{shown(name)} cannot be the name of a parameter", expected)
        return None
    if choices and (unit or len(set(choices)) != len(choices)):
        what = "a unit beside its choices" if unit else "a choice twice"
        fields.complain("choices", f"the parameter `{name}` has {what}", "different choices, and no unit")
        return None
    if unit and unit not in SMALLEST_UNITS:
        expected = f'{", ".join(SMALLEST_UNITS)}; values may still be written in other units, such as "30 g"'
        fields.complain("unit", f"{unit!r} is no smallest unit", expected)
        return None
    if date and (date not in vocabulary or vocabulary[date].kind != "date"):
        fields.complain("date", f"`{date}` is no date fact of the vocabulary", "", vocabulary.nearest(date))
        return None
    if not isinstance(values, list) or not values or not all(isinstance(v, dict) and "value" in v for v in values):
        expected = 'values = [{ value = … }, { since = "2023-01-02", value = … }]'
        fields.complain("values", f"the parameter `{name}` has no values that can be read", expected)
        return None
    shape = _shape(name, values[0]["value"], unit, choices)
    periods = _periods(fields, shape, values)
    return Parameter(name, shape, periods, date or DECISION_DATE, because) if periods else None


def _shape(name: str, first: object, unit: str, choices: tuple[str, ...]) -> Fact:
    kind: Kind = "whole_number"
    if choices:
        return Fact(name, "one_of", "", 0, len(choices) - 1, members=choices)
    if unit:
        kind = "amount"
    elif isinstance(first, bool):
        return Fact(name, "yes_no", "", 0, 1)
    elif isinstance(first, str | dt.date):
        kind = "date"
    return Fact(name, kind, "", -LARGEST if kind != "date" else day_of(dt.date.min), _high(kind), unit)


def _high(kind: Kind) -> int:
    return day_of(dt.date.max) if kind == "date" else LARGEST


def _periods(fields: Fields, shape: Fact, values: list[dict[str, Any]]) -> tuple[tuple[int, int], ...]:
    periods: list[tuple[int, int]] = []
    for index, entry in enumerate(values):
        since = -LARGEST
        if index == 0 and "since" in entry:
            message = "the first value has a `since`, so that nothing is said of earlier dates"
            fields.complain("values", message, "no `since` in the first value: it holds from the beginning")
            return ()
        if index:
            day = parse_day(entry.get("since"))
            if day is None:
                fields.complain("values", f"value {index + 1} has no `since` date", 'since = "2023-01-02"')
                return ()
            since = day
            if since <= periods[-1][0]:
                fields.complain("values", f"value {index + 1} does not begin after the one before", "ascending dates")
                return ()
        if set(entry) - {"value", "since", "because", "cite"}:
            fields.complain("values", f"value {index + 1} has a key without meaning", "value, since, because, cite")
        try:
            if shape.kind == "amount" and not isinstance(entry["value"], str):
                raise ValueProblem("a bare number is no amount", shape.expected())
            periods.append((since, shape.code(entry["value"])))
        except ValueProblem as problem:
            fields.complain("values", f"value {index + 1}: {problem}", problem.expected, problem.near)
            return ()
    return tuple(periods)


def read_track(fields: Fields, block: Block, parameters: dict[str, Parameter]) -> Track:
    """A ``track`` block. Clocks are whole numbers or names of parameters."""
    plea: Any = fields.choice("plea", PLEAS)
    conditions = fields.texts("conditions")
    for condition in conditions:
        if condition not in CONDITIONS:
            fields.complain("conditions", f"{condition!r} is no condition", ", ".join(CONDITIONS))
    if not conditions:
        fields.complain("conditions", "the track has no conditions", 'conditions = ["treatment"]; or ["nothing"]')
    clocks = fields.raw("clocks") or {}
    if not isinstance(clocks, dict):
        fields.complain("clocks", "`clocks` is no table", "clocks = { answer_days = 7 }")
        clocks = {}
    hours = fields.raw("hours")
    return Track(
        id=fields.text("id", required=True),
        title=fields.text("title", required=True),
        title_es=fields.text("title_es"),
        plea=plea,
        conditions=conditions,
        hours=_number(fields, "hours", hours, parameters) if hours is not None else 0,
        clocks={str(name): _number(fields, "clocks", value, parameters) for name, value in clocks.items()},
        failing=fields.text("failing", required=True),
        section=block.section,
    )


def _number(fields: Fields, key: str, value: object, parameters: dict[str, Parameter]) -> int | Parameter:
    """A whole number, or the parameter that gives it on the date of the decision."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return value
    parameter = parameters.get(value) if isinstance(value, str) else None
    if parameter is not None and parameter.shape.kind == "whole_number":
        if parameter.date == DECISION_DATE:
            return parameter
        message = f"`{parameter.name}` is looked up on a fact, and a track asks nothing of the facts"
        fields.complain(key, message, "a parameter looked up on the date of the decision")
        return 0
    fields.complain(key, f"{shown(value)} is no number", "a whole number, or the name of a whole-number parameter")
    return 0


def read_example(fields: Fields, block: Block, vocabulary: Vocabulary) -> Example | None:
    """An ``example`` block: facts, or ``charged`` with the kinds of its charges, and the outcome it must get."""
    name = fields.text("id", required=True)
    outcome = fields.choice("outcome", (*OUTCOMES, NEEDS_FACTS))
    decided_by, missing = fields.text("decided_by"), fields.raw("missing")
    fields.text("story")
    content = {key: value for key in ("facts", "charged", "decision_date") if (value := fields.raw(key)) is not None}
    if "facts" not in content and "charged" not in content:
        fields.complain("facts", f"the example `{name}` has no facts", "facts = { … } or charged = [ … ]")
        return None
    try:
        case = parse_case(_without_nulls(content), vocabulary, block.toml.place("facts"), written_by_hand=True)
    except Problems as error:
        fields.problems += error.problems
        return None
    wanted = fields.texts("missing") if missing is not None else None
    return Example(name, case.facts, outcome, decided_by, wanted, case.decision_day, block.line)


def _without_nulls(content: dict[str, Any]) -> dict[str, Any]:
    """TOML has no null: in an example, the word "unknown" stands for it among charges."""
    charged = content.get("charged")
    if not isinstance(charged, list):
        return content
    return {**content, "charged": [None if kind == "unknown" else kind for kind in charged]}
