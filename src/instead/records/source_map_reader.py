"""From the tables of a TOML text to a source map: every field checked, every mistake collected."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from typing import Any

import polars as pl

from instead.errors import Problem, nearest
from instead.facts.units import MASS, SMALLEST_UNITS, factor
from instead.facts.vocabulary_file import unknown_keys
from instead.records.drugs import WORDS
from instead.records.source_map import (
    IDENTITY,
    WARRANTS,
    Assumption,
    CaseMap,
    ChargesMap,
    Correction,
    DrugsMap,
    FactMap,
    Key,
    SourceMap,
    TableMap,
    WarrantsMap,
)
from instead.toml_text import KeyPath, TomlText

_A_DAY = dt.date(2019, 5, 14)
#: The keys of each table of a map; "" is the top.
KEYS: dict[str, tuple[str, ...]] = {
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
        "warrants",
        "fact",
        "correct",
        "assume",
        "attributes",
        "identity",
    ),
    "identity": IDENTITY,
    "table": (
        "name",
        "files",
        "delimiter",
        "quote",
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
        "law_date",
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
    "warrants": ("table", "case", "kind", "issued", "names", "of_this_case", "remove", "pattern"),
    "fact": ("name", "column", "table", "values", "years_since", "unit", "round_down", "first"),
    "correct": ("table", "column", "where", "divide", "because"),
    "assume": ("fact", "value", "drugs_complete", "primary_charge_only", "because"),
}


class MapReader:
    """Reads one map; what is wrong is in ``problems``."""

    def __init__(self, toml: TomlText) -> None:
        self.toml = toml
        self.problems: list[Problem] = []
        self.tables: list[str] = []

    def source(self, digest: str) -> SourceMap:
        data = self.toml.data
        self.problems += unknown_keys(self.toml, (), data, KEYS[""])
        for key in ("id", "title", "vocabulary"):
            self.text((), data, key, required=True)
        tables = tuple(self.table(("table", i), t) for i, t in enumerate(self.toml.tables("table", self.problems)))
        if not tables:
            self.complain((), "the map has no [[table]]", 'name = "…", files = ["…"]')
        self.tables = [table.name for table in tables]
        self.check_lists(tables)
        case, charges, drugs, warrants = (
            self.toml.table(name, self.problems) for name in ("case", "charges", "drugs", "warrants")
        )
        attributes = self.toml.table("attributes", self.problems)
        for name, column in attributes.items():
            if not isinstance(column, str):
                self.complain(("attributes", name), f"`{name}` names no column", f'{name} = "column"')
        return SourceMap(
            id=str(data.get("id")),
            title=str(data.get("title")),
            vocabulary=str(data.get("vocabulary")),
            statutes=self.text((), data, "statutes", required="charges" in data),
            tables=tables,
            case=self.case(("case",), case),
            charges=self.charges(("charges",), charges) if charges else None,
            drugs=self.drugs(("drugs",), drugs) if drugs else None,
            warrants=self.warrants(("warrants",), warrants) if warrants else None,
            facts=tuple(self.fact(("fact", i), f) for i, f in enumerate(self.toml.tables("fact", self.problems))),
            corrections=tuple(
                self.correction(("correct", i), c) for i, c in enumerate(self.toml.tables("correct", self.problems))
            ),
            assumptions=tuple(
                self.assumption(("assume", i), a) for i, a in enumerate(self.toml.tables("assume", self.problems))
            ),
            attributes={str(name): str(column) for name, column in attributes.items()},
            identity=self.identity(),
            date_formats=self.formats(data),
            cannot_answer=self.texts((), data, "cannot_answer"),
            digest=digest,
        )

    def identity(self) -> dict[str, str]:
        """The columns with who, when and where."""
        table = self.toml.table("identity", self.problems)
        self.problems += unknown_keys(self.toml, ("identity",), table, IDENTITY)
        return {key: self.text(("identity",), table, key) for key in table if key in IDENTITY}

    def check_lists(self, tables: tuple[TableMap, ...]) -> None:
        for index, table in enumerate(tables):
            if table.list_of and table.list_of[0] not in self.tables[:index]:
                message = f"the list of `{table.name}` is in no table before it"
                self.complain(("table", index, "list"), message, ", ".join(self.tables[:index]))
            if not table.files and not table.list_of:
                self.complain(("table", index), f"the table `{table.name}` has no files", 'files = ["…"]')

    def formats(self, data: dict[str, Any]) -> tuple[str, ...]:
        """Date formats, each tried on a day of its own: a format that cannot give the day back reads no date."""
        listed = data.get("dates", ["%Y-%m-%d"])
        if not isinstance(listed, list) or not listed or not all(isinstance(text, str) for text in listed):
            self.complain(("dates",), "`dates` is no list of formats", 'dates = ["%Y-%m-%d"]')
            return ()
        found = tuple(listed)
        for text in found:
            try:
                same = dt.datetime.strptime(_A_DAY.strftime(text), text).date() == _A_DAY
            except ValueError:
                same = False
            if not same:
                expected = 'for instance "%Y-%m-%d" or "%m/%d/%Y"'
                self.complain(("dates",), f"{text!r} is no format of a date", expected)
        return found

    def complain(self, path: KeyPath, message: str, expected: str = "", near: str = "") -> None:
        self.problems.append(self.toml.problem(path, message, expected, near))

    def flag(self, path: KeyPath, data: dict[str, Any], key: str) -> bool:
        value = data.get(key, False)
        if not isinstance(value, bool):
            self.complain((*path, key), f"`{key}` is neither true nor false", f"{key} = true")
        return value is True

    def words(self, path: KeyPath, data: dict[str, Any], key: str) -> dict[str, str]:
        value = data.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
            self.complain((*path, key), f"`{key}` is no table of words", f'{key} = {{ "theirs" = "ours" }}')
            return {}
        return {str(theirs): ours for theirs, ours in value.items()}

    def known(self, path: KeyPath, data: dict[str, Any]) -> None:
        self.problems += unknown_keys(self.toml, path, data, KEYS[str(path[0])])

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
            usable = codecs.lookup(encoding)._is_text_encoding
        except (LookupError, ValueError):
            usable = False
        if not usable:
            self.complain((*path, "encoding"), f"{encoding!r} is no encoding", "utf-8, latin-1, cp1252, …")
        delimiter = self.text(path, data, "delimiter") or ","
        quote = data.get("quote", '"')
        if len(delimiter) != 1 or delimiter in '"\r\n':
            self.complain((*path, "delimiter"), f"{delimiter!r} is no delimiter", "one character")
        if not isinstance(quote, str) or len(quote) > 1 or (quote and quote == delimiter):
            self.complain((*path, "quote"), f"{quote!r} is no quote", 'one character, or "" where nothing is quoted')
            quote = '"'
        return TableMap(
            name=self.text(path, data, "name", required=True),
            files=self.texts(path, data, "files"),
            delimiter=delimiter,
            quote=quote,
            encoding=encoding,
            list_of=self.pair(path, data, "list", "of", "name"),
            merge_exact_duplicates=self.flag(path, data, "merge_exact_duplicates"),
            optional=self.flag(path, data, "optional"),
        )

    def key(self, path: KeyPath, data: dict[str, Any], which: str, *, required: bool = True) -> Key:
        columns = self.texts(path, data, which, required=required)
        return Key(columns, self.regex(path, data, "remove"), self.regex(path, data, "pattern"))

    def regex(self, path: KeyPath, data: dict[str, Any], key: str) -> re.Pattern[str] | None:
        text = self.text(path, data, key)
        try:
            pl.Series([""]).str.contains(text)  # the engine that will use it knows less than Python's
            return re.compile(text) if text else None
        except (re.error, pl.exceptions.ComputeError) as error:
            reason = str(error).split("\n")[0]
            self.complain((*path, key), f"not a regular expression that can be used: {reason}")
            return None

    def case(self, path: KeyPath, data: dict[str, Any]) -> CaseMap:
        self.known(path, data)
        by_row = self.flag(path, data, "by_row")
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
        citation = self.text(path, data, "citation", required=True)
        if citation and not re.search(r"\{[^{}]+\}", citation):
            self.complain((*path, "citation"), "the citation names no column", 'citation = "{column}"')
        return ChargesMap(
            table=self.table_name(path, data),
            case=self.key(path, data, "case"),
            citation=citation,
            law_date=self.text(path, data, "law_date"),
            grade=self.text(path, data, "grade"),
            date=self.text(path, data, "date"),
            sequence=self.text(path, data, "sequence"),
            letters=self.pair(path, data, "letters", "column", "citation"),
            explode=self.pair(path, data, "explode", "column", "by"),
            primary_only=self.flag(path, data, "primary_only"),
        )

    def drugs(self, path: KeyPath, data: dict[str, Any]) -> DrugsMap:
        self.known(path, data)
        units, names = self.words(path, data, "units"), self.words(path, data, "names")
        for word, ours in names.items():
            if ours not in WORDS:
                message = f"{word} = {ours!r}: no word of ours for a drug"
                self.complain((*path, "names"), message, ", ".join(WORDS), nearest(ours, WORDS))
        for unit, ours in units.items():
            if ours and factor(ours, MASS) is None:
                self.complain((*path, "units"), f"{unit} = {ours!r} is no unit of mass", "mg, g, kg, oz, lb, or empty")
        return DrugsMap(
            table=self.table_name(path, data),
            case=self.key(path, data, "case"),
            drug=self.text(path, data, "drug", required=True),
            quantity=self.text(path, data, "quantity", required=True),
            unit=self.text(path, data, "unit", required=True),
            names=names,
            units=units,
            complete=self.text(path, data, "complete"),
            known_by=self.text(path, data, "known_by"),
        )

    def warrants(self, path: KeyPath, data: dict[str, Any]) -> WarrantsMap:
        self.known(path, data)
        names = self.words(path, data, "names")
        for word, ours in names.items():
            if ours not in WARRANTS:
                message = f"{word} = {ours!r}: no word of ours for a kind of warrant"
                self.complain((*path, "names"), message, ", ".join(WARRANTS), nearest(ours, WARRANTS))
        return WarrantsMap(
            table=self.table_name(path, data),
            case=self.key(path, data, "case"),
            kind=self.text(path, data, "kind", required=True),
            issued=self.text(path, data, "issued", required=True),
            names=names,
            of_this_case=self.text(path, data, "of_this_case"),
        )

    def fact(self, path: KeyPath, data: dict[str, Any]) -> FactMap:
        self.known(path, data)
        values = data.get("values")
        if values is not None and (not isinstance(values, dict) or not values):
            self.complain(
                (*path, "values"), "`values` is no table with anything in it", 'values = { "1" = true, "0" = false }'
            )
            values = None
        unit = self.text(path, data, "unit")
        if unit and all(factor(unit, smallest) is None for smallest in SMALLEST_UNITS):
            self.complain((*path, "unit"), f"{unit!r} is no unit", "g, mg, oz, lb, …")
        return FactMap(
            fact=self.text(path, data, "name", required=True),
            column=self.text(path, data, "column", required=True),
            table=self.table_name(path, data, required=False),
            values=values,
            years_since=self.text(path, data, "years_since"),
            unit=unit,
            round_down=self.flag(path, data, "round_down"),
            first=self.flag(path, data, "first"),
        )

    def correction(self, path: KeyPath, data: dict[str, Any]) -> Correction:
        self.known(path, data)
        divide = data.get("divide")
        if not isinstance(divide, int) or divide < 2:
            self.complain((*path, "divide"), "`divide` is no whole number above 1", "divide = 1000")
            divide = 2
        quantity = self.toml.data.get("drugs", {})
        if not isinstance(quantity, dict) or (data.get("table"), data.get("column")) != (
            quantity.get("table"),
            quantity.get("quantity"),
        ):
            expected = "the table and the quantity of [drugs]: only weights of drugs are corrected"
            self.complain(path, "this correction would change nothing", expected)
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
