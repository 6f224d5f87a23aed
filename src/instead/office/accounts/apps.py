"""The room ``accounts``."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "instead.office.accounts"
    label = "accounts"
