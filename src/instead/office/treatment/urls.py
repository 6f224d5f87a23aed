"""Addresses of the treatment network."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.treatment import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("places/", views.places_view, name="places"),
    path("places/<uuid:service_id>/offer/", views.describe_view, name="describe"),
    path("places/<uuid:service_id>/<slug:verb>/", views.capacity_view, name="capacity"),
    path("holds/<uuid:hold_id>/release/", views.release_view, name="release"),
    path("directory/", views.directory_view, name="directory"),
    path("directory/import/", views.import_view, name="directory-import"),
    path("directory/<uuid:provider_id>/entrust/", views.entrust_view, name="entrust"),
]
