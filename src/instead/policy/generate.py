"""Generated Python: the outcome of one case alone, as an encoded decision, in a microsecond or two.

Only numbers and names that were checked go into the source; nothing of a policy's text is ever executed.
"""

from __future__ import annotations

from collections.abc import Callable

from instead.facts.formula import DECISION_DATE, Compare
from instead.facts.lower import All, Any, Lowered, Perhaps, Sure, Test, Unknown, definitely, maybe
from instead.facts.vocabulary import Case
from instead.policy.decision import Encoding
from instead.policy.model import Policy

#: From a case to its encoded decision.
Decide = Callable[[Case], int]


def compile_policy(policy: Policy, day: int | None = None) -> Decide:
    """The function that decides cases under ``policy`` for decisions taken on ``day``."""
    namespace: dict[str, object] = {}
    exec(compile(generate_source(policy, day), f"<policy {policy.id}>", "exec"), namespace)
    decide = namespace["decide"]
    assert callable(decide)
    return decide


def generate_source(policy: Policy, day: int | None = None) -> str:
    """The Python source of that function: one test a rule, in order."""
    bound, encoding = policy.on(day), Encoding.of(policy)
    locals_ = {fact.name: f"v{index}" for index, fact in enumerate(bound.facts)}
    if bound.dated_by_decision:  # no day was given: the date of the decision is one more unknown
        locals_[DECISION_DATE] = "day"
    lines = ["def decide(case):", "    get = case.get"]
    lines += [f"    {local} = get({name!r})" for name, local in locals_.items()]
    lines.append("    possible = 0")
    for index, rule in enumerate(bound.rules):
        sure, perhaps = definitely(rule.formula), maybe(rule.formula)
        bit = encoding.bits[index]
        stop = [f"possible |= {bit}", f"return {index} if possible == {bit} else {encoding.base} + possible"]
        if sure is True:
            lines += [f"    {line}" for line in stop]
            break
        lines.append(f"    if {_source(perhaps, locals_)}:")
        lines.append(f"        if {_source(sure, locals_)}:")
        lines += [f"            {line}" for line in stop]
        lines.append(f"        possible |= {bit}")
    return "\n".join(lines) + "\n"


def _source(node: Lowered, locals_: dict[str, str]) -> str:
    match node:
        case bool():
            return str(node)
        case Unknown(fact):
            return f"{locals_[fact]} is None"
        case Sure(test):
            local = locals_[test.fact]
            return f"({local} is not None and {_test(test, local)})"
        case Perhaps(test):
            local = locals_[test.fact]
            return f"({local} is None or {_test(test, local)})"
        case All(operands):
            return "(" + " and ".join(_source(operand, locals_) for operand in operands) + ")"
        case Any(operands):
            return "(" + " or ".join(_source(operand, locals_) for operand in operands) + ")"


def _test(test: Test, local: str) -> str:
    if isinstance(test, Compare):
        return f"{local} {test.op} {test.value}"
    codes = ", ".join(map(str, sorted(test.values)))
    return f"{local} {'not in' if test.negated else 'in'} ({codes},)"
