"""rule-engine: a list of typed rules over mappings, walked in Python."""

from __future__ import annotations

from typing import Any

from contender import Absent, Contender, Meaning, OneByOne, encoded

from instead.facts.lower import definitely, maybe
from instead.policy.decision import Encoding
from instead.policy.model import Policy
from peers.dialect import Dialect

HOW = "Two rules for each of ours, *maybe true* and then *definitely true*, walked in order in Python."
HOW_SIMPLE = "A rule for each of ours, asked in order until one matches."


def one_by_one(policy: Policy, rows: list[dict[str, Any]], meaning: Meaning) -> OneByOne:
    try:
        import rule_engine
    except ImportError as error:
        raise Absent(f"rule-engine: {error}") from None
    dialect = Dialect(policy.vocabulary.facts)
    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    if meaning == "first hit":
        plain = [rule_engine.Rule(dialect.plain(rule.formula), context=context) for rule in policy.rules]

        def first(index: int) -> int:
            case = rows[index]
            for position, rule in enumerate(plain):
                if rule.matches(case):
                    return position
            raise AssertionError("the last rule is unconditional")

        return OneByOne("rule-engine", HOW_SIMPLE, first)
    pairs = [
        tuple(rule_engine.Rule(dialect.lowered(lower(rule.formula)), context=context) for lower in (maybe, definitely))
        for rule in policy.rules
    ]
    bits = Encoding.of(policy).bits

    def possible_outcomes(index: int) -> int:
        case, possible = rows[index], 0
        for position, (perhaps, sure) in enumerate(pairs):
            if perhaps.matches(case):
                possible |= bits[position]
                if sure.matches(case):
                    return encoded(position, possible)
        raise AssertionError("the last rule is unconditional")

    return OneByOne("rule-engine", HOW, possible_outcomes)


def whole(policy: Policy, rows: list[dict[str, Any]], meaning: Meaning) -> Contender:
    one = one_by_one(policy, rows, meaning)
    return Contender(one.name, one.how, len(rows), lambda: [one.decide_one(index) for index in range(len(rows))])
