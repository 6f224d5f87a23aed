"""The wall in the code: no room of the prosecution side knows the rooms of the health side."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import instead.office

OFFICE = Path(instead.office.__file__).parent
#: Rooms of the prosecution side, and of the wall itself.
PROSECUTION = ("cases", "offers", "court", "consents", "closing", "tasks", "numbers", "letters")
HEALTH = ("instead.office.enrolments", "instead.office.treatment")
#: Modules that may look at both sides, each with the reason.
BOTH = {
    "tasks/queries.py": "Today shows every role its own work; names of walk-ins are shown to their own clinic alone",
    "numbers/both_sides.py": "what the public sees side by side, after every small count is hidden",
}
#: What may not stand in a disclosure, a task or a move: these words have no place on the prosecution side.
FORBIDDEN_FIELDS = ("level", "medication", "buprenorphine", "methadone", "naltrexone", "diagnosis", "service", "place")


def modules(room):
    return [path for path in (OFFICE / room).rglob("*.py") if "migrations" not in path.parts]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", PROSECUTION)
def test_a_prosecution_room_knows_no_health_room(room):
    for path in modules(room):
        name = path.relative_to(OFFICE).as_posix()
        known = [module for module in imported(path) if module.startswith(HEALTH)]
        assert not known or name in BOTH, f"{name} looks over the wall: {known}"


def test_every_exception_is_there_and_needed():
    for name in BOTH:
        path = OFFICE / name
        assert path.is_file() and any(module.startswith(HEALTH) for module in imported(path)), name


def test_what_is_kept_of_a_disclosure_has_the_fields_of_its_type_and_no_other():
    from instead.office.consents import wall

    told = (wall.FourFacts(), wall.OtherCondition(), wall.Progress())
    fields = {type(one).__name__: set(wall.as_json(one)) for one in told}
    assert fields["FourFacts"] == {"assessed_on", "engaged", "attendance", "completed"}
    assert fields["OtherCondition"] == set()
    assert fields["Progress"] == {"appointment", "place", "waits_for_place"}


def test_the_office_s_own_tables_have_no_column_for_what_it_may_not_know():
    from django.apps import apps

    for room in ("cases", "offers", "court", "closing"):
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                hidden = field.name in FORBIDDEN_FIELDS
                assert not hidden or (model.__name__, field.name) == ("ServiceHours", "place"), (model, field.name)
