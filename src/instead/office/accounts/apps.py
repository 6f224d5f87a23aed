"""The room ``accounts``."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "instead.office.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to what happens with codes."""
        from instead.office.accounts import second_step

        second_step.connect()
