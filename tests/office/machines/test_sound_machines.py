"""The checker finds each kind of planted mistake, and finds none in the machines of the office."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from instead.errors import NotFound
from instead.office.accounts.models import User
from instead.office.machines import MACHINES, ROLES, Machine, NotAllowed, State, Transition
from instead.office.machines.machine import STAFF
from instead.office.machines.sound import checked, mistakes

BEGUN = State("begun", "Begun", "Empezado", "coordinator", "begin_days", "Go on.")
GOING = State("going", "Going on", "En curso", "peer", "go_days", "End it.")
DONE = State("done", "Done", "Hecho", open=False, end_code="done")
GONE = State("gone", "Gone", "Ido", open=False, end_code="gone")
GO = Transition("go", "It goes on", ("begun",), "going", ("coordinator",))
END = Transition("end", "It ends", ("going",), "done", ("coordinator", "person"), ("a word",))
DROP = Transition("drop", "It is dropped", ("begun", "going"), "gone", ("program",))
BACK = Transition("back", "It begins again", ("gone",), "begun", ("coordinator",), leaves="reopen")
SMALL = Machine("small", (BEGUN, GOING, DONE, GONE), (GO, END, DROP, BACK))


def _with(*, state: State | None = None, way: Transition | None = None, **changes: Any) -> Machine:
    states = tuple(replace(s, **changes) if s is state else s for s in SMALL.states)
    ways = tuple(replace(w, **changes) if w is way else w for w in SMALL.transitions)
    return replace(SMALL, states=states, transitions=ways)


def _and(*added: State | Transition) -> Machine:
    states = (*SMALL.states, *(thing for thing in added if isinstance(thing, State)))
    ways = (*SMALL.transitions, *(thing for thing in added if isinstance(thing, Transition)))
    return replace(SMALL, states=states, transitions=ways)


ISLAND = State("island", "An island", "Una isla", "peer", "some_days", "Swim.")
TRAP = Transition("trap", "It is trapped", ("begun",), "island", ("peer",))
CIRCLE = Transition("circle", "It goes round", ("island",), "island", ("peer",))
ONLY_BACK = replace(BACK, name="only_back", sources=("island",), target="gone", leaves="undo")

PLANTED = [
    (_with(state=GOING, owner=""), "going is open and has no owner"),
    (_with(state=GOING, owner="person"), "going is owned by person, who does not sign in"),
    (_with(state=GOING, clock=""), "going is open and has no clock"),
    (_with(state=GOING, next_step=""), "going is open and has no next step"),
    (_with(state=GOING, end_code="x"), "going is open and has the end code x"),
    (_with(state=GOING, title_es=""), "going has no title in both languages"),
    (_with(state=GOING, title="Begun"), "two states have the title 'Begun'"),
    (_with(state=DONE, end_code=""), "done is an end and has no end code"),
    (_with(state=DONE, end_code="gone"), "two ends have the code gone"),
    (_with(state=DONE, clock="x_days"), "done is an end and still waits for something"),
    (_with(state=DONE, stops_clock=True), "done is an end and still waits for something"),
    (_with(way=BACK, leaves=""), "back leaves the end gone and is not marked"),
    (_with(way=END, sources=()), "end leaves no state"),
    (_with(way=END, sources=("going", "going")), "end names the state going twice"),
    (_with(way=END, sources=("goign",)), "end names goign, which is no state"),
    (_with(way=END, target="doen"), "end names doen, which is no state"),
    (_with(way=END, actors=()), "nobody may take end"),
    (_with(way=END, actors=("judge",)), "end names judge, who is nobody"),
    (_with(way=END, title=""), "end has no title"),
    (_with(way=END, name="go"), "two transitions are named go"),
    (_with(state=GOING, name="Going on"), "'Going on' is no plain name"),
    (_and(GOING), "two states are named going"),
    (_and(ISLAND, replace(CIRCLE, name="leave_island", target="done")), "island cannot be reached"),
    (_and(ISLAND, TRAP, CIRCLE), "island can reach no end"),
    (_and(ISLAND, TRAP, ONLY_BACK), "island can reach no end"),
    (replace(SMALL, states=(), transitions=()), "there is no state"),
    (replace(SMALL, states=(BEGUN, GOING), transitions=(GO,)), "there is no end"),
]


@pytest.mark.parametrize(("machine", "message"), PLANTED, ids=[message for _, message in PLANTED])
def test_a_planted_mistake_is_found(machine: Machine, message: str) -> None:
    assert f"small: {message}" in mistakes(machine)
    with pytest.raises(ValueError, match="small: "):
        checked(machine)


def test_a_state_reached_only_by_a_way_back_is_not_reached() -> None:
    undo = replace(BACK, name="undo_end", sources=("done",), target="island", leaves="undo")
    out = Transition("out", "Out", ("island",), "done", ("peer",))
    assert mistakes(_and(ISLAND, undo, out)) == ["small: island cannot be reached"]


def test_all_mistakes_are_told_at_once() -> None:
    machine = replace(_with(state=GOING, owner="", clock=""), transitions=(GO, replace(END, actors=()), DROP, BACK))
    assert len(mistakes(machine)) == 3


@pytest.mark.parametrize("machine", (SMALL, *MACHINES), ids=lambda machine: machine.name)
def test_a_sound_machine_has_no_mistake(machine: Machine) -> None:
    assert mistakes(machine) == []
    assert checked(machine) is machine


def test_questions_to_a_machine() -> None:
    assert SMALL.initial is BEGUN
    assert SMALL.can("begun", "go")
    assert not SMALL.can("going", "go")
    assert SMALL.target("going", "drop") == "gone"
    assert SMALL.allowed("going", "person") == (END,)
    assert SMALL.allowed("begun", "analyst") == ()
    assert SMALL.leaving("done") == ()
    with pytest.raises(NotAllowed, match="small: go does not leave going; what does: end, drop"):
        SMALL.target("going", "go")
    with pytest.raises(NotAllowed, match="what does: nothing"):
        SMALL.target("done", "go")


def test_a_wrong_name_is_told_with_the_nearest() -> None:
    for ask in (lambda: SMALL.can("goin", "go"), lambda: SMALL.state("goin"), lambda: SMALL.allowed("goin", "peer")):
        with pytest.raises(NotFound, match="there is no state 'goin'; did you mean going"):
            ask()
    with pytest.raises(NotFound, match="there is no transition 'dorp'; did you mean drop"):
        SMALL.can("begun", "dorp")
    with pytest.raises(NotFound, match="there is no role 'coordinater'; did you mean coordinator"):
        SMALL.allowed("begun", "coordinater")


def test_the_roles_are_those_of_the_accounts() -> None:
    assert set(STAFF) == set(User.Role.values)
    assert set(ROLES) == {*STAFF, "person", "program"}
