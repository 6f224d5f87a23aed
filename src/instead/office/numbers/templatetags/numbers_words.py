"""Words of published tables in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from instead.office.numbers.public_words import IN_SPANISH

register = template.Library()


@register.filter
def said(words: str) -> str:
    """The words of a table, in Spanish on a Spanish page; words that have none stay as they were published."""
    return IN_SPANISH.get(words, words) if get_language() == "es" else words
