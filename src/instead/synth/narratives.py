"""Short police prose that fits the form. Where a box is blank, it sometimes holds the answer, sometimes not."""

from __future__ import annotations

from typing import Final

from instead.synth import words
from instead.synth.dice import Dice
from instead.synth.drugs import Found
from instead.synth.scenes import Scene

_PATROL: Final = (
    "Officers on routine patrol observed the above {sex} {doing} near the {block} block of {street}.",
    "While on foot beat in the {district}th District, officers saw the {sex} {doing} on {street}.",
    "P/O on bike patrol observed the offender {doing}, {block} block {street}.",
    "Officers in a marked vehicle stopped the {sex}, who was {doing} at {street} and an unnamed alley.",
    "Plainclothes officers surveilling the {block} block of {street} saw the {sex} {doing}.",
)
_DOING: Final = (
    "holding a small {color} packet",
    "crouched behind a parked {car}",
    "counting small packets",
    "dropping an item to the ground",
    "seated in an abandoned lot",
    "walking away from a known drug corner",
)
_USING: Final = {"a glass pipe": "smoking from a glass pipe", "a used syringe": "preparing an injection"}
_SALE: Final = (
    "Officers observed the {sex} hand small objects to an unknown person in exchange for US currency on {street}.",
    "From a fixed post officers saw two hand-to-hand transactions involving the offender, {block} block {street}.",
    "A confidential source pointed out the {sex}; officers then saw an exchange of money for packets near {street}.",
)
_BUY: Final = (
    "Officers observed the {sex} hand money to an unknown seller and receive small objects near {street}.",
    "During a buyer detail on the {block} block of {street}, the {sex} was seen buying packets from an unknown person.",
)
_INTENT: Final = (
    "Officers executing a search warrant on the {block} block of {street} located the offender.",
    "Acting on complaints of drug activity, officers approached the {sex} near {street}.",
    "During a vehicle stop of a {car} on {street}, the {sex} was asked to step out.",
)
_OVERDOSE_SELF: Final = (
    "Police and Rescue responded to a radio call for an overdose on {street}. The {sex} was found unresponsive and was "
    "revived with naloxone. Items below were found only after that call.",
    "Medic unit requested police for a person down, {block} block {street}. The offender, who had overdosed, was given "
    "two doses of naloxone. Police had no other reason to be there.",
)
_OVERDOSE_OTHER: Final = (
    "Police responded to a 911 call for an overdose on {street}. The offender had called for a companion who was not "
    "breathing. Items below came to notice only because of the call.",
    "Radio call, person overdosing, {block} block {street}. The {sex} was with the victim and had asked a neighbor to "
    "call for help. No other reason for police to be at the location.",
)
_OVERDOSE_WHO: Final = (
    "Police and Rescue responded to a radio call for an overdose on {street}. Two persons were present. Items below "
    "came to notice only because of the call.",
)
_NEUTRAL: Final = (
    "The above {sex} came into contact with police on {street}.",
    "Encounter with the offender at the {block} block of {street}, {district}th District.",
)
_OTHER: Final = {
    "possession_with_other": "The {sex} was first stopped on {street} for another matter (see charges).",
    "dui": "A {car} was stopped on {street} after crossing the center line. Operator appeared under the influence.",
    "assault": "Police responded to a disturbance on {street}. The complainant identified the {sex}.",
    "weapon": "Radio call, person with a weapon, {block} block {street}. The {sex} matched the description.",
    "theft": "Employees of {store} near {street} detained the {sex} with unpaid merchandise or property of another.",
    "robbery": "The complainant on {street} pointed out the {sex} as the person who took property by threat.",
    "no_drug": "Police stopped the {sex} on the {block} block of {street} after a complaint (see charges).",
    "fraud": "A pharmacy on {street} reported that the {sex} presented a prescription that could not be verified.",
    "paraphernalia_delivery": "The {sex} was seen handing out new glass pipes and packaging for money on {street}.",
    "small_distribution": "The {sex} was seen passing a small bag to a companion on {street}; no money was seen.",
    "drug_death": "Following a fatal overdose on {street}, detectives identified the {sex} as the source of the drugs.",
    "cannabis": "Officers stopped the {sex} on {street}; an odor of marijuana was noted.",
}
_THINGS: Final = (
    "a used syringe",
    "a glass pipe",
    "a cooker and cotton",
    "a metal grinder",
    "rolling papers",
    "two capped needles",
)
_SALES_SIGNS: Final = (
    "Also recovered: US currency in small bills.",
    "Also recovered: a digital scale and unused packaging.",
    "No use paraphernalia was found.",
    "Stash was located in a nearby wall.",
    "",
)
_ENDS: Final = (
    "Transported to the {district}th District for processing.",
    "Offender was cooperative.",
    "Property placed on receipt.",
    "Offender stated that the items were for own use.",
    "Supervisor on scene.",
    "Body-worn camera was active.",
    "",
)


