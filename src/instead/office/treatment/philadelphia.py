"""The lists of Philadelphia's treatment programs: the city's (two versions) and the federal one, as CSV.

The city's list says "Vivitrol", one form of naltrexone: "Yes" means naltrexone is offered, "No" leaves other forms
unknown. Its outpatient columns are no ASAM levels, and none is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from instead.errors import BadData, Problem, nearest
from instead.errors import Place as Where
from instead.office.treatment.addresses import phone, place
from instead.office.treatment.hours import read_hours
from instead.office.treatment.said import Reading, Said
from instead.records.delimited import TornRow, read_rows

_CITY: Final = ("ProgramName", "Address", "Zip", "Buprenorphine?", "Methadone?", "Vivitrol?", "Phone")
_FEDERAL: Final = ("Program.Name", "Phone", "Certification", "Address")
_LANGUAGES: Final = {
    "spanish": "es", "korean": "ko", "vietnamese": "vi", "chinese": "zh", "cambodian": "km", "russian": "ru",
    "portuguese": "pt",
}  # fmt: skip
_ONLY: Final = {"females only": "women", "pregnant women": "pregnant women"}
_FEDERAL_ADDRESS: Final = re.compile(r"(?:(.*),)?\s*([^,]+),\s*([A-Z]{2}),\s*(\d{5}(?:-\d{4})?)")
_WALK_IN: Final = re.compile(r"walk-in(?: hours)?(?::|\b)\s*(.*)", re.I)
_DAY_AND_TIME: Final = re.compile(r"\s*(?:m|t|w|th|f|sa|su)\w*\.?\s*(?:-\s*\w+\s*)?\d", re.I)
_CRISIS: Final = "crisis response center"


def read(text: str, *, file: str, source: str = "") -> Reading:
    """One of the three lists; which, its header says."""
    rows = list(read_rows(text, ",", '"'))
    header = rows[0] if rows and not isinstance(rows[0], TornRow) else []
    federal = _FEDERAL[0] in header
    _check(header, _FEDERAL if federal else _CITY, file)
    name = "samhsa" if federal else "dbhids-geocoded" if "lat" in header else "dbhids"
    reading = Reading(source or name, rows_in=len(rows) - 1)
    for number, row in enumerate(rows[1:], start=1):
        if isinstance(row, TornRow):
            reading.set_aside.append((number, row.reason))
            continue
        values = {key: value.strip() for key, value in zip(header, row, strict=True)}
        reading.add((_of_the_federal_list if federal else _of_the_city)(number, values))
    return reading


def _check(header: list[str], needed: tuple[str, ...], file: str) -> None:
    missing = [name for name in needed if name not in header]
    if missing:
        raise BadData(
            Problem(f"no column {name!r}: no list of providers", Where(file), nearest=nearest(name, header))
            for name in missing
        )


def _of_the_city(row: int, values: Mapping[str, str]) -> Said:
    notes = values.get("Notes (DBHIDS TAD)", "")
    pieces = [piece.strip() for piece in re.split(r"[;,]", notes) if piece.strip(" -")]
    said = Said(
        row,
        values["ProgramName"].rstrip("* "),
        address=values["Address"],
        city="Philadelphia" if values["Address"] else "",
        zip_code=values["Zip"],
        title=_title(values),
        buprenorphine=_yes_or_no(values["Buprenorphine?"]),
        methadone=_yes_or_no(values["Methadone?"]),
        naltrexone=_yes_or_no(values["Vivitrol?"]) or None,
        languages=tuple(sorted({_LANGUAGES[p.lower()] for p in pieces if p.lower() in _LANGUAGES})),
        only_for=", ".join(dict.fromkeys(_ONLY[p.lower()] for p in pieces if p.lower() in _ONLY)),
        notes="" if notes.strip(" -") == "" else notes,
        website=values.get("Website", ""),
    )
    _walk_in(said, notes, values.get("Same-day induction during walk-in hours?", ""))
    _where(said, values["Phone"], values.get("lat", ""), values.get("lon", ""))
    return said


def _of_the_federal_list(row: int, values: Mapping[str, str]) -> Said:
    also = values.get("DBA", "")
    certified = f"Certification: {values['Certification']}" if values["Certification"] else ""
    called = f"Also called {also}" if also and also != values["Program.Name"] else ""
    said = Said(row, values["Program.Name"], address=values["Address"], title="Program on the federal list")
    said.notes = "; ".join(filter(None, (certified, called)))
    split = _FEDERAL_ADDRESS.fullmatch(values["Address"])
    if split:
        said.address, said.city, said.zip_code = (split[1] or "").strip(), split[2].strip().title(), split[4]
    elif values["Address"]:
        said.on_reading.append("the address has no city, state and zip code: kept as it is, compared with no other")
    _where(said, values["Phone"], values.get("latitude", ""), values.get("longitude", ""))
    return said


def _where(said: Said, number: str, latitude: str, longitude: str) -> None:
    """Telephone and place, with a word about what is written and cannot be used."""
    said.phone, said.place = phone(number), place(latitude, longitude)
    if number and not said.phone:
        said.on_reading.append(f"{number!r} is no certain telephone number")
    if (latitude or longitude) and said.place is None:
        said.on_reading.append(f"{latitude!r}, {longitude!r} is on no map")


def _title(values: Mapping[str, str]) -> str:
    if values["Buprenorphine?"].casefold() == _CRISIS:
        return _CRISIS.capitalize()
    offered = {name for name in ("IOP", "OP") if _yes_or_no(values.get(name, ""))}
    titles = {
        ("IOP", "OP"): "Outpatient and intensive outpatient",
        ("OP",): "Outpatient",
        ("IOP",): "Intensive outpatient",
    }
    return titles.get(tuple(sorted(offered)), "Treatment program")


def _yes_or_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value.casefold())


def _walk_in(said: Said, notes: str, same_day: str) -> None:
    """Walk-in hours: the piece of the notes after "Walk-in" and the pieces after it that are days with times."""
    said.walk_in = _yes_or_no(same_day) or None
    pieces = notes.split(";")
    for index, piece in enumerate(pieces):
        found = _WALK_IN.search(piece)
        if not found:
            continue
        further = pieces[index + 1 :]
        stop = next((n for n, text in enumerate(further) if not _DAY_AND_TIME.match(text)), len(further))
        said.walk_in = True
        said.walk_in_text = "; ".join(text.strip() for text in (found[1], *further[:stop]) if text.strip())
        said.walk_in_hours = read_hours(said.walk_in_text)
        if said.walk_in_text and said.walk_in_hours is None:
            said.on_reading.append(f"walk-in hours kept as text, not certain: {said.walk_in_text!r}")
        return
