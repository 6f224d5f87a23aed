"""Conditions: a small typed subset of Python expressions, parsed with ``ast`` and never executed.

    and, or, not, parentheses
    one fact compared with a literal or a parameter      cannabis_mg <= "30 g"     18 <= age < 65
    one fact among literals                              drug_known_by in ("field_test", "laboratory")
    a yes/no fact or parameter on its own                possession_only

No calls, attributes, arithmetic or fact-to-fact comparison. All mistakes of a condition are reported at once,
each with line, column, a caret, what was expected and the nearest right name.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from instead.errors import Place, Problem, Problems
from instead.facts.formula import FLIPPED, And, Compare, Constant, Dated, Formula, Member, Not, Op, Or, compare
from instead.facts.scope import Parameter, Scope, shape_of
from instead.facts.vocabulary import Fact, ValueProblem
from instead.toml_text import KeyPath, TomlText

#: Longest condition that is read at all.
LONGEST = 10_000
#: Deepest nesting of and, or, not and parentheses.
DEEPEST = 60

_OPS: dict[type[ast.cmpop], Op] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.GtE: ">=",
    ast.Gt: ">",
}
_ALLOWED = "and, or, not, parentheses, and comparisons of one fact with literals or parameters"
_NOT_ALLOWED: dict[type[ast.AST], str] = {
    ast.Call: "a call",
    ast.Attribute: "an attribute (a dot)",
    ast.BinOp: "arithmetic",
    ast.Subscript: "an index",
    ast.Lambda: "a function",
    ast.IfExp: "if … else",
    ast.NamedExpr: "an assignment",
    ast.JoinedStr: "a format string",
}


@dataclass(frozen=True, slots=True)
class ConditionText:
    """A condition as it stands in its file: where its first character is, and the lines for quoting."""

    text: str
    file: str = ""
    line: int = 1
    column: int = 1
    lines: tuple[str, ...] = ()

    def problem(self, offset: int, width: int, message: str, expected: str = "", near: str = "") -> Problem:
        """A problem ``offset`` characters into the condition."""
        before = self.text[:offset]
        breaks = before.count("\n")
        column = offset - before.rfind("\n") if breaks else offset + self.column
        line = self.line + breaks
        own = self.text.split("\n")[breaks] if breaks else " " * (self.column - 1) + self.text.split("\n")[0]
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else own
        return Problem(message, Place(self.file, line, column), expected, near, excerpt, width)


def condition_at(toml: TomlText, path: KeyPath, value: str, lines: tuple[str, ...], line: int = 1) -> ConditionText:
    """A condition under a key of a TOML text, with the true place of its first character.

    Raises :class:`Problems` for an escape: a condition allows none, so that columns are true. ``line`` is where to
    point when the key itself has no place.
    """
    spot = toml.spots.get(path)
    if spot is None:
        return ConditionText(value, toml.file, line, 1, lines)
    triple = spot.raw[:3] in ('"""', "'''")
    if spot.raw.startswith('"') and "\\" in spot.raw:
        before = spot.raw[: spot.raw.index("\\")]
        place = Place(toml.file, spot.line + before.count("\n"), 0 if "\n" in before else spot.column + len(before))
        raise Problems(
            [
                Problem(
                    "an escape (a backslash) cannot stand in a condition",
                    place,
                    "single quotes inside",
                    excerpt=lines[place.line - 1] if place.line <= len(lines) else "",
                )
            ]
        )
    quotes = 3 if triple else 1
    if triple and spot.raw[3:4] in ("\n", "\r"):
        return ConditionText(value, toml.file, spot.line + 1, 1, lines)
    return ConditionText(value, toml.file, spot.line, spot.column + quotes, lines)


def parse_condition(source: ConditionText, scope: Scope) -> Formula:
    """The formula of a condition; raises :class:`Problems` with everything that is wrong with it."""
    tree, start = _parse(source)
    reader = _Reader(source, scope, start)
    formula = reader.formula(tree, 0)
    if reader.problems:
        raise Problems(reader.problems)
    return formula


