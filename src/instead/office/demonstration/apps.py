"""The room ``demonstration``."""

from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "instead.office.demonstration"
    label = "demonstration"
