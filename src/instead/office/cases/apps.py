"""The room ``cases``."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "instead.office.cases"
    label = "cases"
