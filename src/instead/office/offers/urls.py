"""Addresses of the offer, and counsel's side of it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from instead.office.offers.counsel_urls import counsel_urls

urlpatterns: list[URLPattern | URLResolver] = [*counsel_urls]
