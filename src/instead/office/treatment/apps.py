"""The room ``treatment``."""

from __future__ import annotations

from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "instead.office.treatment"
    label = "treatment"
