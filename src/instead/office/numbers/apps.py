"""The room ``numbers``."""

from __future__ import annotations

from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "instead.office.numbers"
    label = "numbers"