def _parse(source: ConditionText) -> tuple[ast.expr, int]:
    text = source.text
    if len(text) > LONGEST:
        message = f"the condition has {len(text):,} characters"
        raise Problems([source.problem(0, 1, message, f"at most {LONGEST:,} characters; split it into rules")])
    for mark, reason in (("#", "a comment cannot stand inside a condition"), ("\\", "a backslash has no meaning")):
        if mark in text:
            raise Problems([source.problem(text.index(mark), 1, f"{reason} (`{mark}`)", _ALLOWED)])
    start = len(text) - len(text.lstrip())
    if not text.strip():
        raise Problems([source.problem(0, 1, "the condition is empty", _ALLOWED)])
    strange = _outside_quotes(text)
    if strange is not None:
        message = f"the character {text[strange]!a} cannot stand here, though it may look like another"
        raise Problems([source.problem(strange, 1, message, "plain letters, digits and signs")])
    flat = text.replace("\r", " ").replace("\n", " ")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(flat[start:].rstrip(), mode="eval").body, start
    except SyntaxError as error:
        offset = start + max(0, (error.offset or 1) - 1)
        raise Problems([source.problem(offset, 1, f"cannot be read: {error.msg}", _ALLOWED)]) from None
    except (RecursionError, MemoryError, ValueError):
        raise Problems([source.problem(0, 1, "nested too deeply to be read", f"at most {DEEPEST} levels")]) from None


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def _outside_quotes(text: str) -> int | None:
    """The first character outside quotes that is not plain ASCII: Python would read look-alikes as letters."""
    if text.isascii():
        return None
    blanked = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    return next((index for index, character in enumerate(blanked) if not character.isascii()), None)


