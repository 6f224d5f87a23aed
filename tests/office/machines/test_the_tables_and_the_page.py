"""The page for coordinators shows the machines as they are: tables and diagrams."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from instead.office.machines import MACHINES, Machine
from instead.office.machines.pages import ends_table, states_table, transitions_table

PAGE = (Path(__file__).parents[3] / "docs" / "office" / "states.md").read_text(encoding="utf-8")
_WORDS = re.compile(r"deficient|revoked|divert", re.IGNORECASE)
machines = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)


def _part(machine: Machine) -> str:
    start = PAGE.index(f"\n## The {machine.name}\n")
    following = PAGE.find("\n## ", start + 1)
    return PAGE[start : following if following > 0 else len(PAGE)]


@machines
def test_the_tables_on_the_page_are_the_machine(machine: Machine) -> None:
    shown = re.findall(r"(?:^\|.*\n?)+", _part(machine), re.MULTILINE)
    tables = [states_table(machine), ends_table(machine), transitions_table(machine)]
    assert [table.strip() for table in shown] == tables


@machines
def test_every_arrow_of_the_diagram_is_a_transition_and_every_state_is_in_it(machine: Machine) -> None:
    (diagram,) = re.findall(r"```text\n(.*?)```", _part(machine), re.DOTALL)
    ways = {(source, target) for source, _, target in machine.edges()}
    drawn: set[str] = set()
    for line in diagram.split("\n"):
        if "→" not in line:
            continue
        steps = [step.strip() for step in line.split("→")]
        names = [step.strip("[]") for step in steps]
        for before, after in pairwise(names):
            assert (before, after) in ways, f"{before} → {after} is no transition"
        for step, name in zip(steps[1:], names[1:], strict=True):
            assert step.startswith("[") == (not machine.state(name).open), f"{step} is drawn wrongly"
        drawn.update(names)
    assert {state.name for state in machine.open_states} <= drawn


@machines
def test_no_cell_breaks_its_table(machine: Machine) -> None:
    for table in (states_table(machine), ends_table(machine), transitions_table(machine)):
        assert len({line.count("|") for line in table.split("\n")}) == 1


@machines
def test_titles_are_plain_words(machine: Machine) -> None:
    for state in machine.states:
        assert not _WORDS.search(f"{state.title} {state.title_es} {state.next_step}")
