"""What is known of a case, fact by fact, with where it comes from: for the pages that show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from instead.facts.vocabulary import Fact
from instead.office.cases.models import Case, FactValue
from instead.policy.model import Policy


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One fact with its newest value in words; "not known" where somebody said that it is not known."""

    fact: Fact
    code: int | None
    value: str
    source: str
    learned_at: dt.datetime

    @property
    def of_the_drugs(self) -> bool:
        """Whether it says what was found, or how much: the first thing that somebody looks for."""
        if self.fact.kind == "amount":
            return self.code != 0
        return self.fact.name.endswith("_found") and self.code == 1


def facts_of(case: Case, policy: Policy) -> list[KnownFact]:
    """Every fact that was ever told of a case, in the order of the vocabulary."""
    newest = {row.fact: row for row in FactValue.objects.filter(case=case).order_by("pk")}
    told = ((fact, newest[name]) for name, fact in policy.vocabulary.facts.items() if name in newest)
    return [KnownFact(fact, row.code, shown(fact, row.code), row.source, row.learned_at) for fact, row in told]


def shown(fact: Fact, code: int | None) -> str:
    """A value as people write it."""
    return "not known" if code is None else fact.show(code)
