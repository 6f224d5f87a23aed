"""The source map: how one court's or agency's files become charges and case facts. TOML only, no Python.

The file format is in docs/source-maps.md; this module is its shape in the program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

#: What an office needs of a report beside facts: the keys of ``[identity]``.
IDENTITY = (
    "report_id",
    "dc_number",
    "district",
    "narrative",
    "arrested_at",
    "first_listing",
    "name",
    "born",
    "police_photo_number",
    "sex",
    "race",
    "phone",
    "address",
    "housing",
)
#: The words of ours for a kind of warrant.
WARRANTS = ("bench", "detainer", "other")
Format = Literal["csv", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = ("csv", "jsonl", "parquet")


@dataclass(frozen=True, slots=True)
class TableMap:
    """One table. ``files`` are names looked for in the data folder, the first that is there is read.

    ``list_of`` names the table and the list inside its JSON lines that this table is made of.
    """

    name: str
    files: tuple[str, ...]
    delimiter: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    list_of: tuple[str, str] | None = None
    merge_exact_duplicates: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that together name a case, made comparable: ``remove`` is cut out, capitals are no matter (``fold``).

    A value that does not match ``pattern`` as a whole is no value.
    """

    columns: tuple[str, ...]
    remove: re.Pattern[str] | None = None
    pattern: re.Pattern[str] | None = None
    fold: bool = True


@dataclass(frozen=True, slots=True)
class CaseMap:
    """Which table has the cases.

    ``id`` names a case, ``otherwise`` does where the id is empty; ``order`` finds the first row of a case.
    """

    table: str
    id: Key
    otherwise: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    order: str = ""
    by_row: bool = False


@dataclass(frozen=True, slots=True)
class ChargesMap:
    """Where the charges are. ``citation`` is a template such as ``{Title} § {Section} §§ {SubSection}``.

    ``letters`` (column, citation) appends a column's letters to charges of that citation (NIBRS activities).
    ``sequence`` numbers the charges of one court's list: a number that returns begins another list.
    ``explode`` (column, separator) makes one charge of each part of a column.
    ``law_date`` is a date that chooses the law in force where the date of the offense is not told.
    ``primary_only``: the source names the primary charge alone, so one charge of unknown kind is added.
    """

    table: str
    case: Key
    citation: str
    grade: str = ""
    date: str = ""
    sequence: str = ""
    letters: tuple[str, str] | None = None
    explode: tuple[str, str] | None = None
    primary_only: bool = False
    law_date: str = ""


@dataclass(frozen=True, slots=True)
class DrugsMap:
    """Where the drugs found are.

    ``names`` maps the source's words to ours, ``units`` its units to ours (empty: no mass).
    """

    table: str
    case: Key
    drug: str
    quantity: str
    unit: str
    names: Mapping[str, str]
    units: Mapping[str, str]
    complete: str = ""
    known_by: str = ""


@dataclass(frozen=True, slots=True)
class WarrantsMap:
    """Where the warrants are, for the office: no policy sees them.

    ``names`` maps the source's words for a kind to ours; ``of_this_case`` is a column that is ``false`` where the
    warrant hangs on another matter.
    """

    table: str
    case: Key
    kind: str
    issued: str
    names: Mapping[str, str]
    of_this_case: str = ""


@dataclass(frozen=True, slots=True)
class FactMap:
    """One fact from one column: ``values`` maps what is written to true, false or a value; else it is read by its kind.

    ``years_since`` is a column with the birth date: the fact is the age on the date in ``column``.
    ``first``: of a case with several rows, the one filed first tells; else rows that disagree make it unknown.
    """

    fact: str
    column: str
    table: str = ""
    values: Mapping[str, object] | None = None
    years_since: str = ""
    unit: str = ""
    round_down: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A known fault of the source: where ``where`` holds, the number in ``column`` is divided by ``divide``."""

    table: str
    column: str
    where: Mapping[str, str]
    divide: int
    because: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """What is taken for granted only under ``--assume``.

    A fact's value; or that the drugs listed are all there were; or that the primary charge was the only one.
    """

    because: str
    fact: str = ""
    value: object = None
    drugs_complete: bool = False
    primary_charge_only: bool = False

    @property
    def name(self) -> str:
        return self.fact or ("drugs_complete" if self.drugs_complete else "primary_charge_only")


@dataclass(frozen=True)
class SourceMap:
    """A whole source. ``identity`` names the columns with who, when and where, for the office: no policy sees them."""

    id: str
    title: str
    vocabulary: str
    statutes: str
    tables: tuple[TableMap, ...]
    case: CaseMap
    charges: ChargesMap | None = None
    drugs: DrugsMap | None = None
    warrants: WarrantsMap | None = None
    facts: tuple[FactMap, ...] = ()
    corrections: tuple[Correction, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    identity: Mapping[str, str] = field(default_factory=dict)
    date_formats: tuple[str, ...] = ("%Y-%m-%d",)
    cannot_answer: tuple[str, ...] = ()
    digest: str = field(default="", compare=False)

    @cached_property
    def columns(self) -> frozenset[str]:
        """Every column that the map names anywhere."""
        named = [
            *self.case.id.columns,
            *self.case.otherwise,
            *self.case.key,
            self.case.order,
            *self.attributes.values(),
        ]
        named += self.identity.values()
        for fact in self.facts:
            named += [fact.column, fact.years_since]
        if self.charges is not None:
            charges = self.charges
            named += [*charges.case.columns, *re.findall(r"\{([^{}]+)\}", charges.citation), charges.grade]
            named += [charges.date, charges.law_date, charges.sequence]
        if self.drugs is not None:
            drugs = self.drugs
            named += [*drugs.case.columns, drugs.drug, drugs.quantity, drugs.unit, drugs.complete, drugs.known_by]
        if self.warrants is not None:
            warrants = self.warrants
            named += [*warrants.case.columns, warrants.kind, warrants.issued, warrants.of_this_case]
        return frozenset(named)

    def table(self, name: str) -> TableMap:
        return next(table for table in self.tables if table.name == name)
