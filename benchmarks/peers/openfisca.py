"""OpenFisca-core: facts as variables of a person, with a second variable that says whether the fact is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from contender import Absent, Contender, Meaning, OneByOne

from instead.facts.formula import facts_in
from instead.facts.lower import definitely, maybe
from instead.facts.vocabulary import Fact
from instead.policy.decision import Encoding
from instead.policy.model import Policy
from peers.dialect import Dialect

HOW = (
    "Facts as variables, each with a second variable for “known”; two variables a rule, *definitely* and *maybe*, "
    "with NumPy formulas; the decision is a variable that walks them in reverse with `numpy.where`."
)
HOW_SIMPLE = "Facts as variables, a variable a rule, and the decision by `numpy.select`."


#: Facts are taken once; OpenFisca wants a period for each value.
_PERIOD = "2024-01"


class _System:
    """A tax-benefit system without taxes or benefits: one entity, the facts, the rules, the decision."""

    def __init__(self, policy: Policy, meaning: Meaning) -> None:
        try:
            from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables
        except ImportError as error:
            raise Absent(f"OpenFisca-core: {error}") from None
        self.policy, self.meaning = policy, meaning
        self.builder: Any = simulations.SimulationBuilder
        self.entity: Any = entities.build_entity("person", "persons", "A person", is_person=True)
        self._variables, self._unit = variables, periods.DateUnit.MONTH
        self.system: Any = taxbenefitsystems.TaxBenefitSystem([self.entity])
        self._facts()
        if meaning == "first hit":
            self._first_hit()
        else:
            self._possible_outcomes()

    def _add(self, name: str, value_type: type, formula: Callable[..., Any] | None = None) -> None:
        body: dict[str, Any] = {
            "value_type": value_type,
            "entity": self.entity,
            "definition_period": self._unit,
            "label": name,
        }
        if formula is not None:
            body["formula"] = formula
        self.system.add_variable(type(name, (self._variables.Variable,), body))

    def _facts(self) -> None:
        for fact in self.policy.facts:
            self._add(fact.name, bool if fact.kind == "yes_no" else int)
            if self.meaning != "first hit":
                self._add(f"{fact.name}_known", bool)

    def _first_hit(self) -> None:
        dialect = _dialect(self.policy)
        *rules, _ = self.policy.rules
        for index, rule in enumerate(rules):
            self._add(f"rule_{index}", bool, _formula(dialect.plain(rule.formula), self.policy))

        def formula(person: Any, period: Any) -> Any:
            hits = [person(f"rule_{index}", period) for index in range(len(rules))]
            return np.select(hits, list(range(len(rules))), len(rules))

        self._add("decision", int, formula)

    def _possible_outcomes(self) -> None:
        dialect, bits = _dialect(self.policy), Encoding.of(self.policy).bits
        last = len(self.policy.rules) - 1
        for index, rule in enumerate(self.policy.rules[:-1]):
            for kind, lower in (("definitely", definitely), ("maybe", maybe)):
                self._add(f"rule_{index}_{kind}", bool, _formula(dialect.lowered(lower(rule.formula)), self.policy))

        def formula(person: Any, period: Any) -> Any:
            stop = np.full(person.count, last, np.uint8)
            possible = np.full(person.count, bits[last], np.uint8)
            for index in range(last - 1, -1, -1):
                definite = person(f"rule_{index}_definitely", period)
                bit = np.uint8(bits[index])
                stop = np.where(definite, np.uint8(index), stop)
                possible = np.where(definite, bit, possible | (person(f"rule_{index}_maybe", period) * bit))
            return np.where(possible & (possible - np.uint8(1)) == 0, stop, possible + np.uint8(240))

        self._add("decision", int, formula)

    def simulate(self, values: dict[str, Any], count: int) -> Any:
        """The decisions of ``count`` persons with these inputs, in a new simulation."""
        simulation = self.builder().build_default_simulation(self.system, count=count)
        for name, array in values.items():
            simulation.set_input(name, _PERIOD, array)
        return simulation.calculate("decision", _PERIOD)

    def inputs(self, cases: pl.DataFrame) -> dict[str, Any]:
        """The arrays that stand for the cases."""
        found: dict[str, Any] = {}
        for fact in self.policy.facts:
            column = cases[fact.name]
            found[fact.name] = column.to_physical().fill_null(0 if fact.kind != "yes_no" else False).to_numpy()
            found[fact.name] = found[fact.name].astype(_dtype(fact), copy=True)
            if self.meaning != "first hit":
                found[f"{fact.name}_known"] = column.is_not_null().to_numpy().copy()
        return found


def _dtype(fact: Fact) -> Any:
    return np.bool_ if fact.kind == "yes_no" else np.int32


def _dialect(policy: Policy) -> Dialect:
    return Dialect(
        policy.vocabulary.facts,
        both=" & ",
        either=" | ",
        opposite="~({0})",
        known="{0}_known",
        unknown="~{0}_known",
        yes="{0}",
        no="~{0}",
        surely_yes="{0}",
        surely_no="({0}_known & ~{0})",
        maybe_yes="({0} | ~{0}_known)",
        maybe_no="~{0}",
        among=lambda fact, codes: f"numpy.isin({fact}, ({codes},))",
    )


def _formula(condition: str, policy: Policy) -> Callable[..., Any]:
    """A formula method that looks up each variable once, as one writes it by hand."""
    named = {name for rule in policy.rules for name in facts_in(rule.formula)}
    words = sorted(set(re.findall(r"[a-z_]+", condition)) & (named | {f"{name}_known" for name in named}))
    lines = ["def formula(person, period):", *(f"    {word} = person({word!r}, period)" for word in words)]
    namespace: dict[str, Any] = {"numpy": np}
    exec("\n".join([*lines, f"    return {condition}"]), namespace)
    found: Callable[..., Any] = namespace["formula"]
    return found


def whole(policy: Policy, cases: pl.DataFrame, meaning: Meaning) -> Contender:
    system = _System(policy, meaning)
    values = system.inputs(cases)
    return Contender(
        "OpenFisca-core",
        HOW_SIMPLE if meaning == "first hit" else HOW,
        len(cases),
        lambda: system.simulate(values, len(cases)),
    )


def one_by_one(policy: Policy, cases: pl.DataFrame, meaning: Meaning) -> OneByOne:
    system = _System(policy, meaning)
    values = system.inputs(cases)
    singles = [{name: array[index : index + 1] for name, array in values.items()} for index in range(len(cases))]
    return OneByOne(
        "OpenFisca-core",
        HOW_SIMPLE if meaning == "first hit" else HOW,
        lambda index: system.simulate(singles[index], 1),
        lambda answer: int(answer[0]),
    )
