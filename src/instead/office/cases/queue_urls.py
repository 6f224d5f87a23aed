"""Addresses of the queue, and of the pages on which cases come in."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.cases import import_views, queue_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("queue/", queue_views.queue_view, name="queue"),
    path("queue/confirm/", queue_views.confirm_many_view, name="confirm-many"),
    path("queue/<uuid:decision_id>/confirm/", queue_views.confirm_here_view, name="confirm-here"),
    path("queue/<uuid:decision_id>/answer/", queue_views.answer_asked_view, name="answer-asked"),
    path("imports/", import_views.imports_view, name="imports"),
    path("imports/upload/", import_views.upload_view, name="upload"),
    path("imports/<uuid:import_id>/", import_views.import_view, name="import"),
    path("imports/<uuid:import_id>/set-aside.csv", import_views.set_aside_view, name="set-aside"),
]
