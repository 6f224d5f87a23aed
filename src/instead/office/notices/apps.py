"""The room ``notices``."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "instead.office.notices"
    label = "notices"
