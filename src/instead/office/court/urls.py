"""Addresses of the court calendar and of one case in court."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.court import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("court/", views.calendar_view, name="court-calendar"),
    path("cases/<uuid:case_id>/court/", views.case_court_view, name="case-court"),
    path("cases/<uuid:case_id>/dockets/", views.add_docket_view, name="add-docket"),
    path("dockets/<uuid:docket_id>/clock/", views.docket_clock_view, name="docket-clock"),
    path("dockets/<uuid:docket_id>/listings/", views.add_listing_view, name="add-listing"),
    path("listings/<uuid:listing_id>/way/", views.way_view, name="way-to-court"),
    path("listings/<uuid:listing_id>/settle/", views.settle_view, name="settle-listing"),
    path("cases/<uuid:case_id>/warrants/", views.add_warrant_view, name="add-warrant"),
    path("warrants/<uuid:warrant_id>/clear/", views.clear_warrant_view, name="clear-warrant"),
    path("cases/<uuid:case_id>/custody/", views.begin_custody_view, name="begin-custody"),
    path("custody/<uuid:custody_id>/end/", views.end_custody_view, name="end-custody"),
]
