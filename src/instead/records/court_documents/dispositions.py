"""Joins what happened in court to the charges it happened to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .charges import OpenCharge
from .model import CourtEvent
from .outline import Event, Outcome
from .values import Notes

DROPPED = 99999  # the courts' number for charges that were dropped or replaced; several charges can have it


def join_dispositions(events: Sequence[Event], charges: list[OpenCharge], notes: Notes) -> None:
    """Add the events to their charges, found by number, then by citation and description.

    If there are no charges at all (the sheet has no CHARGES section), those that the events name are added to the list,
    with a warning. Otherwise an outcome without a charge is noted.
    """
    alone = not charges
    for event in events:
        _join(event, charges, alone, notes)


def _join(event: Event, charges: list[OpenCharge], alone: bool, notes: Notes) -> None:
    """Give each outcome of an event to its charge; a charge takes at most one outcome of an event."""
    when = notes.date(event.cells.get("date", ""), "disposition date", event.page)
    free = list(charges)
    for outcome in event.outcomes:
        number = notes.sequence(outcome.cells["number"], outcome.page)
        charge = _charge_of(outcome, number, free)
        if charge is not None:
            free.remove(charge)
        elif alone:
            charge = _made(outcome, number, notes)
            charges.append(charge)
        else:
            text = f"{number} / {outcome.cells['charge']}: {outcome.cells.get('disposition', '')}"
            notes.add("in DISPOSITION: there is no such charge in CHARGES", outcome.page, text)
            continue
        charge.events.append(_closed(event, outcome, when, notes))


def _charge_of(outcome: Outcome, number: int, charges: Sequence[OpenCharge]) -> OpenCharge | None:
    """Of the charges with this number the one most like the outcome. Dropped charges must be like it at all."""
    numbered = [each for each in charges if each.number == number]
    best = max(numbered, key=lambda each: _likeness(each, outcome), default=None)
    if best is not None and number == DROPPED and not any(_likeness(best, outcome)):
        return None
    return best


def _likeness(charge: OpenCharge, outcome: Outcome) -> tuple[bool, bool]:
    """Whether the citations and the descriptions are the same, blanks and capitals aside."""
    citation = _bare(charge.cells.get("citation", "")) == _bare(outcome.cells.get("citation", ""))
    return citation, _bare(charge.cells.get("description", "")) == _bare(outcome.cells["charge"])


def _bare(text: str) -> str:
    return "".join(text.lower().split())


def _made(outcome: Outcome, number: int, notes: Notes) -> OpenCharge:
    text = f"{number} / {outcome.cells['charge']}"
    notes.add("this charge stands only in DISPOSITION; the sheet has no CHARGES", outcome.page, text)
    cells = {"description": outcome.cells["charge"]}
    cells |= {key: outcome.cells[key] for key in ("citation", "grade") if key in outcome.cells}
    return OpenCharge(cells, outcome.page, number)


def _closed(event: Event, outcome: Outcome, when: date | None, notes: Notes) -> CourtEvent:
    for sentence in outcome.sentences:
        notes.date(sentence.date, "sentence date", outcome.page)
    return CourtEvent(
        result=event.result,
        event=event.cells.get("event", ""),
        date=when,
        final=_final(event.cells.get("final", ""), notes, event.page),
        disposition=outcome.cells.get("disposition", ""),
        grade=outcome.cells.get("grade", ""),
        citation=outcome.cells.get("citation", ""),
        sentences=tuple(str(sentence) for sentence in outcome.sentences),
        page=outcome.page,
    )


def _final(text: str, notes: Notes, page: int) -> bool | None:
    plain = text.lower()
    if plain in ("final disposition", "final", "yes"):
        return True
    if plain in ("not final", "no"):
        return False
    if text:
        notes.add(f'whether the disposition is final was left out: "{text}" is not understood', page, text)
    return None
