"""Addresses of the person's own page: short, and saying nothing to whoever sees them in a history."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from instead.office.my_page import answer_views, me_views, paper_views, place_views, staff_views, views
from instead.office.my_page.secrets import SHAPE

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/<uuid:person_id>/page/", staff_views.ways_in_view, name="ways-in"),
    path("my/", views.my_page_view, name="my-page"),
    path("my/open/", views.open_view, name="my-open"),
    path("my/close/", views.close_view, name="my-close"),
    path("my/letter/", answer_views.offer_view, name="my-offer"),
    path("my/letter/yes/", answer_views.yes_view, name="my-yes"),
    path("my/letter/no/", answer_views.no_view, name="my-no"),
    path("my/places/", place_views.places_view, name="my-places"),
    path("my/places/<uuid:service_id>/", place_views.place_view, name="my-place"),
    path("my/places/<uuid:service_id>/ask/", place_views.ask_view, name="my-ask"),
    path("my/places/other/", place_views.other_place_view, name="my-other-place"),
    path("my/there/", place_views.there_view, name="my-there"),
    path("my/back/", place_views.come_back_view, name="my-back"),
    path("my/leave/", place_views.leave_view, name="my-leave"),
    path("my/send/", paper_views.send_view, name="my-send"),
    path("my/closed/<uuid:case_id>/", paper_views.closed_view, name="my-closed"),
    path("my/paper/", paper_views.paper_view, name="my-paper"),
    path("my/hours/", paper_views.hours_view, name="my-hours"),
    path("my/forms/", me_views.agreed_view, name="my-agreed"),
    path("my/log/", me_views.told_view, name="my-told"),
    path("my/me/", me_views.me_view, name="my-details"),
    re_path(rf"^my/(?P<secret>{SHAPE})/$", views.link_view, name="my-link"),
    re_path(r"^my/", views.nowhere_view),
]
