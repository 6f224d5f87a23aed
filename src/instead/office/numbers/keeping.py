"""What was published, as text to keep, so that the next release can be audited together with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple

from instead.office.numbers.release import Percent, Published, Sum
from instead.office.numbers.tables import Cell, Dimension, Shape


def as_json(published: Published) -> str:
    """Everything about what was published, as JSON. It says nothing that the public cannot see."""
    kept = {
        "threshold": published.threshold,
        "shapes": [astuple(shape) for shape in published.shapes],
        "sums": [astuple(entry) for entry in published.sums],
        "percents": [astuple(percent) for percent in published.percents],
        "shown": list(published.shown.items()),
    }
    return json.dumps(kept, ensure_ascii=False)


def from_json(text: str) -> Published:
    """What :func:`as_json` wrote down."""
    kept = json.loads(text)
    return Published(
        shapes=tuple(
            Shape(
                title, population, tuple(Dimension(name, tuple(members), not_known) for name, members, not_known in by)
            )
            for title, population, by in kept["shapes"]
        ),
        sums=tuple(
            Sum(_cell(total), tuple(map(_cell, parts)), rest, signed) for total, parts, rest, signed in kept["sums"]
        ),
        percents=tuple(Percent(_cell(part), _cell(whole), tenths) for part, whole, tenths in kept["percents"]),
        shown={_cell(cell): count for cell, count in kept["shown"]},
        threshold=kept["threshold"],
    )


def _cell(written: Sequence[Sequence[Sequence[str]]]) -> Cell:
    population, where = written
    return Cell(str(population), tuple((dimension, member) for dimension, member in where))
