"""Reads Pennsylvania court documents: docket sheets and court summaries as PDF, to cases with their charges.

    document = read_document(Path("summary.pdf"))
    for case in document.cases:
        for charge in case.charges:
            print(case.docket_number, charge.sequence, charge.citation, charge.grade, charge.disposition)

Tables are read by the positions of their titles on the page. What is not printed is empty or ``None``; what is printed
and not understood is in ``document.warnings``, with its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from instead.errors import BadData, Place, Problem

from .docket import read_docket
from .frame import check_pages, kind_of, parts_of
from .layout import Page
from .model import CourtCase, CourtCharge, CourtDocument, CourtEvent, CourtPerson
from .paper import read_pages
from .summary import read_summary
from .values import Notes

__all__ = ["CourtCase", "CourtCharge", "CourtDocument", "CourtEvent", "CourtPerson", "read_document"]


def read_document(path: Path) -> CourtDocument:
    """The docket sheet or court summary in the PDF at ``path``. Several docket sheets of a person may be in one file.

    Raises :class:`instead.errors.NotFound` if there is no such file and :class:`instead.errors.BadData`
    if it cannot be read: a folder, empty, no PDF, cut off, damaged, locked, only pictures, no court document,
    or sheets of two people.
    """
    notes = Notes(str(path))
    pages = [page for page in read_pages(Path(path), notes) if page.lines]
    kind = kind_of(pages, notes.file)
    if kind == "docket":
        person, cases = _dockets(pages, notes)
        return CourtDocument(notes.file, kind, person, cases, tuple(notes.problems))
    check_pages(pages, notes)
    person, cases, notices = read_summary(pages, notes)
    return CourtDocument(notes.file, kind, person, cases, tuple(notes.problems), notices)


def _dockets(pages: Sequence[Page], notes: Notes) -> tuple[CourtPerson, tuple[CourtCase, ...]]:
    """All docket sheets of the file, and the person of the first."""
    people: list[CourtPerson] = []
    cases: list[CourtCase] = []
    for part in parts_of(pages):
        check_pages(part, notes)
        person, case = read_docket(part, notes)
        people.append(person)
        _check_same(people[0], person, part[0].number, notes)
        cases.append(case)
    return people[0], tuple(cases)


def _check_same(first: CourtPerson, person: CourtPerson, page: int, notes: Notes) -> None:
    """One file is one person: another date of birth is an error, another spelling of the name a warning."""
    if first.born and person.born and first.born != person.born:
        message = f"a second person begins here ({person.name}, not {first.name}); save each person's sheets as a file"
        raise BadData([Problem(message, Place(notes.file, page=page))])
    if person.name != first.name:
        notes.add(f'the name on this sheet, "{person.name}", is not "{first.name}", that on the first', page)
