"""The room ``consents``."""

from __future__ import annotations

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "instead.office.consents"
    label = "consents"
