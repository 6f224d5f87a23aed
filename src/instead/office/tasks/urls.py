"""Addresses of open work."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.tasks import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("today/", views.today_view, name="today"),
    path("tasks/<uuid:task_id>/assign/", views.assign_view, name="assign"),
    path("people/", views.people_view, name="people"),
    path("people/<uuid:user_id>/leave/", views.see_off_view, name="see-off"),
]
