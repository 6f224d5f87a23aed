"""Whether a machine is sound: nothing can be stuck, unowned or without a clock, and ends stay ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from instead.office.machines.machine import ROLES, STAFF, Machine, State, Transition

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def checked(machine: Machine) -> Machine:
    """The machine itself; raises ``ValueError`` with every mistake, so that an unsound table is never loaded."""
    found = mistakes(machine)
    if found:
        raise ValueError("\n".join(found))
    return machine


def mistakes(machine: Machine) -> list[str]:
    """Everything that is wrong with a machine, in words."""
    found = [*_names(machine), *_states(machine.states), *_transitions(machine)]
    if not found:  # paths mean nothing while names lead nowhere
        found = list(_paths(machine))
    return [f"{machine.name}: {message}" for message in found]


def _names(machine: Machine) -> Iterator[str]:
    if not machine.states:
        yield "there is no state"
    names = [*(state.name for state in machine.states), *(way.name for way in machine.transitions)]
    for name in names:
        if not _NAME.fullmatch(name):
            yield f"{name!r} is no plain name"
    yield from (f"two states are named {name}" for name in _twice(state.name for state in machine.states))
    yield from (f"two transitions are named {name}" for name in _twice(way.name for way in machine.transitions))
    yield from (f"two states have the title {title!r}" for title in _twice(state.title for state in machine.states))
    codes = (state.end_code for state in machine.states if state.end_code)
    yield from (f"two ends have the code {code}" for code in _twice(codes))


def _states(states: tuple[State, ...]) -> Iterator[str]:
    for state in states:
        if not state.title or not state.title_es:
            yield f"{state.name} has no title in both languages"
        if state.open:
            yield from _open_state(state)
        else:
            yield from _end(state)


def _open_state(state: State) -> Iterator[str]:
    if not state.owner:
        yield f"{state.name} is open and has no owner"
    elif state.owner not in STAFF:
        yield f"{state.name} is owned by {state.owner}, who does not sign in"
    if not state.clock:
        yield f"{state.name} is open and has no clock"
    if not state.next_step:
        yield f"{state.name} is open and has no next step"
    if state.end_code:
        yield f"{state.name} is open and has the end code {state.end_code}"


def _end(state: State) -> Iterator[str]:
    if not state.end_code:
        yield f"{state.name} is an end and has no end code"
    if state.owner or state.clock or state.next_step or state.stops_clock:
        yield f"{state.name} is an end and still waits for something"


def _transitions(machine: Machine) -> Iterator[str]:
    states = {state.name: state for state in machine.states}
    for way in machine.transitions:
        if not way.title:
            yield f"{way.name} has no title"
        if not way.sources:
            yield f"{way.name} leaves no state"
        if not way.actors:
            yield f"nobody may take {way.name}"
        yield from (f"{way.name} names {role}, who is nobody" for role in way.actors if role not in ROLES)
        yield from (f"{way.name} names the state {name} twice" for name in _twice(way.sources))
        unknown = [name for name in (*way.sources, way.target) if name not in states]
        yield from (f"{way.name} names {name}, which is no state" for name in unknown)
        if not unknown and not way.leaves:
            ends = [name for name in way.sources if not states[name].open]
            yield from (f"{way.name} leaves the end {name} and is not marked" for name in ends)


def _paths(machine: Machine) -> Iterator[str]:
    onward = [way for way in machine.transitions if way.leaves in ("", "afterwards")]
    reached = _reached({machine.initial.name}, onward)
    yield from (f"{state.name} cannot be reached" for state in machine.states if state.name not in reached)
    ends = {state.name for state in machine.ends}
    if not ends:
        yield "there is no end"
    plain = [way for way in machine.transitions if not way.leaves]
    for state in machine.open_states:
        if not ends & _reached({state.name}, plain):
            yield f"{state.name} can reach no end"


def _reached(start: set[str], ways: Iterable[Transition]) -> set[str]:
    """Every state that can be reached over these ways, the start included."""
    reached, before = set(start), -1
    ways = list(ways)
    while len(reached) != before:
        before = len(reached)
        reached |= {way.target for way in ways if reached.intersection(way.sources)}
    return reached


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
