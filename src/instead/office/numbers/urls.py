"""Addresses of numbers. What begins with ``public/`` is open to everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.numbers import public_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("numbers/", views.numbers_view, name="numbers"),
    path("numbers/table.csv", views.numbers_file_view, name="numbers-file"),
    path("numbers/public-version/", views.public_version_view, name="public-version"),
    path("numbers/publish/", views.publish_view, name="publish-numbers"),
    path("public/", public_views.public_view, name="public"),
    path("public/numbers.csv", public_views.public_file_view, name="public-file"),
]
