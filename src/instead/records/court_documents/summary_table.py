"""The table of charges under each case of a court summary: a row per charge, and rows of sentences below a charge."""

from __future__ import annotations

import re

from .charges import OpenCharge, continue_row, note_unknown, starts_charge
from .layout import Column, Line, aligned, columns_of, joined, row_of
from .values import Notes

_CHARGE = {
    "seq no": "sequence",
    "seq": "sequence",
    "statute": "citation",
    "grade": "grade",
    "description": "description",
    "disposition": "disposition",
}
_SENTENCE = {
    "sentence dt": "date",
    "sentence date": "date",
    "sentence type": "type",
    "program period": "period",
    "sentence length": "length",
}
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")


def is_title_row(line: Line) -> bool:
    """Whether the line names the columns of charges or of sentences."""
    return _names(line, _CHARGE, {"sequence", "citation"}) or _names(line, _SENTENCE, {"date", "type"})


def _names(line: Line, titles: dict[str, str], needed: set[str]) -> bool:
    return needed <= {column.key for column in columns_of(line, titles)}


class SummaryTable:
    """Reads rows one by one; the columns named last stay valid until others are named."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.columns: list[Column] = []
        self.sentence_columns: list[Column] = []
        self.below_sentence = False

    def read(self, line: Line, charges: list[OpenCharge]) -> bool:
        """Take in a row: titles, a charge, a sentence or the rest of either; ``False`` if it is none of them."""
        if _names(line, _CHARGE, {"sequence", "citation"}):
            titles = columns_of(line, _CHARGE)
            note_unknown(titles, self.columns, line, self.notes)
            self.columns = titles
            return True
        if _names(line, _SENTENCE, {"date", "type"}):
            self.sentence_columns = columns_of(line, _SENTENCE)
            return True
        return bool(self.columns) and self._row(line, charges)

    def _row(self, line: Line, charges: list[OpenCharge]) -> bool:
        row = row_of(line, self.columns)
        if starts_charge(row):
            charges.append(OpenCharge(row, line.page, self.notes.sequence(row["sequence"], line.page)))
            self.below_sentence = False
            return True
        if not charges:
            return False
        if self._is_sentence(line):
            return self._sentence(line, charges[-1])
        return not self.below_sentence and continue_row(charges[-1].cells, row, line, self.columns)

    def _is_sentence(self, line: Line) -> bool:
        charge = aligned(line, self.columns)
        if aligned(line, self.sentence_columns) is not None:
            return self.below_sentence or charge is None
        return bool(_DATE.fullmatch(line.words[0].text)) and (charge is None or charge.key == "sequence")

    def _sentence(self, line: Line, charge: OpenCharge) -> bool:
        cells = row_of(line, self.sentence_columns) if self.sentence_columns else {"date": line.text}
        if self.below_sentence and not cells.keys() & {"date", "type"}:
            last = charge.rows[-1]
            for key, text in cells.items():
                last[key] = joined(last.get(key, ""), text)
            return True
        if self.sentence_columns:
            self.notes.date(cells.get("date", ""), f"sentence date of charge {charge.number}", line.page)
        charge.rows.append(cells)
        self.below_sentence = True
        return True
