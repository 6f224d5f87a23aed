"""The truth of a formula for one partly known case, by the book."""

from __future__ import annotations

from instead.facts.formula import And, Compare, Constant, Dated, Formula, Member, Not, Or, compare
from instead.facts.kleene import Kleene, all_of, any_of, not_
from instead.facts.vocabulary import Case


def truth(node: Formula, case: Case) -> Kleene:
    """True, false or unknown (None)."""
    match node:
        case Constant(value):
            return value
        case Compare(fact, op, value):
            known = case.get(fact)
            return None if known is None else compare(known, op, value)
        case Member(fact, values, negated):
            known = case.get(fact)
            return None if known is None else (known in values) is not negated
        case Dated():
            day = case.get(node.date)
            return None if day is None else truth(node.at(day), case)
        case Not(operand):
            return not_(truth(operand, case))
        case And(operands):
            return all_of(truth(operand, case) for operand in operands)
        case Or(operands):
            return any_of(truth(operand, case) for operand in operands)
