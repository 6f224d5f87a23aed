"""From ``promise`` blocks to promises, parsed and checked for types."""

from __future__ import annotations

from typing import Any, get_args

from instead.facts.formula import Constant, Formula
from instead.facts.scope import Scope
from instead.facts.vocabulary import Fact
from instead.policy.blocks import formula_of
from instead.policy.document import Block
from instead.policy.fields import Fields
from instead.policy.model import HARSHNESS, OUTCOMES, Outcome, Promise

KINDS = ("always", "never", "same_without", "never_harsher_when")

#: The outcome as a promise sees it: one more thing that is one of several.
OUTCOME_FACT = Fact("outcome", "one_of", "What does the policy say?", 0, len(OUTCOMES) - 1, members=OUTCOMES)


def read_promise(fields: Fields, block: Block, scope: Scope) -> Promise | None:
    """A ``promise`` block; exactly one of the four kinds must be there."""
    given = [kind for kind in KINDS if kind in block.toml.data]
    name, sentence = fields.text("id", required=True), fields.text("sentence", required=True)
    sentence_es, where = fields.text("sentence_es"), fields.condition("where")
    if len(given) != 1:
        found = " and ".join(given) or "none"
        fields.complain("id", f"the promise `{name}` needs one formula, and has {found}", "one of " + ", ".join(KINDS))
        fields.known += list(KINDS)
        return None
    kind: Any = given[0]
    text, formula = "", Constant(True)
    facts: tuple[str, ...] = ()
    more = True
    following = _known_facts(fields, "follow", fields.texts("follow"), scope)
    if kind in ("always", "never"):
        formula, text = _formula(fields, kind, scope)  # type: ignore[assignment]
    elif kind == "same_without":
        facts = _known_facts(fields, kind, fields.texts(kind), scope)
        if not fields.texts(kind):
            fields.complain(kind, f"the promise `{name}` is about no fact", f'{kind} = ["fact"]')
    else:
        facts, more = _direction(fields, kind, scope)
    return Promise(
        id=name,
        sentence=sentence,
        sentence_es=sentence_es,
        kind=kind,
        formula=formula,
        text=text,
        facts=facts,
        more=more,
        following=following,
        where=formula_of(where, scope, fields.problems),
        where_text=where.text if where else "",
        harshness=_harshness(fields),
        line=block.line,
    )


def _formula(fields: Fields, kind: str, scope: Scope) -> tuple[Formula, str]:
    condition = fields.condition(kind)
    with_outcome = Scope({**scope.facts, "outcome": OUTCOME_FACT}, scope.parameters, scope.refused)
    return formula_of(condition, with_outcome, fields.problems), condition.text if condition else ""


def _known_facts(fields: Fields, key: str, names: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
    for name in names:
        if name not in scope.facts:
            fields.complain(key, f"`{name}` is no fact", "a fact of the vocabulary", scope.nearest(name))
    return tuple(name for name in names if name in scope.facts)


def _direction(fields: Fields, kind: str, scope: Scope) -> tuple[tuple[str, ...], bool]:
    expected = '{ more = ["fact"] } or { less = ["fact"] }'
    match fields.raw(kind):
        case {"more": list(names), **rest} if not rest and names:
            return _known_facts(fields, kind, tuple(map(str, names)), scope), True
        case {"less": list(names), **rest} if not rest and names:
            return _known_facts(fields, kind, tuple(map(str, names)), scope), False
    fields.complain(kind, f"`{kind}` cannot be read", expected)
    return (), True


def _harshness(fields: Fields) -> tuple[Outcome, ...]:
    given = fields.texts("harshness")
    if not given:
        return HARSHNESS
    if sorted(given) != sorted(get_args(Outcome)):
        fields.complain(
            "harshness", "`harshness` does not order the outcomes", "each outcome once: " + ", ".join(HARSHNESS)
        )
        return HARSHNESS
    return given  # type: ignore[return-value]
