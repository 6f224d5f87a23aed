"""Addresses where counsel files proof and papers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.enrolments import filing_views

filing_urls: list[URLPattern | URLResolver] = [
    path("counsel/cases/<uuid:case_id>/proof/", filing_views.file_proof_view, name="counsel-file-proof"),
    path("counsel/cases/<uuid:case_id>/proof/look/", filing_views.look_view, name="counsel-look"),
    path("counsel/cases/<uuid:case_id>/papers/", filing_views.paper_view, name="counsel-paper"),
]
