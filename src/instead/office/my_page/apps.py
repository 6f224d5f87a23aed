"""The room ``my_page``."""

from __future__ import annotations

from django.apps import AppConfig


class MyPageConfig(AppConfig):
    name = "instead.office.my_page"
    label = "my_page"

    def ready(self) -> None:
        from instead.office.my_page.quiet_logs import be_quiet

        be_quiet()
