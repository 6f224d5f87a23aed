"""Addresses of the health side."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from instead.office.enrolments.filing_urls import filing_urls

urlpatterns: list[URLPattern | URLResolver] = [*filing_urls]
