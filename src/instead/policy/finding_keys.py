"""What the finding of a rule depends on: the truths of its tests, and nothing else.

Cases that pass and fail the same tests get the same finding, so the interpreter can keep it. The key of a case is made
by generated code; only checked names and numbers go into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from instead.facts.formula import Compare, Dated, Formula, Member, children
from instead.facts.vocabulary import Case

#: From a case to one key for each formula: the truths of its tests in walk order.
Keys = Callable[[Case], tuple[object, ...]]


def compile_keys(formulas: Sequence[Formula]) -> Keys:
    """The function that makes the keys of a case."""
    names: dict[str, str] = {}
    keys = ["(" + "".join(f"{test}, " for test in _tests(formula, names)) + ")" for formula in formulas]
    lines = [
        "def keys(case):",
        "    get = case.get",
        *(f"    {local} = get({name!r})" for name, local in names.items()),
    ]
    namespace: dict[str, object] = {}
    exec("\n".join([*lines, f"    return ({', '.join(keys)},)"]), namespace)
    found = namespace["keys"]
    assert callable(found)
    return found


def _tests(node: Formula, names: dict[str, str]) -> Iterator[str]:
    """The source of each test in a formula: true, false, or None where the fact is unknown."""
    if isinstance(node, Compare | Member):
        local = names.setdefault(node.fact, f"v{len(names)}")
        codes = "".join(f"{code}, " for code in sorted(node.values)) if isinstance(node, Member) else ""
        test = f"{local} {node.op} {node.value}" if isinstance(node, Compare) else f"{local} in ({codes})"
        yield f"None if {local} is None else {test}"
    elif isinstance(node, Dated):
        local = names.setdefault(node.date, f"v{len(names)}")
        yield f"{local} is None"
        for since, _ in node.periods[1:]:
            yield f"{local} is not None and {local} >= {since}"
    for child in children(node):
        yield from _tests(child, names)
