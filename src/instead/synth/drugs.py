"""What is found on people: drugs, amounts in whole milligrams, and how officers write them down."""

from __future__ import annotations

from dataclasses import dataclass

from instead.synth import calibration as cal
from instead.synth.charges import Statute
from instead.synth.dice import Dice

_CANNABIS_SECTIONS = ("A31", "A31I", "A31II", "A31III")
_CONTROLLED_SECTIONS = ("A16", "A19", "A30")
_PACKETED = ("heroin", "fentanyl", "crack")


@dataclass(frozen=True, slots=True)
class Found:
    """One drug found: what it weighs, and the words of the report. ``weight`` is missing when nobody weighed it."""

    drug: str
    milligrams: int
    full_weight: str
    unit: str
    weight: str | None
    told: bool
    known_by: str


def find_drugs(kind: str, statutes: list[Statute], dice: Dice) -> tuple[Found, ...]:
    """What fits the sections charged; with things to use drugs with alone, perhaps a residue."""
    subs = {statute.sub for statute in statutes if statute.title == "35"}
    found: list[Found] = []
    if not subs.isdisjoint(_CONTROLLED_SECTIONS):
        spans = cal.SALES_MG if "A30" in subs else cal.PERSONAL_MG
        names = [dice.draw(cal.CONTROLLED) for _ in range(dice.draw(cal.HOW_MANY_DRUGS))]
        found += [_found(name, dice.span(spans), dice) for name in dict.fromkeys(names)]
    if not subs.isdisjoint(_CANNABIS_SECTIONS):
        name = dice.draw(cal.CANNABIS)
        found.append(_found(name, dice.span(cal.MARIJUANA_MG if name == "marijuana" else cal.HASHISH_MG), dice))
    if "A12" in subs and not found:
        found.append(_found("pills", 0, dice))
    if kind == "paraphernalia" and dice.chance(cal.RESIDUE):
        found.append(_found(dice.draw(cal.CONTROLLED), dice.span(cal.PERSONAL_MG) // 10 + 1, dice))
    return tuple(found)


def _found(drug: str, milligrams: int, dice: Dice) -> Found:
    amount, unit = _amount(drug, milligrams, dice)
    weighed = not dice.chance(cal.NO_WEIGHT)
    told = dice.chance(cal.NARRATIVE_TELLS)
    return Found(drug, milligrams, amount, unit, amount if weighed else None, told or weighed, dice.draw(cal.KNOWN_BY))


def _amount(drug: str, milligrams: int, dice: Dice) -> tuple[str, str]:
    """The amount in the unit that an officer would use."""
    if drug == "pills" and (not milligrams or dice.chance(cal.IN_PILLS)):
        times = 1 + min(milligrams // cal.MORE_PILLS_EVERY_MG, cal.MORE_PILLS_AT_MOST)
        return str(dice.span(cal.PILLS) * times), "pills"
    if drug in _PACKETED and milligrams < cal.KILOGRAM_MG // 10 and dice.chance(cal.IN_PACKETS):
        return str(max(1, milligrams // cal.PACKET_MG)), "packets"
    if milligrams >= cal.KILOGRAM_MG:
        return decimal(milligrams // 10_000, 2), "kg"
    if drug == "marijuana" and milligrams >= cal.FELONY_POUND_MG:
        return decimal(milligrams * 100 // cal.FELONY_POUND_MG, 2), "lb"
    if drug == "marijuana" and milligrams > 2_000 and dice.chance(cal.IN_OUNCES):
        return decimal(milligrams * 1_000 // 283_495, 2), "oz"
    if milligrams < 10 or (milligrams < 1_000 and dice.chance(cal.IN_MG)):
        return str(milligrams), "mg"
    return (decimal(milligrams // 10, 2) if milligrams < 1_000 else decimal(milligrams // 100, 1)), "g"


def decimal(whole: int, places: int) -> str:
    """``whole`` shifted by ``places``, without needless zeros: (40, 2) is ``0.4``."""
    ahead, behind = divmod(whole, 10**places)
    digits = f"{behind:0{places}d}".rstrip("0")
    return f"{ahead}.{digits}" if digits else str(ahead)