def narrate(scene: Scene, sex: str, district: str, age_told: int | None, dice: Dice) -> str:
    """The officer's account of this scene. ``age_told`` is said when the form lacks a date of birth."""
    thing = dice.pick(_THINGS)
    parts = [_opening(scene, dice), _found(scene, dice), _things(scene, thing), *_answers(scene)]
    if scene.is_sales or scene.kind == "drug_death":
        parts.append(dice.pick(_SALES_SIGNS))
    if age_told is not None:
        parts.append(f"Offender gave age as {age_told} and carried no identification.")
    parts.append(dice.pick(_ENDS) if scene.is_possession and scene.drugs else _ENDS[0])
    text = " ".join(part for part in parts if part)
    return (
        text.format(
            sex={"M": "male", "F": "female"}[sex],
            doing=_doing(scene, thing, dice),
            district=district,
            block=dice.between(words.BLOCKS[0] // 100, words.BLOCKS[1] // 100) * 100,
            street=f"{dice.pick(words.STREETS)} St",
            color=dice.pick(words.COLORS),
            car=dice.pick(words.CARS),
            store=dice.pick(words.STORES),
        )
        .replace("{color}", dice.pick(words.COLORS))
        .replace("{car}", dice.pick(words.CARS))
    )


def _opening(scene: Scene, dice: Dice) -> str:
    """How police came upon it; neutral when the form does not say and the officer did not write it either."""
    if not scene.call_only.told:
        return dice.pick(_NEUTRAL)
    if scene.call_only.truth:
        if not scene.overdosed.told:
            return dice.pick(_OVERDOSE_WHO)
        return dice.pick(_OVERDOSE_SELF if scene.overdosed.truth else _OVERDOSE_OTHER)
    if scene.sale_observed.truth:
        if not scene.sale_observed.told:
            return dice.pick(_NEUTRAL)
        return dice.pick(_BUY if scene.kind == "purchase" else _SALE)
    if scene.is_sales or scene.kind == "purchase":
        return dice.pick(_INTENT)
    return _OTHER.get(scene.kind.removesuffix("_paraphernalia"), "") or dice.pick(_PATROL)


def _answers(scene: Scene) -> list[str]:
    """What the narrative says about the remaining boxes of the form."""
    said = []
    if scene.stayed is not None and scene.stayed.told:
        stayed = (
            "remained on scene and gave a name" if scene.stayed.truth else "left before Rescue arrived and gave no name"
        )
        said.append(f"The person who asked for help {stayed}.")
    if scene.exploitation.truth and scene.exploitation.told:
        said.append("A juvenile on scene stated that the offender made him hold the packets.")
    if scene.drugs_complete:
        said.append("No other drugs were found.")
    elif scene.drugs_complete is False:
        said.append("Further items were left for the property unit to count.")
    return said


def _found(scene: Scene, dice: Dice) -> str:
    if not scene.drugs:
        return ""
    verb = dice.pick(("Recovered:", "Search incident to arrest yielded", "Officers recovered"))
    return f"{verb} {' and '.join(_item(found, dice) for found in scene.drugs)}."


def _item(found: Found, dice: Dice) -> str:
    name = {"unknown": "an unknown substance", "k2": "K2", "other": "a substance"}.get(found.drug, found.drug)
    source = {"field_test": "field test positive", "laboratory": "confirmed by laboratory", "officer": "alleged"}[
        found.known_by
    ]
    if not found.told:
        return f"a quantity of {name} ({source}, not weighed)"
    if found.unit == "packets":
        stamp = f' stamped "{dice.pick(words.STAMPS)}"' if dice.chance(0.5) else ""
        packets = "packet" if found.full_weight == "1" else "packets"
        return f"{found.full_weight} {dice.pick(words.COLORS)} {packets}{stamp} of {name} ({source})"
    if found.unit == "pills":
        return f"{found.full_weight} loose {'pill' if found.full_weight == '1' else 'pills'} ({source})"
    return f"approx. {found.full_weight} {found.unit} of {name} ({source})"


def _doing(scene: Scene, thing: str, dice: Dice) -> str:
    """Using is only seen where the thing to use with is found."""
    doing = dice.pick(_DOING)
    found_thing = scene.strips_only is not None and scene.strips_only.told and not scene.strips_only.truth
    return _USING.get(thing, doing) if found_thing else doing


def _things(scene: Scene, thing: str) -> str:
    if scene.strips_only is None:
        return ""
    if not scene.strips_only.told:
        return "Paraphernalia was recovered."
    if scene.strips_only.truth:
        return "The only paraphernalia was an unopened pack of fentanyl test strips."
    return f"{'Also recovered' if scene.drugs else 'Recovered'}: {thing}."
