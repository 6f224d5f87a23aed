"""The room ``court``."""

from __future__ import annotations

from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "instead.office.court"
    label = "court"
