"""What a prosecutor types, before it reaches an action."""

from __future__ import annotations

from instead.facts.vocabulary import Fact

UNKNOWN_WORD = "unknown"


def typed_value(fact: Fact, typed: str) -> object:
    """The value that a fact's ``code`` reads: yes and no as truth, numbers as numbers; "unknown" is None."""
    text = typed.strip()
    if text == UNKNOWN_WORD or not text:
        return None
    if fact.kind == "yes_no":
        return {"yes": True, "no": False}.get(text.lower(), text)
    if fact.kind == "whole_number" and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return text
