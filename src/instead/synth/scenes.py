"""What truly happened at an arrest, and what the officer's form says of it."""

from __future__ import annotations

from dataclasses import dataclass

from instead.synth import calibration as cal
from instead.synth.charges import Charge, Statute, statutes_of, write_charges
from instead.synth.dice import Dice
from instead.synth.drugs import Found, find_drugs


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes-or-no question of the form: the truth, what is written, and whether the narrative tells the truth."""

    truth: bool
    written: bool | None
    told: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """One arrest: its kind, the sections that fit it, the counts as written, the things found and the answers."""

    kind: str
    statutes: tuple[Statute, ...]
    charges: tuple[Charge, ...]
    drugs: tuple[Found, ...]
    drugs_complete: bool | None
    call_only: Answer
    stayed: Answer | None
    overdosed: Answer
    sale_observed: Answer
    exploitation: Answer
    strips_only: Answer | None

    @property
    def is_possession(self) -> bool:
        """True for what the public dashboard counts as drug possession."""
        return self.kind in cal.POSSESSION_KINDS

    @property
    def is_sales(self) -> bool:
        """True for what the public dashboard counts as drug sales."""
        return self.kind in cal.SALES_KINDS


def set_scene(dice: Dice) -> Scene:
    """One arrest, from its kind down to the last box of the form."""
    kind = dice.draw(cal.KINDS)
    statutes = statutes_of(kind, dice)
    overdose = dice.chance(cal.OVERDOSE.get(kind, 0.0))
    strips = _strips(kind, statutes, dice)
    return Scene(
        kind=kind,
        statutes=tuple(statutes),
        charges=tuple(write_charges(statutes, dice, cal.UNKNOWN_STATUTE)),
        drugs=find_drugs(kind, statutes, dice),
        drugs_complete=dice.draw(cal.ALL_LISTED),
        call_only=_answer(overdose, cal.NO_CALL_ANSWER, dice),
        stayed=_answer(dice.chance(cal.STAYED), cal.NO_STAYED_ANSWER, dice) if overdose else None,
        overdosed=_answer(overdose and dice.chance(cal.PERSON_OVERDOSED), cal.NO_OVERDOSED_ANSWER * overdose, dice),
        sale_observed=_answer(
            not overdose and dice.chance(cal.SALE_SEEN.get(kind, cal.SALE_SEEN_OTHERWISE)), cal.NO_SALE_ANSWER, dice
        ),
        exploitation=_answer(
            kind in cal.SALES_KINDS and dice.chance(cal.EXPLOITATION), cal.NO_EXPLOITATION_ANSWER, dice
        ),
        strips_only=strips,
    )


def _strips(kind: str, statutes: list[Statute], dice: Dice) -> Answer | None:
    """Only asked where things to use drugs with are charged."""
    if all(statute.sub != "A32" for statute in statutes):
        return None
    return _answer(dice.chance(cal.STRIPS_ONLY.get(kind, 0.0)), cal.NO_STRIPS_ANSWER, dice)


def _answer(truth: bool, blank_share: float, dice: Dice) -> Answer:
    if dice.chance(blank_share):
        return Answer(truth, None, dice.chance(cal.NARRATIVE_TELLS))
    return Answer(truth, truth, True)
