"""A letter as a tagged PDF, and the same sentences as text."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import typst

from instead.errors import Problem, Problems
from instead.library import Library
from instead.office.letters.encode import encode, spell
from instead.office.letters.kinds import Letter
from instead.office.letters.parts import Language
from instead.office.letters.sources import Source, folder, sources

_PACKAGE = Library()
#: PDF/UA-1 makes typst refuse a letter without title, language or order, and one with a character it cannot show.
_STANDARD: Final = "ua-1"
_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_WHERE = re.compile(r"┌─ (\S+?):(\d+):(\d+)")
_MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a letter: its title, and its headings, paragraphs, items and rows in the order of reading."""

    title: str
    blocks: tuple[str, ...]


def render(letter: Letter, language: Language, *, library: Library = _PACKAGE) -> bytes:
    """The letter as a PDF that a screen reader can read. The same letter gives the same bytes.

    Only typst's own fonts are used, so that a letter looks the same everywhere; the system's fonts where a name has
    letters that those lack; and what no font can show is spelled out in brackets.
    Raises :class:`Problems` where a template is wrong.
    """
    press = _Press(sources(library), folder(library), letter, language)
    unshown: dict[str, str] = {}
    for fonts in [_fonts(system=False)] + [_fonts(system=True)] * _MOST_TRIES:
        try:
            return press.pdf(fonts, unshown)
        except typst.TypstError as error:
            found = _unshown(error)
            if not found:
                raise Problems([press.problem(error)]) from None
            if fonts is not _fonts(system=False):
                unshown |= {character: spell(character) for character in found}
    raise Problems([Problem(f"the template has characters that no font can show: {' '.join(unshown)}")])


def words(letter: Letter, language: Language, *, library: Library = _PACKAGE) -> Words:
    """The title and the very sentences of the PDF. Raises :class:`Problems` where a template is wrong."""
    press = _Press(sources(library), folder(library), letter, language)
    try:
        found = press.text()
    except RuntimeError:  # typst says where only when it makes a PDF
        try:
            press.pdf(_fonts(system=False), {}, form="text")
        except typst.TypstError as error:
            raise Problems([press.problem(error)]) from None
        raise
    return Words(found["title"], tuple(found["blocks"]))


def as_text(letter: Letter, language: Language, *, library: Library = _PACKAGE) -> str:
    """The sentences of the PDF for a web page, an e-mail or reading aloud; an empty line between blocks."""
    return "\n\n".join(words(letter, language, library=library).blocks)


@functools.cache
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=True)


def _unshown(error: typst.TypstError) -> set[str]:
    """The characters that typst could not show, from what it says."""
    return {character for found in _UNSHOWN.findall(error.diagnostic) for character in _unescaped(found)}


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


@dataclass(frozen=True, slots=True)
class _Press:
    """One letter, one language and the templates."""

    sources: Mapping[str, Source]
    root: Path
    letter: Letter
    language: Language

    @property
    def main(self) -> str:
        return f"{self.letter.kind}.{self.language}.typ"

    def pdf(self, fonts: typst.Fonts, spelled: dict[str, str], *, form: str = "pdf") -> bytes:
        made = self._compiler(fonts, form, spelled).compile(format="pdf", pdf_standards=_STANDARD)
        return cast(bytes, made)

    def text(self) -> dict[str, Any]:
        found = self._compiler(_fonts(system=False), "text", {}).query("<plain>", field="value", one=True)
        return cast("dict[str, Any]", json.loads(found))

    def _compiler(self, fonts: typst.Fonts, form: str, spelled: dict[str, str]) -> typst.Compiler:
        files = {name: source.text.encode() for name, source in self.sources.items()}
        files = {"main": files[self.main]} | files
        inputs = {"data": encode(self.letter, self.language, spelled), "language": self.language, "form": form}
        # typst takes files in memory by name, which its type hints leave out
        return typst.Compiler(cast(Any, files), root=self.root, font_paths=fonts, sys_inputs=inputs)

    def problem(self, error: typst.TypstError) -> Problem:
        """What is wrong with a template, where typst says."""
        found = _WHERE.search(error.diagnostic)
        name = Path(found[1]).name if found else ""
        source = self.sources.get(name, self.sources[self.main])
        line, column = (int(found[2]), int(found[3]) + 1) if found else (0, 0)  # typst counts columns from 0
        return Problem(error.message, source.place(line, column), " ".join(error.hints), excerpt=source.line(line))
