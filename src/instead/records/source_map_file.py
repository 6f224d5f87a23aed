"""Opening a source map: read from TOML, with every mistake reported at once, and checked against a vocabulary."""

from __future__ import annotations

import hashlib
from pathlib import Path

from instead.errors import Problem, Problems
from instead.facts.vocabulary import ValueProblem, Vocabulary
from instead.library import Library
from instead.records.source_map import SourceMap
from instead.records.source_map_reader import MapReader
from instead.toml_text import parse as parse_toml
from instead.toml_text import read_text


def open_source(name: str, library: Library) -> SourceMap:
    """The source map of a library name or a path."""
    path = library.find("sources", name)
    return parse_source(read_text(path), str(path))


def check_against(source: SourceMap, vocabulary: Vocabulary, file: str) -> None:
    """Raise :class:`Problems` for facts and values of the map that the vocabulary does not have."""
    toml = parse_toml(read_text(Path(file)), file)
    problems: list[Problem] = []
    for shelf, index, name, values in _facts_named(source):
        if name not in vocabulary:
            near = vocabulary.nearest(name)
            problems.append(toml.problem((shelf, index), f"`{name}` is no fact", f"a fact of {vocabulary.id}", near))
            continue
        for value in values:
            try:
                vocabulary[name].code(value)
            except ValueProblem as error:
                problems.append(toml.problem((shelf, index), f"{name}: {error}", error.expected, error.near))
    if problems:
        raise Problems(problems)


def _facts_named(source: SourceMap) -> list[tuple[str, int, str, list[object]]]:
    mapped = [
        ("fact", i, m.fact, [v for v in (m.values or {}).values() if v != "unknown"])
        for i, m in enumerate(source.facts)
    ]
    return mapped + [("assume", i, a.fact, [a.value]) for i, a in enumerate(source.assumptions) if a.fact]


def parse_source(text: str, file: str) -> SourceMap:
    """The source map in a text; raises :class:`Problems` with everything that is wrong with its shape."""
    toml = parse_toml(text, file)
    reader = MapReader(toml)
    source = reader.source(hashlib.sha256(text.encode()).hexdigest())
    if reader.problems:
        raise Problems(reader.problems)
    return source