@dataclass(slots=True)
class _Reader:
    source: ConditionText
    scope: Scope
    start: int
    problems: list[Problem] = field(default_factory=list)

    def complain(self, node: ast.AST, message: str, expected: str = "", near: str = "") -> Formula:
        """Note a problem at a node and go on with something harmless, so that all are found at once."""
        begin, end = self._offset(node, "col_offset"), self._offset(node, "end_col_offset")
        self.problems.append(self.source.problem(begin, max(1, end - begin), message, expected, near))
        return Constant(True)

    def _offset(self, node: ast.AST, which: str) -> int:
        """Characters from the start of the condition; ``ast`` counts UTF-8 bytes."""
        encoded = self.source.text[self.start :].encode("utf-8")
        return self.start + len(encoded[: getattr(node, which, 0)].decode("utf-8", "ignore"))

    def formula(self, node: ast.expr, depth: int) -> Formula:
        if depth > DEEPEST:
            if any("nested too deeply" in problem.message for problem in self.problems):
                return Constant(True)
            return self.complain(node, "nested too deeply", f"at most {DEEPEST} levels")
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return And(tuple(self.formula(value, depth + 1) for value in values))
            case ast.BoolOp(values=values):
                return Or(tuple(self.formula(value, depth + 1) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.formula(operand, depth + 1))
            case ast.Compare():
                return self.comparison(node)
            case ast.Name(id=name):
                return self.yes_no(node, name)
        return self.refuse(node)

    def refuse(self, node: ast.expr) -> Formula:
        if isinstance(node, ast.Constant):
            return self.complain(node, "a literal on its own decides nothing", "a fact compared with it")
        what = _NOT_ALLOWED.get(type(node), "this")
        return self.complain(node, f"{what} cannot stand in a condition", _ALLOWED)

    def named(self, node: ast.expr) -> Fact | Parameter | None:
        """What a name means, or None with a problem noted."""
        if not isinstance(node, ast.Name):
            self.refuse(node)
            return None
        found = self.scope.find(node.id)
        if found is None and node.id not in self.scope.refused:
            message = f"`{node.id}` is neither a fact nor a parameter"
            self.complain(node, message, "a fact of the vocabulary or a parameter", self.scope.nearest(node.id))
        return found

    def yes_no(self, node: ast.Name, name: str) -> Formula:
        found = self.named(node)
        if found is None:
            return Constant(True)
        shape = shape_of(found)
        if shape.kind != "yes_no":
            return self.complain(node, f"`{name}` is no yes/no fact", f"a comparison: `{name}` is {shape.expected()}")
        return _test(found, lambda code: code == 1) if isinstance(found, Parameter) else Compare(name, "==", 1)

    def comparison(self, node: ast.Compare) -> Formula:
        """``a < b``, or a chain such as ``18 <= age < 65``."""
        sides = [node.left, *node.comparators]
        links = [self.link(left, op, right) for left, op, right in zip(sides, node.ops, sides[1:], strict=False)]
        return links[0] if len(links) == 1 else And(tuple(links))

    def link(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Formula:
        if isinstance(op, ast.In | ast.NotIn):
            return self.membership(left, right, negated=isinstance(op, ast.NotIn))
        if type(op) not in _OPS:
            return self.complain(left, "`is` cannot stand in a condition", "==, !=, <, <=, >, >= or in")
        sign = _OPS[type(op)]
        if not isinstance(left, ast.Name):
            if not isinstance(right, ast.Name):
                self.complain(left, "neither side of the comparison is a fact", "one fact and a literal or parameter")
                return Constant(True)
            left, right, sign = right, left, FLIPPED[sign]
        return self.names_and_literal(left, sign, right)

    def names_and_literal(self, left: ast.expr, sign: Op, right: ast.expr) -> Formula:
        subject = self.named(left)
        if isinstance(right, ast.Name) and not (subject is None and self.scope.find(right.id) is None):
            other = self.named(right)
            if subject is None or other is None:
                return Constant(True)
            if isinstance(subject, Parameter) and isinstance(other, Fact):
                subject, other, sign, left, right = other, subject, FLIPPED[sign], right, left
            return self.two_names(left, subject, sign, right, other)
        if subject is None:
            return Constant(True)
        code = self.literal(right, subject, sign)
        if code is None:
            return Constant(True)
        if isinstance(subject, Parameter):
            return _test(subject, lambda value: compare(value, sign, code))
        return Compare(subject.name, sign, code)

    def two_names(
        self, left: ast.expr, subject: Fact | Parameter, sign: Op, right: ast.expr, other: Fact | Parameter
    ) -> Formula:
        if isinstance(subject, Parameter) or isinstance(other, Fact):
            what = "two parameters" if isinstance(subject, Parameter) else "two facts"
            return self.complain(right, f"{what} cannot be compared with each other", "a literal or a parameter")
        mine, theirs = subject, other.shape
        if (mine.kind, mine.unit, mine.members) != (theirs.kind, theirs.unit, theirs.members):
            message = f"`{other.name}` cannot be compared with `{mine.name}`: they are of different kinds"
            return self.complain(right, message, f"{mine.expected()}; `{other.name}` is {theirs.expected()}")
        if not self.ordered(left, mine, sign):
            return Constant(True)
        return _in_force(other, lambda code: Compare(mine.name, sign, code, other.name))

    def literal(self, node: ast.expr, subject: Fact | Parameter, sign: Op) -> int | None:
        """The code of a literal compared with ``subject``, or None with a problem noted."""
        shape = shape_of(subject)
        return self.literal_code(node, shape) if self.ordered(node, shape, sign) else None

    def ordered(self, node: ast.expr, shape: Fact, sign: Op) -> bool:
        if shape.kind == "yes_no":
            self.complain(
                node, f"`{shape.name}` is yes or no and is not compared", f"`{shape.name}` or `not {shape.name}`"
            )
            return False
        if shape.kind == "one_of" and sign not in ("==", "!="):
            self.complain(node, f"`{shape.name}` has no order: {sign} has no meaning", "==, != or in")
            return False
        return True

    def literal_code(self, node: ast.expr, shape: Fact) -> int | None:
        value: object = None
        match node:
            case ast.Constant(value=value):
                pass
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))) if not isinstance(number, bool):
                value = -number
            case _:
                self.refuse(node)
                return None
        if shape.kind == "amount" and isinstance(value, int):
            self.complain(node, "a bare number is no amount", shape.expected())
            return None
        try:
            return shape.code(value)
        except ValueProblem as problem:
            self.complain(node, str(problem), problem.expected, problem.near)
            return None

    def membership(self, left: ast.expr, right: ast.expr, *, negated: bool) -> Formula:
        subject = self.named(left)
        if not isinstance(right, ast.Tuple | ast.List | ast.Set) or not right.elts:
            return self.complain(right, "`in` needs a list of literals", 'for instance `in ("a", "b")`')
        if subject is None or not self.ordered(left, shape_of(subject), "=="):
            return Constant(True)
        codes = frozenset(
            code for item in right.elts if (code := self.literal_code(item, shape_of(subject))) is not None
        )
        if isinstance(subject, Parameter):
            return _test(subject, lambda value: (value in codes) is not negated)
        return Member(subject.name, codes, negated)


def _test(parameter: Parameter, passes: Callable[[int], bool]) -> Formula:
    """A test of a parameter alone: true or false in each of its periods."""
    return _in_force(parameter, lambda code: Constant(bool(passes(code)), parameter.name))


def _in_force(parameter: Parameter, formula_of: Callable[[int], Formula]) -> Formula:
    """``formula_of(code)`` for the value in force; periods with equal values are one."""
    periods: list[tuple[int, Formula]] = []
    values: list[int] = []
    for since, code in parameter.periods:
        if not values or values[-1] != code:
            periods.append((since, formula_of(code)))
            values.append(code)
    if len(periods) == 1:
        return periods[0][1]
    return Dated(parameter.date, tuple(periods), parameter.name)
