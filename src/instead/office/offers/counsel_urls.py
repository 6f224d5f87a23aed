"""Addresses of defense counsel's pages. Filing proof and papers has its addresses on the health side."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.offers import counsel_answers, counsel_progress_views, counsel_views

_CASE = "counsel/cases/<uuid:case_id>/"
_OFFER = "counsel/offers/<uuid:offer_id>/"

counsel_urls: list[URLPattern | URLResolver] = [
    path("counsel/", counsel_views.cases_view, name="counsel-cases"),
    path(_CASE, counsel_views.case_view, name="counsel-case"),
    path(f"{_CASE}contest/<slug:fact_name>/", counsel_views.contest_view, name="counsel-contest"),
    path(f"{_CASE}offer/", counsel_answers.offer_view, name="counsel-offer"),
    path(f"{_CASE}interpreter/", counsel_answers.interpreter_view, name="counsel-interpreter"),
    path(f"{_OFFER}letter/", counsel_answers.letter_view, name="counsel-letter"),
    path(f"{_OFFER}letter.pdf", counsel_answers.letter_file_view, name="counsel-letter-file"),
    path(f"{_OFFER}met/", counsel_answers.met_view, name="counsel-met"),
    path(f"{_OFFER}yes/", counsel_answers.yes_view, name="counsel-yes"),
    path(f"{_OFFER}no/", counsel_answers.no_view, name="counsel-no"),
    path(f"{_CASE}progress/", counsel_progress_views.progress_view, name="counsel-progress"),
    path(f"{_CASE}hours/", counsel_progress_views.hours_view, name="counsel-hours"),
    path(f"{_CASE}treatment/", counsel_progress_views.back_to_treatment_view, name="counsel-treatment"),
    path(f"{_CASE}consents/", counsel_progress_views.consents_view, name="counsel-consents"),
    path(f"{_CASE}consents/<slug:recipient>/", counsel_progress_views.sign_view, name="counsel-sign"),
    path(
        "counsel/consents/<uuid:consent_id>/take-back/", counsel_progress_views.take_back_view, name="counsel-take-back"
    ),
    path("counsel/second-looks/<uuid:look_id>/", counsel_progress_views.second_look_view, name="counsel-second-look"),
]
