"""Addresses of proof, the second look and the withdrawal."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.closing import views, withdrawal_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("proofs/<uuid:proof_id>/good/", views.verify_view, name="verify-proof"),
    path("proofs/<uuid:proof_id>/one-more/", views.one_more_view, name="one-more"),
    path("cases/<uuid:case_id>/doubt/", views.doubt_view, name="doubt-proof"),
    path("cases/<uuid:case_id>/service/", views.start_service_view, name="start-service"),
    path("cases/<uuid:case_id>/service/one-more/", views.more_service_view, name="more-service"),
    path("cases/<uuid:case_id>/second-look/", views.open_look_view, name="open-second-look"),
    path("second-looks/<uuid:look_id>/reasons/", views.reasons_view, name="office-reasons"),
    path("second-looks/<uuid:look_id>/keep/", views.keep_view, name="keep-offer"),
    path("second-looks/<uuid:look_id>/end/", views.end_view, name="end-offer"),
    path("cases/<uuid:case_id>/move/", views.move_view, name="move-case"),
    path("cases/<uuid:case_id>/death/", views.death_view, name="record-death"),
    path("cases/<uuid:case_id>/reopen/", views.reopen_view, name="reopen-case"),
    path("cases/<uuid:case_id>/withdraw/", withdrawal_views.ask_court_view, name="ask-court"),
    path("cases/<uuid:case_id>/finish/", withdrawal_views.finish_view, name="finish-withdrawal"),
    path("dockets/<uuid:docket_id>/on-record/", withdrawal_views.on_record_view, name="on-record"),
    path("dockets/<uuid:docket_id>/ask/", withdrawal_views.ask_docket_view, name="ask-docket"),
    path("cases/<uuid:case_id>/closed.pdf", withdrawal_views.closed_letter_view, name="closed-letter"),
    path("withdrawals/", withdrawal_views.not_on_record_view, name="not-on-record"),
    path("withdrawals/courtroom/", withdrawal_views.courtroom_view, name="courtroom"),
    path("withdrawals/courtroom/<uuid:listing_id>.pdf", withdrawal_views.sheet_view, name="courtroom-pdf"),
]
