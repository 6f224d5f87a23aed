"""Addresses of the offer, and counsel's side of it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.offers import office_views
from instead.office.offers.counsel_urls import counsel_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<uuid:case_id>/offer/", office_views.send_view, name="send-offer"),
    path("cases/<uuid:case_id>/offer/again/", office_views.offer_again_view, name="offer-again"),
    path("offers/<uuid:offer_id>/letter.pdf", office_views.letter_view, name="offer-letter"),
    *counsel_urls,
]
