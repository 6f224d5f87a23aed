"""zen-engine: a decision table whose first column is a condition in ZEN's expression language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contender import Absent, Contender, Meaning, OneByOne, walk

from instead.facts.lower import definitely, maybe
from instead.policy.decision import Encoding
from instead.policy.model import Policy
from peers.dialect import Dialect

HOW = (
    'A decision table with the hit policy "collect": a row a rule, its condition *maybe true*, its outputs the rule '
    "and the expression *definitely true*; the first collected row that is definitely true ends the walk, in Python."
)
HOW_SIMPLE = 'A decision table with the hit policy "first".'


def whole(policy: Policy, rows: list[dict[str, Any]], meaning: Meaning) -> Contender:
    """All cases in one evaluation: the table loops over them inside the engine."""
    evaluate = _evaluator(_table(policy, meaning) | _LOOP)
    bits = Encoding.of(policy).bits
    if meaning == "first hit":

        def first() -> list[int]:
            return [row["rule"] for row in evaluate({"cases": rows}, {})["result"]["out"]]

        return Contender("zen-engine, one call for all", HOW_SIMPLE + " Loop mode.", len(rows), first)

    def collect() -> list[int]:
        results = evaluate({"cases": rows}, {})["result"]["out"]
        return [walk([(row["rule"], row["sure"]) for row in result], bits) for result in results]

    return Contender("zen-engine, one call for all", HOW + " Loop mode.", len(rows), collect)


def single(policy: Policy, rows: list[dict[str, Any]], meaning: Meaning) -> Contender:
    """One evaluation a case."""
    one = one_by_one(policy, rows, meaning, trace=False)

    def decide() -> list[int]:
        return [one.code(one.decide_one(index)) for index in range(len(rows))]

    return Contender("zen-engine, one call a case", one.how, len(rows), decide)


def one_by_one(policy: Policy, rows: list[dict[str, Any]], meaning: Meaning, *, trace: bool) -> OneByOne:
    evaluate = _evaluator(_table(policy, meaning))
    options: Any = {"trace": True} if trace else {}
    bits = Encoding.of(policy).bits
    name = "zen-engine with trace" if trace else "zen-engine"
    if meaning == "first hit":
        return OneByOne(
            name,
            HOW_SIMPLE,
            lambda index: evaluate(rows[index], options),
            lambda answer: answer["result"]["rule"],
        )

    def code(answer: Any) -> int:
        return walk([(row["rule"], row["sure"]) for row in answer["result"]], bits)

    return OneByOne(name, HOW, lambda index: evaluate(rows[index], options), code)


_LOOP = {"executionMode": "loop", "inputField": "cases", "outputPath": "out", "passThrough": False}


def _table(policy: Policy, meaning: Meaning) -> dict[str, Any]:
    dialect = Dialect(policy.vocabulary.facts)
    simple = meaning == "first hit"
    rows = []
    for index, rule in enumerate(policy.rules):
        row = {"_id": rule.id, "rule": str(index)}
        if simple:
            row["when"] = "" if rule.unconditional else dialect.plain(rule.formula)
        else:
            row["when"] = "" if rule.unconditional else dialect.lowered(maybe(rule.formula))
            row["sure"] = dialect.lowered(definitely(rule.formula))
        rows.append(row)
    fields = ["rule"] if simple else ["rule", "sure"]
    return {
        "hitPolicy": "first" if simple else "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": field, "name": field, "field": field} for field in fields],
        "rules": rows,
    }


def _evaluator(table: dict[str, Any]) -> Callable[[Any, Any], Any]:
    """Evaluates the table. Loaded once by the engine: a decision made with ``create_decision`` took
    more than ten times as long a call.
    """
    try:
        import zen
    except ImportError as error:
        raise Absent(f"zen-engine: {error}") from None
    nodes: list[dict[str, Any]] = [
        {"id": "request", "name": "request", "type": "inputNode"},
        {"id": "rules", "name": "rules", "type": "decisionTableNode", "content": table},
        {"id": "response", "name": "response", "type": "outputNode"},
    ]
    edges = [("request", "rules"), ("rules", "response")]
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [node | {"position": {"x": 0, "y": 0}} for node in nodes],
        "edges": [{"id": a + b, "type": "edge", "sourceId": a, "targetId": b} for a, b in edges],
    }
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"policy": graph}}})
    return lambda context, options: engine.evaluate("policy", context, options)
