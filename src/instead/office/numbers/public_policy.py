"""The policy in force in plain language, in the order in which it is applied, in English or Spanish.

Where the policy has no Spanish sentence, the English one stands there and says that it is English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from instead.facts.scope import Parameter
from instead.policy.model import Policy, Promise, Rule, Track


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in one language."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: what it says, what follows, and the law. ``kind`` is for its color alone."""

    sentence: Sentence
    outcome: str
    kind: str
    law: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise, and what kind of sentence it is."""

    sentence: Sentence
    kind: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number that an office may change: its name, why it is so, its values with the days from which they hold."""

    name: str
    because: str
    values: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """What an offer asks, and what follows where it does not work out, in the words of the policy."""

    title: Sentence
    failing: str


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A policy as the public reads it."""

    policy: Policy
    promises: tuple[PromiseLine, ...]
    rules: tuple[RuleLine, ...]
    numbers: tuple[NumberLine, ...]
    offers: tuple[OfferLine, ...]


def policy_page(policy: Policy, language: str) -> PolicyPage:
    """The policy in the language of the page, as far as it is written in it."""
    return PolicyPage(
        policy,
        tuple(_promise(promise, language) for promise in policy.promises),
        tuple(_rule(rule, language) for rule in policy.rules),
        tuple(_number(parameter) for parameter in policy.parameters.values()),
        tuple(_offer(track, language) for track in policy.tracks.values()),
    )


_COLORS: Final = {"divert": "offer", "decline": "none", "prosecute": "charge", "review": "person"}


def _rule(rule: Rule, language: str) -> RuleLine:
    words = {
        "divert": _("treatment instead"),
        "decline": _("no charge"),
        "prosecute": _("prosecution"),
        "review": _("a person decides"),
    }
    said = _said(rule.because, rule.because_es, language)
    return RuleLine(said, words[rule.outcome], _COLORS[rule.outcome], "; ".join(rule.cite))


def _promise(promise: Promise, language: str) -> PromiseLine:
    alone = promise.kind in ("always", "never")
    kind = _("Meant of every possible case.") if alone else _("Meant of any two cases that differ in nothing else.")
    return PromiseLine(_said(promise.sentence, promise.sentence_es, language), kind)


def _number(parameter: Parameter) -> NumberLine:
    return NumberLine(parameter.name.replace("_", " "), parameter.because, parameter.history())


def _offer(track: Track, language: str) -> OfferLine:
    return OfferLine(_said(track.title, track.title_es, language), track.failing)


def _said(english: str, spanish: str, language: str) -> Sentence:
    return Sentence(spanish, "es") if language == "es" and spanish else Sentence(english, "en")
