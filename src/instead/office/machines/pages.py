"""A machine as tables in Markdown: what ``docs/office/states.md`` shows."""

from __future__ import annotations

from instead.office.machines.machine import Machine, State, Transition

_WAYS = {"": "", "undo": " (takes back)", "reopen": " (begins again)", "afterwards": " (afterwards)"}


def states_table(machine: Machine) -> str:
    """The open states: what each means, whose it is, its clock, the next step, and whether the person's clock runs."""
    head = "| state | meaning | in Spanish | owner | clock | the person's clock | next step |\n" + "|---" * 7 + "|"
    return "\n".join([head, *(_open_row(state) for state in machine.open_states)])


def ends_table(machine: Machine) -> str:
    """The ends and what each is counted as."""
    head = "| end | meaning | in Spanish | counted as |\n|---|---|---|---|"
    return "\n".join([head, *(_end_row(state) for state in machine.ends)])


def transitions_table(machine: Machine) -> str:
    """Every transition: from where to where, who may take it, and what must be there before."""
    head = "| transition | what happens | from | to | who | what must be there |\n" + "|---" * 6 + "|"
    return "\n".join([head, *(_way_row(way) for way in machine.transitions)])


def _open_row(state: State) -> str:
    clock = "stands still" if state.stops_clock else "runs"
    cells = (f"`{state.name}`", state.title, state.title_es, state.owner, f"`{state.clock}`", clock, state.next_step)
    return f"| {' | '.join(cells)} |"


def _end_row(state: State) -> str:
    return f"| `{state.name}` | {state.title} | {state.title_es} | `{state.end_code}` |"


def _way_row(way: Transition) -> str:
    sources = ", ".join(f"`{name}`" for name in way.sources)
    needs = "; ".join(way.needs) or "—"
    cells = (f"`{way.name}`", way.title + _WAYS[way.leaves], sources, f"`{way.target}`", ", ".join(way.actors), needs)
    return f"| {' | '.join(cells)} |"
