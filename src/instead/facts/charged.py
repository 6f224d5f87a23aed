"""From the kinds of the charges to the facts that follow from them.

A ``…_charged`` fact is the Kleene *or* over the charges, an "only" fact the Kleene *and* with at least one
charge that makes it so. One charge of unknown kind may be anything; without charges nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from instead.facts.kleene import Kleene, all_of, any_of
from instead.facts.vocabulary import FromCharges, Vocabulary

#: The kinds of one charge; None when its kind is unknown.
Kinds = frozenset[str] | None


def facts_from_kinds(charges: Sequence[Kinds], vocabulary: Vocabulary) -> dict[str, int | None]:
    """Codes of every fact about kinds of charges. Facts about grades are left out: they need the grade."""
    found: dict[str, int | None] = {}
    for fact in vocabulary.from_charges:
        rule = fact.from_charges
        if rule is not None and not rule.grade:
            value = _fact(rule, charges) if charges else None
            found[fact.name] = None if value is None else int(value)
    return found


def _fact(rule: FromCharges, charges: Sequence[Kinds]) -> Kleene:
    if rule.any_of:
        return any_of(_some(kinds, rule.any_of) for kinds in charges)
    all_within = all_of(None if kinds is None else kinds <= rule.only for kinds in charges)
    return all_of([all_within, any_of(_some(kinds, rule.having) for kinds in charges)])


def _some(kinds: Kinds, wanted: frozenset[str]) -> Kleene:
    return None if kinds is None else bool(kinds & wanted)
