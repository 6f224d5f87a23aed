"""What is charged: statutes, the charges of each kind of arrest, and how citations are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from instead.synth import calibration as cal
from instead.synth.dice import Dice, Table


@dataclass(frozen=True, slots=True)
class Statute:
    """A section as the court's lists have it."""

    title: str
    section: str
    sub: str
    description: str
    grade: str
    violent: bool = False

    @property
    def felony(self) -> bool:
        """True when the section's own grade is a felony, whatever a report says."""
        return self.grade.startswith("F")


@dataclass(frozen=True, slots=True)
class Charge:
    """One count: the section meant, and the citation and grade as written."""

    statute: Statute
    citation: str
    grade: str
    readable: bool = True


def _drug(sub: str, description: str, grade: str = "M") -> Statute:
    return Statute("35", "780-113", sub, description, grade)


STATUTES: Final = {
    "A12": _drug("A12", "Acq Or Obt Poss Of Contr Subs Misre", "F"),
    "A16": _drug("A16", "Int Poss Contr Subst By Per Not Reg"),
    "A19": _drug("A19", "Purc/Rec Of Cont Substby Unauth Per"),
    "A30": _drug("A30", "Manufacture, Delivery, or Possession With Intent to Manufacture or Deliver", "F"),
    "A31": _drug("A31", "Poss Of Marijuana"),
    "A31I": _drug("A31I", "Marijuana-Small Amt Personal Use"),
    "A31II": _drug("A31II", "Possess Small Amt/Distribute, Not Sell"),
    "A31III": _drug("A31III", "Distribute Small Amt Marijuana/Not For Sale"),
    "A32": _drug("A32", "Use/Poss Of Drug Paraph"),
    "A33": _drug("A33", "Deliver/Intent To Del Drug Para"),
    "conspiracy": Statute("18", "903", "", "Conspiracy", "F"),
    "instrument": Statute("18", "907", "A", "Poss Instrument Of Crime W/Int", "M1"),
    "drug_death": Statute("18", "2506", "A", "Drug Delivery Resulting In Death", "F1"),
    "simple_assault": Statute("18", "2701", "A1", "Simple Assault", "M2", violent=True),
    "aggravated_assault": Statute("18", "2702", "A1", "Aggravated Assault", "F1", violent=True),
    "endangering": Statute("18", "2705", "", "Recklessly Endangering Another Person", "M2", violent=True),
    "threats": Statute("18", "2706", "A1", "Terroristic Threats W/ Int To Terrorize Another", "M1", violent=True),
    "mischief": Statute("18", "3304", "A5", "Criminal Mischief - Damage Property", "S"),
    "burglary": Statute(
        "18", "3502", "A4", "Burglary - Not Adapted for Overnight Accommodation, No Person Present", "F2"
    ),
    "trespass": Statute("18", "3503", "B1I", "Def Tres Actual Communication To", "M3"),
    "robbery": Statute("18", "3701", "A1IV", "Robbery-Inflict Threat Imm Bod Inj", "F2", violent=True),
    "theft": Statute("18", "3921", "A", "Theft By Unlaw Taking-Movable Prop", "M1"),
    "stolen_property": Statute("18", "3925", "A", "Receiving Stolen Property", "M1"),
    "retail_theft": Statute("18", "3929", "A1", "Retail Theft-Take Mdse", "M1"),
    "false_id": Statute("18", "4914", "A", "False Identification To Law Enforcement Officer", "M3"),
    "resisting": Statute("18", "5104", "", "Resist Arrest/Other Law Enforce", "M2"),
    "disorderly": Statute("18", "5503", "A4", "Disorder Conduct Hazardous/Physi Off", "S"),
    "drunkenness": Statute("18", "5505", "", "Public Drunkenness And Similar Misconduct", "S"),
    "prostitution": Statute("18", "5902", "A1", "Prostitution", "M3"),
    "prohibited_firearm": Statute("18", "6105", "A1", "Possession Of Firearm Prohibited", "F2"),
    "unlicensed_firearm": Statute("18", "6106", "A1", "Firearms Not To Be Carried W/O License", "F3"),
    "street_firearm": Statute("18", "6108", "", "Carry Firearms Public In Phila", "M1"),
    "suspended_license": Statute("75", "1543", "A", "Driv While Oper Priv Susp Or Revoked", "S"),
    "dui": Statute("75", "3802", "D2", "DUI: Controlled Substance - Impaired Ability - 1st Offense", "M"),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """The charges of one kind of arrest: always, one of, and each of these in some share (shares made up)."""

    always: tuple[str, ...] = ()
    one_of: Table[str] | None = None
    sometimes: tuple[tuple[str, float], ...] = ()


_MARIJUANA: Final = Table((("A31I", 70), ("A31", 30)))
_BESIDE: Final = Table(
    (
        ("retail_theft", 26),
        ("trespass", 20),
        ("resisting", 14),
        ("false_id", 12),
        ("disorderly", 10),
        ("theft", 7),
        ("drunkenness", 6),
        ("mischief", 5),
    )
)
RECIPES: Final = {
    "possession": Recipe(("A16",), None, (("A16", 0.05),)),
    "possession_paraphernalia": Recipe(("A16", "A32"), None, (("A16", 0.05),)),
    "paraphernalia": Recipe(("A32",)),
    "cannabis": Recipe((), _MARIJUANA),
    "cannabis_paraphernalia": Recipe(("A32",), _MARIJUANA),
    "purchase": Recipe(("A19",), None, (("A16", 0.7),)),
    "possession_with_other": Recipe(("A16",), _BESIDE, (("A32", 0.2),)),
    "delivery": Recipe(("A30", "A16"), None, (("A32", 0.1), ("conspiracy", 0.15), ("resisting", 0.03), ("A31", 0.03))),
    "delivery_alone": Recipe(("A30",), None, (("conspiracy", 0.2),)),
    "delivery_weapon": Recipe(
        ("A30", "A16", "street_firearm"), Table((("prohibited_firearm", 45), ("unlicensed_firearm", 55)))
    ),
    "drug_death": Recipe(("drug_death", "A30")),
    "small_distribution": Recipe((), Table((("A31II", 41), ("A31III", 59)))),  # sources §4: 774 and 1,139
    "fraud": Recipe(("A12",), None, (("A16", 0.3),)),
    "paraphernalia_delivery": Recipe(("A33",), None, (("A32", 0.3),)),
    "dui": Recipe(("dui",), Table((("A16", 75), ("A31I", 25))), (("suspended_license", 0.3), ("A32", 0.15))),
    "assault": Recipe(
        ("A16",), Table((("simple_assault", 50), ("aggravated_assault", 25), ("threats", 25))), (("endangering", 0.4),)
    ),
    "weapon": Recipe(
        ("A16",),
        Table((("prohibited_firearm", 35), ("unlicensed_firearm", 45), ("instrument", 20))),
        (("street_firearm", 0.5),),
    ),
    "theft": Recipe(
        ("A16",),
        Table((("retail_theft", 45), ("theft", 20), ("stolen_property", 20), ("burglary", 15))),
        (("A32", 0.3),),
    ),
    "robbery": Recipe(("robbery", "A16"), None, (("simple_assault", 0.5),)),
    "no_drug": Recipe(
        (), Table((("retail_theft", 40), ("trespass", 20), ("prostitution", 15), ("false_id", 10), ("mischief", 15)))
    ),
}

_GARBLED: Final = {"A16": "35 § 780-131 §§ A16", "A30": "35 § 780-131 §§ A30", "A32": "35 § 708-113 §§ A32"}
_LOCAL: Final = ("PHILA CODE 10-1601", "LOCAL ORD 10-604", "18 § 9999", "35 § 780-113 §§ A61", "CODE NOT LISTED")
_PIECES: Final = re.compile(r"[A-Za-z]+|\d+")


def statutes_of(kind: str, dice: Dice) -> list[Statute]:
    """The sections charged in an arrest of this kind, most serious first."""
    recipe = RECIPES[kind]
    codes = list(recipe.always)
    if recipe.one_of is not None:
        codes.append(dice.draw(recipe.one_of))
    codes += [code for code, share in recipe.sometimes if dice.chance(share)]
    return [STATUTES[code] for code in codes]


def write_charges(statutes: list[Statute], dice: Dice, unknown_share: float) -> list[Charge]:
    """The counts as somebody wrote them down, with the usual wrong grades, spellings and unreadable citations."""
    charges = [
        Charge(statute, cite(statute, dice.draw(cal.CITATION_STYLES)), grade_of(statute, dice)) for statute in statutes
    ]
    if dice.chance(unknown_share):
        which = dice.between(0, len(charges) - 1)
        charges[which] = _unreadable(charges[which], dice)
    return charges


def cite(statute: Statute, style: str) -> str:
    """The citation in one of the styles that police and courts use."""
    title, section, sub = statute.title, statute.section, statute.sub
    if style == "code":
        law = "P.S." if title == "35" else "Pa.C.S."
        return f"{title} {law} § {section}{''.join(f'({piece.lower()})' for piece in _PIECES.findall(sub))}"
    if style == "tight":
        return f"{title} §{section} §§{sub}" if sub else f"{title} §{section}"
    if not sub:
        return f"{title} § {section}"
    if style == "star":
        return f"{title} § {section} §§ {sub}*"
    if style == "mixed_case":
        sub = sub[0] + sub[1:].lower() if len(sub) > 3 else sub.lower()
    return f"{title} § {section} §§ {sub}"


def grade_of(statute: Statute, dice: Dice) -> str:
    """The grade as written: seldom blank, and wrong as often as Pennsylvania's dockets are."""
    roll = dice.roll()
    if roll < cal.BLANK_GRADE:
        return ""
    past_blank = (roll - cal.BLANK_GRADE) / (1 - cal.BLANK_GRADE)
    if statute.sub == "A16" and past_blank < cal.WRONG_FELONY_A16:
        return "F"
    if statute.sub == "A30" and past_blank < cal.WRONG_MISDEMEANOR_A30:
        return "M"
    return statute.grade


def _unreadable(charge: Charge, dice: Dice) -> Charge:
    """The same count with a citation that no book knows: a misspelt section, or a code of some other list."""
    garbled = _GARBLED.get(charge.statute.sub)
    written = garbled if garbled and dice.chance(cal.MISSPELT) else dice.pick(_LOCAL)
    return replace(charge, citation=written, readable=False)
