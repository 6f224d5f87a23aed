"""The room ``enrolments``."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "instead.office.enrolments"
    label = "enrolments"

    def ready(self) -> None:
        """Listen to what the other rooms say."""
        import_module("instead.office.enrolments.following")
