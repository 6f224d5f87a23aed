"""A state machine as a plain table: states, transitions, who may take them, and what must be there before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from instead.errors import InsteadError, NotFound, nearest, shown

#: Who can own an open state: the roles of people who sign in.
STAFF: tuple[str, ...] = (
    "prosecutor",
    "coordinator",
    "provider_staff",
    "peer",
    "defense_counsel",
    "analyst",
    "administrator",
)
#: Who can take a transition: staff, the person whose case it is, and the program itself (import, policy, timers).
ROLES: tuple[str, ...] = (*STAFF, "person", "program")

#: Why a transition may leave an end: a slip is taken back, the matter begins again, or something follows by law.
Leaves = Literal["", "undo", "reopen", "afterwards"]


class NotAllowed(InsteadError):
    """A transition that does not leave this state."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case, an enrolment or a referral can be.

    ``owner`` is the role that answers for the next step; ``clock`` names the deadline in the office's parameters or
    the policy's track. In a state with ``stops_clock`` the person's own clocks stand still: somebody else's turn.
    An end has an ``end_code``, which is what is counted, and no owner, clock or next step.
    """

    name: str
    title: str
    title_es: str
    owner: str = ""
    clock: str = ""
    next_step: str = ""
    open: bool = True
    stops_clock: bool = False
    end_code: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another.

    ``needs`` are the facts and records that must exist, in words; the action that takes the transition checks them.
    ``leaves`` marks the ways back or on from an end; such a way may leave open states as well.
    """

    name: str
    title: str
    sources: tuple[str, ...]
    target: str
    actors: tuple[str, ...]
    needs: tuple[str, ...] = ()
    leaves: Leaves = ""


@dataclass(frozen=True)
class Machine:
    """States and transitions. The first state is where everything begins."""

    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    @cached_property
    def _state(self) -> Mapping[str, State]:
        return {state.name: state for state in self.states}

    @cached_property
    def _transition(self) -> Mapping[str, Transition]:
        return {transition.name: transition for transition in self.transitions}

    @property
    def initial(self) -> State:
        """Where everything begins."""
        return self.states[0]

    @property
    def open_states(self) -> tuple[State, ...]:
        """The states that somebody has to do something about."""
        return tuple(state for state in self.states if state.open)

    @property
    def ends(self) -> tuple[State, ...]:
        """The states in which nothing is left to do."""
        return tuple(state for state in self.states if not state.open)

    def state(self, name: str) -> State:
        """The state of this name; raises :class:`NotFound` with the nearest name."""
        if name not in self._state:
            raise NotFound(self._unknown("state", name, list(self._state)))
        return self._state[name]

    def transition(self, name: str) -> Transition:
        """The transition of this name; raises :class:`NotFound` with the nearest name."""
        if name not in self._transition:
            raise NotFound(self._unknown("transition", name, list(self._transition)))
        return self._transition[name]

    def can(self, state: str, transition: str) -> bool:
        """Whether a transition leaves a state. Who takes it and what it needs is not asked here."""
        return self.state(state).name in self.transition(transition).sources

    def target(self, state: str, transition: str) -> str:
        """Where a transition leads from a state; raises :class:`NotAllowed` where it does not leave it."""
        if not self.can(state, transition):
            ways = ", ".join(way.name for way in self.leaving(state)) or "nothing"
            raise NotAllowed(f"{self.name}: {transition} does not leave {state}; what does: {ways}")
        return self.transition(transition).target

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """Every transition that leaves a state."""
        name = self.state(state).name
        return tuple(transition for transition in self.transitions if name in transition.sources)

    def allowed(self, state: str, role: str) -> tuple[Transition, ...]:
        """What somebody of this role can do in a state."""
        if role not in ROLES:
            raise NotFound(self._unknown("role", role, list(ROLES)))
        return tuple(transition for transition in self.leaving(state) if role in transition.actors)

    def edges(self) -> Iterator[tuple[str, str, str]]:
        """Every way as (state, transition, state)."""
        for transition in self.transitions:
            for source in transition.sources:
                yield source, transition.name, transition.target

    def _unknown(self, kind: str, name: str, known: list[str]) -> str:
        near = nearest(name, known)
        return f"{self.name}: there is no {kind} {shown(name)}" + (f"; did you mean {near}?" if near else "")
