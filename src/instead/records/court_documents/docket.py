"""A docket sheet: one case in sections, each under a heading in the middle of the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from .charges import read_charges
from .defendant import read_defendant
from .dispositions import join_dispositions
from .frame import Body, body_of, without_page_number
from .layout import Line, Page
from .model import CourtCase, CourtCharge, CourtPerson
from .outline import read_outline
from .values import DOCKET_NUMBER, Notes, docket_number_in, fields_of

_SECTIONS = frozenset({
    "case information", "related cases", "status information", "calendar events", "confinement information",
    "defendant information", "case participants", "bail information", "bail", "charges",
    "disposition sentencing/penalties", "disposition / sentencing details", "commonwealth information",
    "attorney information", "commonwealth information attorney information", "entries", "docket entry information",
    "payment plan summary", "case financial information",
})  # fmt: skip
_HEADING = re.compile(r"[A-Z][A-Z /&'-]*(INFORMATION|EVENTS|CASES|PARTICIPANTS|ENTRIES|SUMMARY|PENALTIES|DETAILS)")
_LABELS = (
    "Cross Court Docket Nos:", "Judge Assigned:", "Date Filed:", "File Date:", "Filed Date:", "Initiation Date:",
    "Issue Date:", "OTN:", "OTN/LOTN:", "LOTN:", "Originating Docket No:", "Lower Court Docket No:",
    "Initial Issuing Authority:", "Final Issuing Authority:", "Arresting Agency:", "Arresting Officer:",
    "Complaint/Citation No.:", "Complaint/Incident #:", "Complaint No.:", "Incident Number:", "Incident No.:",
    "County:", "Township:", "Case Local Number Type(s)", "Case Local Number(s)", "District Control Number",
    "Case Status:", "Status Date", "Processing Status", "Arrest Date:", "Complaint Date:", "Event Track:",
    "Disposition:", "Disposition Date:",
)  # fmt: skip
_COUNTIES = (re.compile(r".*\bof (.+) county\b", re.IGNORECASE), re.compile(r"(.+?) county\b", re.IGNORECASE))

Sections = Mapping[str, Sequence[Line]]


def read_docket(pages: Sequence[Page], notes: Notes) -> tuple[CourtPerson, CourtCase]:
    """The defendant and the case of a docket sheet."""
    body = body_of(pages, lambda line: _section(line, pages[0].width / 2, "") != "")
    sections = _sections(body)
    person = read_defendant(sections, _caption_name(body.head), notes)
    return person, _case(body.head, sections, pages[0].number, notes)


def _section(line: Line, middle: float, within: str) -> str:
    """The section that this line is the heading of, in lower case, or an empty string."""
    text = re.sub(r"\s*\(continued\)$", "", line.text, flags=re.IGNORECASE)
    centred = abs(line.centre - middle) <= middle / 6
    if text.lower() in _SECTIONS and (centred or within not in ("entries", "docket entry information")):
        return text.lower()
    return text.lower() if centred and _HEADING.fullmatch(text) else ""


def _sections(body: Body) -> Sections:
    sections: defaultdict[str, list[Line]] = defaultdict(list)
    now = ""
    for line in body.lines:
        heading = _section(line, body.middle, now)
        now = heading or now
        if not heading:
            sections[now].append(line)
    return sections


def _case(head: Sequence[Line], sections: Sections, page: int, notes: Notes) -> CourtCase:
    told = _told(sections, notes)
    number = next((docket_number_in(line.text) for line in head if "docket number:" in line.text.lower()), "")
    if not number:
        notes.add("the docket number was not found in the heading of the sheet", page)
    charges = _charges(sections, page, notes)
    otn = notes.otn(told.get("otn:", "") or told.get("otn/lotn:", ""), page)
    return CourtCase(
        docket_number=number,
        court=number[:2],
        county=_county(head) or told.get("county:", ""),
        otn=otn or _shared_otn(charges),
        dc_number=told.get("district control number", ""),
        originating_docket=told.get("originating docket no:", "") or told.get("lower court docket no:", ""),
        filed=notes.date(_first(told, "date filed:", "file date:", "filed date:"), "filing date", page),
        arrested=notes.date(told.get("arrest date:", ""), "arrest date", page),
        status=told.get("case status:", ""),
        section="",
        charges=charges,
        page=page,
        disposed=notes.date(told.get("disposition date:", ""), "disposition date", page),
        disposition=told.get("disposition:", ""),
        caption=_caption(head),
        limited_access=next((text for text in map(_head_text, head) if "LIMITED ACCESS" in text), ""),
    )


def _first(told: Mapping[str, str], *labels: str) -> str:
    return next((told[label] for label in labels if told.get(label)), "")


def _told(sections: Sections, notes: Notes) -> dict[str, str]:
    """The labelled values of the two sections about the case; the first that is not blank counts."""
    told: dict[str, str] = {}
    for name in ("case information", "status information"):
        for line in sections.get(name, ()):
            found = fields_of(line.text, _LABELS)
            if name == "case information" and not _understood(line, found, told):
                notes.add("in CASE INFORMATION: this line was not understood", line.page, line.text)
            for label, value in found.items():
                told[label] = told.get(label) or value
    return told


def _understood(line: Line, found: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Whether the line has a label, is in the table of local numbers, or goes on with docket numbers."""
    rest = DOCKET_NUMBER.sub("", line.text).strip(" ,")
    return len(found) > 1 or ":" in line.text or "case local number type(s)" in told or not rest


def _charges(sections: Sections, page: int, notes: Notes) -> tuple[CourtCharge, ...]:
    charges = read_charges(sections.get("charges", ()), notes)
    rest = (sections.get(name, ()) for name in ("disposition sentencing/penalties", "disposition / sentencing details"))
    events = read_outline([line for lines in rest for line in lines], notes)
    join_dispositions(events, charges, notes)
    if not charges:
        notes.add("no charge was found on this docket sheet", page)
    return tuple(charge.closed(notes) for charge in charges)


def _shared_otn(charges: Sequence[CourtCharge]) -> str:
    """The number printed beside every charge, if it is the same for all."""
    printed = {charge.otn for charge in charges}
    return printed.pop() if len(printed) == 1 else ""


def _head_text(line: Line) -> str:
    return without_page_number(line.text)


def _county(head: Sequence[Line]) -> str:
    for line in head:
        found = next((match for each in _COUNTIES if (match := each.match(line.text))), None)
        if found:
            return re.sub(r"\bMc([a-z])", lambda part: f"Mc{part[1].upper()}", found[1].title())
    return ""


def _caption(head: Sequence[Line]) -> str:
    texts = [_head_text(line) for line in head]
    side = next((text for text in texts if text.lower().startswith("commonwealth of")), "")
    name = _caption_name(head)
    return f"{side} v. {name}" if side and name else ""


def _caption_name(head: Sequence[Line]) -> str:
    """The name below "v." in the heading: first name first."""
    texts = [_head_text(line) for line in head]
    after = [texts[at + 1 :] for at, text in enumerate(texts) if text.lower().rstrip(".") == "v"]
    return next((text for rest in after for text in rest if text), "")
