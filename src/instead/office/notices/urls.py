"""Addresses of reminders."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.notices import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("reminders/", views.reminders_view, name="reminders"),
    path("reminders/<uuid:reminder_id>/seen-to/", views.see_to_view, name="reminder-seen-to"),
]
