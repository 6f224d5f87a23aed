"""Arrest reports as police send them (``docs/arrest-reports.md``)."""

from __future__ import annotations

import json
from typing import Any

from instead.synth import calibration as cal
from instead.synth.arrests import Arrest
from instead.synth.dice import Dice
from instead.synth.narratives import narrate
from instead.synth.people import birth_date_as_written, name_as_written, pid_as_written
from instead.synth.scenes import Scene


def report_line(arrest: Arrest, dice: Dice) -> str:
    """One report as one line of JSON."""
    return json.dumps(report(arrest, dice), ensure_ascii=False)


def report(arrest: Arrest, dice: Dice) -> dict[str, Any]:
    """One report, with everything that police leave out or write wrong."""
    scene = arrest.scene
    person = _person(arrest, dice)
    asked_age = person["born"] is None and dice.chance(cal.NARRATIVE_TELLS)
    age_told = arrest.identity.age_on(arrest.offense_date) if asked_age else None
    return {
        "report_id": arrest.report_id,
        "dc_number": arrest.dc_number,
        "otn": written_otn(arrest.otn, dice),
        "district": arrest.event.district,
        "arrested_at": arrest.event.at.isoformat(timespec="minutes"),
        "offense_date": arrest.offense_date.isoformat(),
        "first_listing": arrest.first_listing.isoformat(timespec="minutes"),
        "booked": dice.draw(cal.BOOKED),
        "person": person,
        "narrative": narrate(scene, arrest.person.sex, arrest.event.district, age_told, dice),
        "charges": [
            {"citation": charge.citation, "description": charge.statute.description, "grade": charge.grade}
            for charge in scene.charges
        ],
        "drugs": [
            {"drug": found.drug, "weight": found.weight, "unit": found.unit, "known_by": found.known_by}
            for found in scene.drugs
        ],
        "drugs_complete": scene.drugs_complete,
        **_answers(scene),
        "history": arrest.history,
    }


def written_otn(otn: str, dice: Dice) -> str:
    """`U 999999-9` as on docket sheets, or `U9999999` as in summaries."""
    return f"{otn[0]} {otn[1:-1]}-{otn[-1]}" if dice.chance(cal.OTN_SPACED) else otn


def _person(arrest: Arrest, dice: Dice) -> dict[str, Any]:
    """The person as given: a stolen identity comes with its owner's name, number and date of birth."""
    identity = arrest.identity
    return {
        "pid": pid_as_written(identity, dice),
        "name": name_as_written(identity, dice),
        "born": birth_date_as_written(identity, dice),
        "sex": arrest.person.sex,
        "race": arrest.person.race,
        "phone": arrest.phone,
        "address": identity.address if arrest.person is identity else "",
        "housing": arrest.person.housing,
    }


def _answers(scene: Scene) -> dict[str, Any]:
    return {
        "overdose": {
            "call_only": scene.call_only.written,
            "stayed": scene.stayed.written if scene.stayed else None,
            "person_overdosed": scene.overdosed.written,
        },
        "sale_observed": scene.sale_observed.written,
        "exploitation_alleged": scene.exploitation.written,
        "test_strips_only": scene.strips_only.written if scene.strips_only else False,
    }
