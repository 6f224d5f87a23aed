"""Which partly known cases are possible: some completion satisfies every constraint of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from instead.facts.evaluate import truth
from instead.facts.formula import Compare, Dated, Formula, Member, children, facts_in
from instead.facts.vocabulary import Case, Constraint, Vocabulary


def broken_constraint(case: Case, vocabulary: Vocabulary) -> Constraint | None:
    """A constraint that no completion of the case can satisfy together with the others, or None."""
    doubtful: list[Constraint] = []
    for constraint in vocabulary.constraints:
        value = truth(constraint.formula, case)
        if value is False:
            return constraint
        if value is None:
            doubtful.append(constraint)
    if not doubtful or completion(case, vocabulary) is not None:
        return None
    return doubtful[0]


def completion(case: Case, vocabulary: Vocabulary) -> dict[str, int | None] | None:
    """The case with enough unknown facts filled in that every constraint is true, or None when that is impossible."""
    formulas = [constraint.formula for constraint in vocabulary.constraints]
    return _complete(dict(case), formulas, vocabulary, representatives(vocabulary, formulas))


def _complete(
    case: dict[str, int | None],
    formulas: list[Formula],
    vocabulary: Vocabulary,
    values: dict[str, tuple[int, ...]],
) -> dict[str, int | None] | None:
    open_formulas = []
    for formula in formulas:
        value = truth(formula, case)
        if value is False:
            return None
        if value is None:
            open_formulas.append(formula)
    if not open_formulas:
        return case
    fact = next(name for name in facts_in(open_formulas[0]) if case.get(name) is None)
    for code in values[fact]:
        found = _complete({**case, fact: code}, open_formulas, vocabulary, values)
        if found is not None:
            return found
    return None


def representatives(vocabulary: Vocabulary, formulas: Iterable[Formula]) -> dict[str, tuple[int, ...]]:
    """For each fact, one code from every stretch of its domain that the formulas can tell apart, ascending."""
    starts: dict[str, set[int]] = {}
    for formula in formulas:
        for fact, code in _starts(formula):
            starts.setdefault(fact, set()).add(code)
    return {
        name: tuple(sorted({fact.low, *(c for c in starts.get(name, ()) if fact.low <= c <= fact.high)}))
        for name, fact in vocabulary.facts.items()
    }


def _starts(node: Formula) -> Iterator[tuple[str, int]]:
    """The codes at which some test in the formula may change its answer."""
    if isinstance(node, Compare):
        yield node.fact, node.value
        yield node.fact, node.value + 1
    elif isinstance(node, Member):
        for value in node.values:
            yield node.fact, value
            yield node.fact, value + 1
    elif isinstance(node, Dated):
        for since, _ in node.periods[1:]:
            yield node.date, since
    for child in children(node):
        yield from _starts(child)
