"""The room ``offers``."""

from __future__ import annotations

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "instead.office.offers"
    label = "offers"
