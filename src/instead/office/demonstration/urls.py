"""Addresses of the demonstration; in an office none of them is there."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.demonstration import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("demonstration/", views.first_page, name="first-page"),
    path("demonstration/role/", views.role_view, name="take-role"),
    path("demonstration/clock/", views.clock_view, name="move-clock"),
    path("demonstration/tour/", views.tour_view, name="tour"),
    path("demonstration/tour/next/", views.tour_next_view, name="tour-next"),
]
