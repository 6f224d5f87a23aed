"""Reading a source map from TOML, with every mistake reported at once."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path
from typing import Any

from instead.errors import Problem, Problems, nearest
from instead.facts.units import MASS, factor
from instead.facts.vocabulary import ValueProblem, Vocabulary
from instead.facts.vocabulary_file import unknown_keys
from instead.library import Library
from instead.records.source_map import (
    Assumption,
    CaseMap,
    ChargesMap,
    Correction,
    DrugsMap,
    FactMap,
    Key,
    SourceMap,
    TableMap,
)
from instead.toml_text import KeyPath, TomlText, read_text
from instead.toml_text import parse as parse_toml

_KEYS: dict[str, tuple[str, ...]] = {
    "": (
        "id",
        "title",
        "vocabulary",
        "statutes",
        "dates",
        "cannot_answer",
        "table",
        "case",
        "charges",
        "drugs",
        "fact",
        "correct",
        "assume",
        "attributes",
    ),
    "table": (
        "name",
        "files",
        "delimiter",
        "encoding",
        "list",
        "merge_exact_duplicates",
        "optional",
    ),
    "case": ("table", "id", "otherwise", "key", "order", "by_row", "remove", "pattern"),
    "charges": (
        "table",
        "case",
        "citation",
        "grade",
        "date",
        "sequence",
        "letters",
        "explode",
        "primary_only",
        "remove",
        "pattern",
    ),
    "drugs": (
        "table",
        "case",
        "drug",
        "quantity",
        "unit",
        "names",
        "units",
        "complete",
        "known_by",
        "remove",
        "pattern",
    ),
    "fact": ("name", "column", "table", "values", "years_since", "unit", "round_down"),
    "correct": ("table", "column", "where", "divide", "because"),
    "assume": ("fact", "value", "drugs_complete", "primary_charge_only", "because"),
}


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
    reader = _Reader(toml)
    source = reader.source(hashlib.sha256(text.encode()).hexdigest())
    if reader.problems:
        raise Problems(reader.problems)
    return source


class _Reader:
    def __init__(self, toml: TomlText) -> None:
        self.toml = toml
        self.problems: list[Problem] = []
        self.tables: list[str] = []

    def source(self, digest: str) -> SourceMap:
        data = self.toml.data
        self.problems += unknown_keys(self.toml, (), data, _KEYS[""])
        for key in ("id", "title", "vocabulary"):
            self.text((), data, key, required=True)
        tables = tuple(self.table(("table", i), t) for i, t in enumerate(data.get("table", [])))
        if not tables:
            self.complain((), "the map has no [[table]]", 'name = "…", files = ["…"]')
        self.tables = [table.name for table in tables]
        return SourceMap(
            id=str(data.get("id")),
            title=str(data.get("title")),
            vocabulary=str(data.get("vocabulary")),
            statutes=str(data.get("statutes", "")),
            tables=tables,
            case=self.case(("case",), data.get("case", {})),
            charges=self.charges(("charges",), data["charges"]) if "charges" in data else None,
            drugs=self.drugs(("drugs",), data["drugs"]) if "drugs" in data else None,
            facts=tuple(self.fact(("fact", i), f) for i, f in enumerate(data.get("fact", []))),
            corrections=tuple(self.correction(("correct", i), c) for i, c in enumerate(data.get("correct", []))),
            assumptions=tuple(self.assumption(("assume", i), a) for i, a in enumerate(data.get("assume", []))),
            attributes={str(k): str(v) for k, v in data.get("attributes", {}).items()},
            date_formats=tuple(data.get("dates", ("%Y-%m-%d",))),
            cannot_answer=tuple(data.get("cannot_answer", ())),
            digest=digest,
        )

    def complain(self, path: KeyPath, message: str, expected: str = "", near: str = "") -> None:
        self.problems.append(self.toml.problem(path, message, expected, near))

    def known(self, path: KeyPath, data: dict[str, Any]) -> None:
        self.problems += unknown_keys(self.toml, path, data, _KEYS[str(path[0])])

    def text(self, path: KeyPath, data: dict[str, Any], key: str, *, required: bool = False) -> str:
        value = data.get(key, "")
        if not isinstance(value, str) or (required and not value):
            self.complain(
                (*path, key), f"`{key}` is missing" if key not in data else f"`{key}` is no text", f'{key} = "…"'
            )
            return ""
        return value

    def texts(self, path: KeyPath, data: dict[str, Any], key: str, *, required: bool = False) -> tuple[str, ...]:
        value = data.get(key, [])
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value) or (required and not value):
            self.complain((*path, key), f"`{key}` is no list of names", f'{key} = ["…"]')
            return ()
        return tuple(value)

    def table_name(self, path: KeyPath, data: dict[str, Any], *, required: bool = True) -> str:
        name = self.text(path, data, "table", required=required)
        if name and name not in self.tables:
            near = nearest(name, self.tables)
            self.complain((*path, "table"), f"there is no table `{name}`", ", ".join(self.tables), near)
        return name

    def pair(self, path: KeyPath, data: dict[str, Any], key: str, one: str, two: str) -> tuple[str, str] | None:
        value = data.get(key)
        if value is None:
            return None
        if isinstance(value, dict) and set(value) == {one, two} and all(isinstance(v, str) for v in value.values()):
            return value[one], value[two]
        self.complain((*path, key), f"`{key}` cannot be read", f'{{ {one} = "…", {two} = "…" }}')
        return None

    def table(self, path: KeyPath, data: dict[str, Any]) -> TableMap:
        self.known(path, data)
        encoding = self.text(path, data, "encoding") or "utf-8"
        try:
            codecs.lookup(encoding)
        except LookupError:
            self.complain((*path, "encoding"), f"{encoding!r} is no encoding", "utf-8, latin-1, cp1252, …")
        delimiter = self.text(path, data, "delimiter") or ","
        if len(delimiter) != 1:
            self.complain((*path, "delimiter"), f"{delimiter!r} is no delimiter", "one character")
        return TableMap(
            name=self.text(path, data, "name", required=True),
            files=self.texts(path, data, "files"),
            delimiter=delimiter,
            encoding=encoding,
            list_of=self.pair(path, data, "list", "of", "name"),
            merge_exact_duplicates=bool(data.get("merge_exact_duplicates", False)),
            optional=bool(data.get("optional", False)),
        )

    def key(self, path: KeyPath, data: dict[str, Any], which: str, *, required: bool = True) -> Key:
        columns = self.texts(path, data, which, required=required)
        return Key(columns, self.regex(path, data, "remove"), self.regex(path, data, "pattern"))

    def regex(self, path: KeyPath, data: dict[str, Any], key: str) -> re.Pattern[str] | None:
        text = self.text(path, data, key)
        try:
            return re.compile(text) if text else None
        except re.error as error:
            self.complain((*path, key), f"not a regular expression: {error}")
            return None

    def case(self, path: KeyPath, data: dict[str, Any]) -> CaseMap:
        self.known(path, data)
        by_row = bool(data.get("by_row", False))
        return CaseMap(
            table=self.table_name(path, data),
            id=self.key(path, data, "id", required=not by_row),
            otherwise=self.texts(path, data, "otherwise"),
            key=self.texts(path, data, "key"),
            order=self.text(path, data, "order"),
            by_row=by_row,
        )

    def charges(self, path: KeyPath, data: dict[str, Any]) -> ChargesMap:
        self.known(path, data)
        return ChargesMap(
            table=self.table_name(path, data),
            case=self.key(path, data, "case"),
            citation=self.text(path, data, "citation", required=True),
            grade=self.text(path, data, "grade"),
            date=self.text(path, data, "date"),
            sequence=self.text(path, data, "sequence"),
            letters=self.pair(path, data, "letters", "column", "citation"),
            explode=self.pair(path, data, "explode", "column", "by"),
            primary_only=bool(data.get("primary_only", False)),
        )

    def drugs(self, path: KeyPath, data: dict[str, Any]) -> DrugsMap:
        self.known(path, data)
        units = {str(k): str(v) for k, v in data.get("units", {}).items()}
        for unit, ours in units.items():
            if ours and factor(ours, MASS) is None:
                self.complain((*path, "units"), f"{unit} = {ours!r} is no unit of mass", "mg, g, kg, oz, lb, or empty")
        return DrugsMap(
            table=self.table_name(path, data),
            case=self.key(path, data, "case"),
            drug=self.text(path, data, "drug", required=True),
            quantity=self.text(path, data, "quantity", required=True),
            unit=self.text(path, data, "unit", required=True),
            names={str(k): str(v) for k, v in data.get("names", {}).items()},
            units=units,
            complete=self.text(path, data, "complete"),
            known_by=self.text(path, data, "known_by"),
        )

    def fact(self, path: KeyPath, data: dict[str, Any]) -> FactMap:
        self.known(path, data)
        values = data.get("values")
        if values is not None and not isinstance(values, dict):
            self.complain((*path, "values"), "`values` is no table", 'values = { "1" = true, "0" = false }')
            values = None
        return FactMap(
            fact=self.text(path, data, "name", required=True),
            column=self.text(path, data, "column", required=True),
            table=self.table_name(path, data, required=False),
            values=values,
            years_since=self.text(path, data, "years_since"),
            unit=self.text(path, data, "unit"),
            round_down=bool(data.get("round_down", False)),
        )

    def correction(self, path: KeyPath, data: dict[str, Any]) -> Correction:
        self.known(path, data)
        divide = data.get("divide")
        if not isinstance(divide, int) or divide < 2:
            self.complain((*path, "divide"), "`divide` is no whole number above 1", "divide = 1000")
            divide = 2
        where = data.get("where", {})
        if not isinstance(where, dict) or not where:
            self.complain((*path, "where"), "a correction needs `where`", 'where = { column = "value" }')
            where = {}
        return Correction(
            table=self.table_name(path, data),
            column=self.text(path, data, "column", required=True),
            where={str(k): str(v) for k, v in where.items()},
            divide=divide,
            because=self.text(path, data, "because", required=True),
        )

    def assumption(self, path: KeyPath, data: dict[str, Any]) -> Assumption:
        self.known(path, data)
        given = ("fact" in data, bool(data.get("drugs_complete")), bool(data.get("primary_charge_only")))
        if sum(given) != 1 or ("fact" in data) is not ("value" in data):
            expected = "fact and value, or drugs_complete = true, or primary_charge_only = true"
            self.complain(path, "an assumption cannot be read", expected)
        return Assumption(
            because=self.text(path, data, "because", required=True),
            fact=self.text(path, data, "fact"),
            value=data.get("value"),
            drugs_complete=given[1],
            primary_charge_only=given[2],
        )
