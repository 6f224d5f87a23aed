"""The room ``closing``."""

from __future__ import annotations

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "instead.office.closing"
    label = "closing"
