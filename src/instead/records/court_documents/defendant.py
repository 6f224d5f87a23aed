"""Who a docket sheet is about: its DEFENDANT INFORMATION and CASE PARTICIPANTS sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .layout import Column, Line, columns_of, row_of
from .model import CourtPerson
from .values import Notes, fields_of

_LABELS = (
    "Date Of Birth:", "Date Of Birth", "DOB:", "City/State/Zip:", "Name:", "Name ", "Sex:", "Gender:", "Race:",
    "Hair Color", "Eye Color", "Address(es):", "Address Type", "Address", "SSN", "SID", "Alias Name",
)  # fmt: skip
_ALIASES = {"alias name": "alias", "alias sid": "sid", "alias ssn": "ssn"}
_PARTICIPANTS = {"participant type": "type", "name": "name"}


def read_defendant(sections: Mapping[str, Sequence[Line]], caption: str, notes: Notes) -> CourtPerson:
    """The defendant, by the name among the participants ("Last, First") or else as given or as in the caption."""
    lines = sections.get("defendant information", ())
    told: dict[str, str] = {}
    page = lines[0].page if lines else 0
    for line in lines:
        for label, value in fields_of(line.text, _LABELS).items():
            told[label.strip(" :")] = told.get(label.strip(" :")) or value
    return CourtPerson(
        name=_participant(sections.get("case participants", ())) or told.get("name", "") or caption,
        born=notes.date(told.get("date of birth", "") or told.get("dob", ""), "date of birth", page),
        aliases=_aliases(lines),
        sex=told.get("sex", "") or told.get("gender", ""),
        race=told.get("race", ""),
    )


def _participant(lines: Sequence[Line]) -> str:
    columns: list[Column] = []
    for line in lines:
        found = columns_of(line, _PARTICIPANTS)
        if {column.key for column in found} == {"type", "name"}:
            columns = found
        elif columns and (row := row_of(line, columns)).get("type", "").lower() == "defendant":
            return row.get("name", "")
    return ""


def _aliases(lines: Sequence[Line]) -> tuple[str, ...]:
    columns: list[Column] = []
    aliases: list[str] = []
    for line in lines:
        found = columns_of(line, _ALIASES)
        if found[0].key == "alias":
            columns = found
        elif columns and (alias := row_of(line, columns).get("alias", "")) and alias not in aliases:
            aliases.append(alias)
    return tuple(aliases)
