"""Writing small policies and vocabularies in tests, and looking at the problems found in them."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from instead.errors import InsteadError, Problem, Problems
from instead.facts.condition import ConditionText, parse_condition
from instead.facts.formula import Formula
from instead.facts.scope import Parameter, Scope
from instead.facts.vocabulary import Vocabulary
from instead.facts.vocabulary_file import parse_vocabulary
from instead.policy.load import parse_policy
from instead.policy.model import Policy

#: All five kinds of fact, with constraints that tie them together.
VOCABULARY_TEXT = """\
id = "small"
title = "A small vocabulary"
version = "1"

[[fact]]
name = "possession_only"
kind = "yes_no"
question = "Only possession?"
from_charges = { only = ["possession", "paraphernalia"], with = ["possession"] }

[[fact]]
name = "delivery_charged"
kind = "yes_no"
question = "Delivery?"
from_charges = { any_of = ["delivery"] }

[[fact]]
name = "helped"
kind = "yes_no"
question = "Was help called?"

[[fact]]
name = "drug_found"
kind = "yes_no"
question = "Was a drug found?"

[[fact]]
name = "known_by"
kind = "one_of"
members = ["officer", "field_test", "laboratory"]
question = "How is the drug known?"

[[fact]]
name = "age"
kind = "whole_number"
min = 10
max = 110
question = "How old?"

[[fact]]
name = "priors"
kind = "whole_number"
min = 0
max = 9
question = "How many earlier cases?"

[[fact]]
name = "drug_mg"
kind = "amount"
unit = "mg"
min = 0
max = "10 kg"
question = "What weight?"

[[fact]]
name = "cash_cents"
kind = "amount"
unit = "cents"
min = 0
max = 1000000
question = "How much cash?"

[[fact]]
name = "offense_date"
kind = "date"
min = "1970-01-01"
max = "2049-12-31"
question = "When?"

[[fact]]
name = "arrest_date"
kind = "date"
min = "1970-01-01"
max = "2049-12-31"
question = "When arrested?"

[[constraint]]
id = "one-or-the-other"
holds = "not (possession_only and delivery_charged)"
because = "Possession only has no delivery."

[[constraint]]
id = "weighed-was-found"
holds = "drug_found or drug_mg == '0 mg'"
because = "What was not found weighs nothing."

[[constraint]]
id = "laboratory-needs-a-drug"
holds = "drug_found or known_by != 'laboratory'"
because = "A laboratory has something to test."

[[constraint]]
id = "children-have-few-priors"
holds = "age >= 14 or priors in (0, 1)"
because = "A child has few earlier cases."
"""
VOCABULARY: Vocabulary = parse_vocabulary(VOCABULARY_TEXT, "small.toml")

FRONT = '+++\ntitle = "T"\noffice = "O"\nversion = "1"\neffective = "2019-12-01"\nvocabulary = "small"\n+++\n'


class TooSlow(BaseException):
    """Something took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what takes more of the processor's time: a busy machine makes nothing fail."""

    def stop(*_: object) -> None:
        raise TooSlow(f"more than {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def quoted(text: str) -> str:
    """A TOML string without escapes."""
    for quotes in ('"', "'", "'''", '"""'):
        if quotes not in text and ("\n" not in text or len(quotes) == 3) and not text.endswith(quotes[0]):
            return f"{quotes}{text}{quotes}"
    raise AssertionError(text)


def block(kind: str, **values: object) -> str:
    """A fenced block; texts are quoted, everything else must be TOML already."""
    body = "".join(f"{key} = {value}\n" for key, value in values.items())
    return f"\n```{kind}\n{body}```\n"


def rule(name: str, when: str | None = None, then: str = "review", **more: object) -> str:
    """A rule block; a diverting rule gets the track."""
    values: dict[str, object] = {"id": f'"{name}"'}
    if when is not None:
        values["when"] = quoted(when)
    values["then"] = f'"{then}"'
    if then == "divert":
        values["track"] = '"offer"'
    return block("rule", **{**values, "because": '"b"', **more})


def parameter(name: str, values: str, **more: object) -> str:
    """A parameter block with its values as TOML."""
    return block("parameter", **{"id": f'"{name}"', "values": values, "because": '"b"', **more})


TRACK = block(
    "track",
    id='"offer"',
    title='"An offer"',
    plea='"none"',
    conditions='["treatment"]',
    failing='"A second look."',
)
LAST = rule("last")


def document(*blocks: str, last: str = LAST, front: str = FRONT) -> str:
    """A policy document; ``last`` is its last rule."""
    text = "".join(blocks)
    return front + (TRACK if '"divert"' in text + last and "```track" not in text else "") + text + last


def read(text: str, vocabulary: Vocabulary = VOCABULARY, file: str = "policy.md") -> Policy:
    return parse_policy(text, file, lambda _: vocabulary)


def policy_of(*blocks: str, **more: Any) -> Policy:
    return read(document(*blocks, **more))


def condition(text: str, *, parameters: dict[str, Parameter] | None = None, file: str = "policy.md") -> Formula:
    """A condition over the small vocabulary."""
    return parse_condition(ConditionText(text, file), Scope(VOCABULARY.facts, parameters or {}))


def problems_of(call: Callable[[], object], seconds: float = 1.0) -> tuple[Problem, ...]:
    """The problems that a call reports, in time and in the program's own words."""
    with within(seconds):
        try:
            call()
        except Problems as error:
            str(error)
            return error.problems
        except InsteadError as error:
            return (Problem(str(error)),)
    raise AssertionError("no problem was found")


def problem_of(call: Callable[[], object], seconds: float = 1.0) -> Problem:
    """The one problem that a call reports."""
    found = problems_of(call, seconds)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def under_caret(problem: Problem) -> str:
    """The characters above the carets, as a person sees them."""
    lines = str(problem).split("\n")
    index = next(i for i, line in enumerate(lines) if line.strip() and set(line.strip()) == {"^"})
    start, end = lines[index].index("^"), len(lines[index])
    return lines[index - 1][start:end]
