"""Addresses about one case that its own page uses; the queue's are in the office's own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.cases import again_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("contests/<uuid:contest_id>/answer/", again_views.answer_contest_view, name="answer-contest"),
    path("cases/<uuid:case_id>/again/", again_views.take_up_again_view, name="take-up-again"),
    path("cases/<uuid:case_id>/leave/", again_views.leave_view, name="leave-as-it-is"),
]
