"""The language of a page. Staff pages are in English; public pages and those of a person may be in another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

View = Callable[..., HttpResponse]


def chosen_language(request: HttpRequest, own: str = "") -> str:
    """The language asked for in the address (``?lang=es``), else the person's ``own``, else the office's."""
    known = dict(settings.LANGUAGES)
    wanted = (request.GET.get("lang", ""), own, settings.LANGUAGE_CODE)
    return next(language for language in wanted if language in known)


def in_chosen_language(view: View) -> View:
    """A view that is rendered in the language asked for in the address."""

    @wraps(view)
    def spoken(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        with translation.override(chosen_language(request)):
            return view(request, *arguments, **named)

    return spoken
