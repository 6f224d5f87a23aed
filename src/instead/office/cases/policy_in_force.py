"""The policy that an office decides by, read once and kept for as long as the process runs."""

from __future__ import annotations

import functools

from django.conf import settings

from instead.library import Library
from instead.policy.interpret import Interpreter
from instead.policy.model import Policy
from instead.policy.open import open_policy


@functools.cache
def policy_in_force() -> Policy:
    """The office's policy, by the name in the settings."""
    return open_policy(settings.INSTEAD_POLICY, library())


def library() -> Library:
    """The office's own library folder, if it has one, before the one inside the package."""
    return Library(settings.INSTEAD_LIBRARY)


_kept: dict[tuple[str, int | None], Interpreter] = {}
_MOST_KEPT = 64


def interpreter(policy: Policy, day: int) -> Interpreter:
    """A policy ready to decide cases on one day; the day matters only where a parameter is looked up on it."""
    key = (policy.digest, day if policy.dated_by_decision else None)
    if key not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = Interpreter(policy, day)
    return _kept[key]
