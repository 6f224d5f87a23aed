"""The Markdown of a policy: front matter, headings, prose and fenced blocks, each with its place.

+++                    front matter: TOML between two lines of three plus signs
# Heading              the section that following rules belong to
```rule                a block: TOML up to the closing fence; the info string says what it is
```text                prose in a fence (also ```json, or no info string at all)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from instead.errors import Place, Problem, Problems, nearest, shown
from instead.toml_text import TomlText
from instead.toml_text import parse as parse_toml

BLOCKS = ("rule", "parameter", "track", "example", "promise")
_PROSE_FENCES = ("", "text", "json")
_MARKS = re.compile(r"`{3,}|~{3,}")
#: What may stand before a fence that only looks like one: a quotation, a list, a tab, too many spaces.
_BEFORE = re.compile(r"(?:[ \t>*+-]|\d{1,9}[.)])*")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its kind, its values with their places, its section and first line."""

    kind: str
    toml: TomlText
    section: str
    line: int


@dataclass(frozen=True, slots=True)
class _Fence:
    """An opening fence: its marks, and the words behind them."""

    marks: str
    info: str
    column: int
    inside: str = ""

    @property
    def kind(self) -> str:
        return self.info.split()[0] if self.info.split() else ""


def _fence(line: str) -> _Fence | None:
    """The fence that a line opens. ``inside`` says what keeps Markdown from reading it as one."""
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    marks = _MARKS.match(line, start)
    if marks is None:
        return None
    info = line[marks.end() :].strip()
    inside = ""
    if line[:start].strip(" ") or start > 3:
        inside = "indented" if not line[:start].strip() else "inside a quotation or a list"
    elif marks[0][0] == "`" and "`" in info:
        inside = "followed by a backtick"
    return _Fence(marks[0], info.replace("`", " ").strip(), start + 1, inside)


def _heading(line: str) -> str | None:
    content = line.strip()
    marks = len(content) - len(content.lstrip("#"))
    if not 1 <= marks <= 6 or content[marks : marks + 1] not in (" ", "\t"):
        return None
    return content[marks:].strip().rstrip("#").rstrip()


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document taken apart. ``lines`` is the text as written."""

    file: str
    lines: tuple[str, ...]
    front: TomlText
    blocks: tuple[Block, ...]


def scan(text: str, file: str, problems: list[Problem]) -> Document:
    """Take a document apart; what is wrong is added to ``problems`` and the rest is read on."""
    lines = tuple(text.replace("\r\n", "\n").split("\n"))
    front, body = _front_matter(lines, file, problems)
    blocks = _blocks(lines, body, file, problems)
    return Document(file, lines, front, tuple(blocks))


def _front_matter(lines: tuple[str, ...], file: str, problems: list[Problem]) -> tuple[TomlText, int]:
    """The front matter and the index of the first line after it."""
    empty = TomlText(file, {}, {})
    expected = "a line +++, then title, office, version, effective and vocabulary, then a line +++"
    if lines[0].strip() != "+++":
        problems.append(Problem("the document has no front matter", Place(file, 1), expected, excerpt=lines[0]))
        return empty, 0
    for index in range(1, len(lines)):
        if lines[index].strip() == "+++":
            try:
                return parse_toml("\n".join(lines[1:index]), file, first_line=2), index + 1
            except Problems as error:
                problems += error.problems
                return empty, index + 1
    problems.append(Problem("the front matter has no end", Place(file, 1), expected))
    return empty, 1


def _blocks(lines: tuple[str, ...], start: int, file: str, problems: list[Problem]) -> list[Block]:
    blocks: list[Block] = []
    section = ""
    index = start
    while index < len(lines):
        line = lines[index]
        section = _heading(line) or section
        fence = _fence(line)
        index += 1
        if fence is None:
            continue
        place = Place(file, index, fence.column)
        if fence.inside:
            if fence.kind.lower() in BLOCKS:
                message = f"a block that is {fence.inside} is not read"
                problems.append(Problem(message, place, "the fence at the start of its line", excerpt=line))
            continue
        end = _closing(lines, index - 1, fence.marks)
        if end is None:
            problems.append(Problem("the block is not closed", place, f"a line {fence.marks[:10]}", excerpt=line))
            break
        block = _block(lines[index:end], fence, place, section, problems, line)
        if block is not None:
            blocks.append(block)
        index = end + 1
    return blocks


def _closing(lines: tuple[str, ...], opening: int, marks: str) -> int | None:
    """The line that closes a fence: the same mark, at least as often, and nothing else."""
    for index in range(opening + 1, len(lines)):
        candidate = lines[index].strip()
        if candidate and set(candidate) == {marks[0]} and len(candidate) >= len(marks):
            return index
    return None


def _block(
    content: tuple[str, ...], fence: _Fence, place: Place, section: str, problems: list[Problem], line: str
) -> Block | None:
    kind = fence.kind
    if kind in _PROSE_FENCES:
        return None
    if kind not in BLOCKS:
        expected = ", ".join(BLOCKS) + "; or text for prose"
        near = nearest(kind, BLOCKS)
        problems.append(Problem(f"a block {shown(kind)} has no meaning", place, expected, near, line, len(line)))
        return None
    try:
        toml = parse_toml("\n".join(content), place.file, first_line=place.line + 1)
    except Problems as error:
        problems += error.problems
        return None
    return Block(kind, toml, section, place.line)
