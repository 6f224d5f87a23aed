"""A court summary: a person, and their cases under headings such as "Closed", each with a table of charges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from instead.errors import BadData, Place, Problem

from .charges import OpenCharge
from .frame import body_of
from .layout import Line, Page
from .model import CourtCase, CourtPerson
from .summary_table import SummaryTable, is_title_row
from .values import DOCKET_NUMBER, Notes, fields_of

_PERSON = ("DOB:", "Sex:", "SID:", "Eyes:", "PID:", "Hair:", "License:", "Race:", "Aliases:")
_CASE = (
    "Proc Status:", "DC No:", "OTN:", "Arrest Dt:", "Disp Date:", "Disp Judge:", "Def Atty:", "Trial Dt:", "Legacy No:",
    "Last Action:", "Last Action Date:", "Last Action Room:", "Next Action:", "Next Action Date:", "Next Action Room:",
    "Warrant:", "Issued Date:", "Event:", "Disposition:",
)  # fmt: skip
_NOTICE = re.compile(r"\bWARRANTS? OUTSTANDING\b|\b(OUTSTANDING|ACTIVE) WARRANTS?\b", re.IGNORECASE)
_SECTIONS = frozenset({"active", "adjudicated", "archived", "closed", "consolidated", "inactive"})
_CONTINUED = re.compile(r"\s*\(Continued\)$", re.IGNORECASE)
_INDENT = 4.0  # points by which a line must stand further right than another to be set below it


@dataclass(slots=True)
class _OpenCase:
    """A case that is still being read."""

    number: str
    section: str
    county: str
    page: int
    told: dict[str, str]
    charges: list[OpenCharge] = field(default_factory=list)

    def closed(self, notes: Notes) -> CourtCase:
        told = self.told.get
        return CourtCase(
            docket_number=self.number,
            court=self.number[:2],
            county=self.county,
            otn=notes.otn(told("otn:", ""), self.page),
            dc_number=told("dc no:", ""),
            originating_docket="",
            filed=None,
            arrested=self._date("arrest dt:", "arrest date", notes),
            status=told("proc status:", ""),
            section=self.section,
            charges=tuple(charge.closed(notes) for charge in self.charges),
            page=self.page,
            disposed=self._date("disp date:", "disposition date", notes),
            disposition=told("disposition:", ""),
            caption=told("caption", ""),
            limited_access=told("access", ""),
        )

    def _date(self, label: str, what: str, notes: Notes) -> date | None:
        return notes.date(self.told.get(label, ""), f"{what} of {self.number}", self.page)


def _is_section(line: Line) -> bool:
    return _CONTINUED.sub("", line.text).lower() in _SECTIONS


def read_summary(pages: Sequence[Page], notes: Notes) -> tuple[CourtPerson, tuple[CourtCase, ...], tuple[str, ...]]:
    """The person, the cases and the remarks of a court summary.

    Raises :class:`BadData` if the summaries of two people are in one file.
    """
    title = next(line for page in pages for line in page.lines if "court summary" in line.text.lower())
    body = body_of(pages, lambda line: line.words[0].bottom > title.words[0].bottom + 1)
    reader = _Reader(body.lines, notes)
    for line in body.lines:
        reader.read(line)
    if not reader.cases:
        notes.add("no case was found on this summary", pages[0].number)
    return reader.person(), tuple(case.closed(notes) for case in reader.cases), tuple(reader.notices)


class _Reader:
    """Reads line by line: first the person, then headings, cases and their charges."""

    def __init__(self, lines: Sequence[Line], notes: Notes) -> None:
        self.notes = notes
        self.margin = min((line.x0 for line in lines), default=0.0)
        numbered = [line.x0 for line in lines if DOCKET_NUMBER.match(line.text)]
        self.indent = min(numbered, default=self.margin)  # where docket numbers and counties stand
        self.table = SummaryTable(notes)
        self.cases: list[_OpenCase] = []
        self.notices: list[str] = []
        self.names: list[str] = []  # the name, then the aliases
        self.told: dict[str, str] = {}
        self.page = lines[0].page if lines else 1
        self.in_person, self.in_aliases = True, False
        self.section = self.county = ""

    def read(self, line: Line) -> None:
        if self.in_person and self._person(line):
            return
        self.in_person = False
        if DOCKET_NUMBER.match(line.text):
            self._open(line)
        elif not (self._margin(line) or self._heading(line) or self._told(line) or self._row(line)):
            self.notes.add("this line of the summary was not understood", line.page, line.text)

    def person(self) -> CourtPerson:
        """The person, from what has been read."""
        told = self.told.get
        born = self.notes.date(told("dob:", ""), "date of birth", self.page)
        aliases = tuple(dict.fromkeys(self.names[1:]))
        return CourtPerson(self.names[0] if self.names else "", born, aliases, told("sex:", ""), told("race:", ""))

    def _person(self, line: Line) -> bool:
        """Take in a line about the person; ``False`` at the first line that is not about the person."""
        told = fields_of(line.text, _PERSON)
        below = line.x0 > self.margin + _INDENT or DOCKET_NUMBER.match(line.text)
        if _is_section(line) or (len(told) == 1 and below):
            return False
        left = told.pop("")
        if _NOTICE.search(left):
            self.notices.append(left)
        elif left and (self.in_aliases or not self.names):
            self.names += line.cells() if len(told) == 0 else [left]
        for label, value in told.items():
            self.told[label] = self.told.get(label) or value
        self.in_aliases = self.in_aliases or "aliases:" in told
        return True

    def _margin(self, line: Line) -> bool:
        """A line at the left margin after the person: the person repeated on a new page, or a remark."""
        flat = self.indent <= self.margin + _INDENT
        if line.x0 > self.margin + 1 or flat or _is_section(line) or DOCKET_NUMBER.match(line.text):
            return False
        told = fields_of(line.text, _PERSON)
        name = _CONTINUED.sub("", told.pop(""))
        if told:
            self._again(name, line)
        elif _NOTICE.search(name):
            self.notices.append(name)
        elif name == line.text or name not in self.names[:1]:
            self.notes.add("this line of the summary was not understood", line.page, line.text)
        return True

    def _again(self, name: str, line: Line) -> None:
        """A block about a person after the first: the same person's again, or another's, which is refused."""
        if name not in self.names[:1]:
            message = "a second person begins here; save each person's summary as a file of its own"
            raise BadData([Problem(message, Place(self.notes.file, page=line.page), excerpt=line.text)])
        self.in_person, self.in_aliases = True, False

    def _heading(self, line: Line) -> bool:
        """A section ("Closed") stands left of the docket numbers, a county ("Philadelphia") right above them."""
        text = _CONTINUED.sub("", line.text)
        if line.x0 > self.indent + _INDENT or ":" in text or is_title_row(line) or len(line.cells()) > 1:
            return False
        if line.x0 < self.indent - _INDENT or _is_section(line):
            self.section, self.county = text, ""
        else:
            self.county = text
        return True

    def _open(self, line: Line) -> None:
        number = line.words[0].text
        told = fields_of(line.text[len(number) :], _CASE)
        before = told.pop("")
        access = re.match(r"LA (Case|Offenses?)\b", before)
        rest = before[access.end() :].strip() if access else before
        told |= {"access": access[0] if access else "", "caption": rest}
        if rest and not rest.lower().startswith("comm"):
            self.notes.add(f"the words beside docket number {number} were not understood", line.page, rest)
        self.cases.append(_OpenCase(number, self.section, self.county, line.page, told))

    def _told(self, line: Line) -> bool:
        """A line of labelled values about the case."""
        told = fields_of(line.text, _CASE)
        if told.pop("") or not self.cases:
            return False
        for label, value in told.items():
            self.cases[-1].told[label] = self.cases[-1].told.get(label) or value
        return True

    def _row(self, line: Line) -> bool:
        return bool(self.cases) and self.table.read(line, self.cases[-1].charges)
