"""What only the maker of the city knows, to measure matching and reading against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from instead.synth.arrests import Arrest
from instead.synth.people import Person

TRUTH_COLUMNS: Final = (
    "report_id",
    "person_id",
    "identity_of",
    "stolen_identity",
    "true_name",
    "true_birth_date",
    "true_pid",
    "phone_works",
    "kind",
    "overdose_call_only",
    "stayed",
    "person_overdosed",
    "sale_observed",
    "test_strips_only",
    "outcome",
)


def truth_rows(arrests: list[Arrest]) -> Iterator[tuple[str, ...]]:
    """One row a report: the person behind it and the true answers; the outcome even where it is still to come."""
    for arrest in arrests:
        scene, person = arrest.scene, arrest.person
        yield (
            arrest.report_id,
            person_id(person),
            person_id(arrest.identity),
            _word(arrest.identity is not person),
            person.name,
            person.born.isoformat(),
            person.pid,
            _word(arrest.phone_works),
            scene.kind,
            _word(scene.call_only.truth),
            _word(scene.stayed.truth if scene.stayed else None),
            _word(scene.overdosed.truth),
            _word(scene.sale_observed.truth),
            _word(scene.strips_only.truth if scene.strips_only else None),
            arrest.outcome.category if arrest.outcome.filed else "not filed",
        )


def person_id(person: Person) -> str:
    """The number of the true person: no file but this one has it."""
    return f"T{person.number:06d}"


def _word(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"
