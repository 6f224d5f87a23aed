"""Conditions as text in the language of a peer.

Two ways to write the same rule: ``plain`` leaves unknown facts to the peer's own treatment of null (or to complete
facts), ``lowered`` writes *definitely true* and *maybe true* as two ordinary conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from instead.facts.formula import And, Compare, Constant, Dated, Formula, Member, Not, Or
from instead.facts.lower import All, Any, Lowered, Perhaps, Sure, Test, Unknown
from instead.facts.vocabulary import Fact


@dataclass(frozen=True)
class Dialect:
    """How a language writes logic. The texts of yes/no facts and of null have ``{0}`` for the fact."""

    facts: Mapping[str, Fact]
    both: str = " and "
    either: str = " or "
    opposite: str = "not ({0})"
    equal: str = "=="
    true: str = "true"
    false: str = "false"
    unknown: str = "{0} == null"
    known: str = "{0} != null"
    yes: str = "{0} == true"
    no: str = "{0} == false"
    surely_yes: str = "{0} == true"
    surely_no: str = "{0} == false"
    maybe_yes: str = "{0} != false"
    maybe_no: str = "{0} != true"
    among: Callable[[str, str], str] = lambda fact, codes: f"{fact} in [{codes}]"

    def plain(self, node: Formula) -> str:
        """A condition as anyone would write it."""
        match node:
            case Constant(value):
                return self.true if value else self.false
            case Compare() | Member():
                if self._yes_no(node):
                    return (self.yes if self._wants_yes(node) else self.no).format(node.fact)
                return self._test(node)
            case Not(operand):
                return self.opposite.format(self.plain(operand))
            case And(operands):
                return "(" + self.both.join(map(self.plain, operands)) + ")"
            case Or(operands):
                return "(" + self.either.join(map(self.plain, operands)) + ")"
            case Dated():
                return self._dated(node)

    def _dated(self, node: Dated) -> str:
        starts = [since for since, _ in node.periods[1:]]
        options = []
        for index, (since, formula) in enumerate(node.periods):
            parts = [] if formula == Constant(True) else [self.plain(formula)]
            if index:
                parts.append(f"{node.date} >= {since}")
            if index < len(starts):
                parts.append(f"{node.date} < {starts[index]}")
            if formula != Constant(False):
                options.append("(" + self.both.join(parts) + ")")
        return "(" + self.either.join(options) + ")" if options else self.false

    def lowered(self, node: Lowered) -> str:
        """A lowered condition."""
        match node:
            case bool():
                return self.true if node else self.false
            case Unknown(fact):
                return f"({self.unknown.format(fact)})"
            case Sure(test):
                if self._yes_no(test):
                    return (self.surely_yes if self._wants_yes(test) else self.surely_no).format(test.fact)
                return f"({self.known.format(test.fact)}{self.both}{self._test(test)})"
            case Perhaps(test):
                if self._yes_no(test):
                    return (self.maybe_yes if self._wants_yes(test) else self.maybe_no).format(test.fact)
                return f"({self.unknown.format(test.fact)}{self.either}{self._test(test)})"
            case All(operands):
                return "(" + self.both.join(map(self.lowered, operands)) + ")"
            case Any(operands):
                return "(" + self.either.join(map(self.lowered, operands)) + ")"

    def _yes_no(self, test: Test) -> bool:
        return self.facts[test.fact].kind == "yes_no"

    @staticmethod
    def _wants_yes(test: Test) -> bool:
        assert isinstance(test, Compare)
        return (test.op == "==") is (test.value == 1)

    def _test(self, test: Test) -> str:
        if isinstance(test, Compare):
            return f"({test.fact} {self.equal if test.op == '==' else test.op} {test.value})"
        among = self.among(test.fact, ", ".join(map(str, sorted(test.values))))
        return self.opposite.format(among) if test.negated else among
