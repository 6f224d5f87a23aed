"""Addresses of the health side."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from instead.office.enrolments.filing_urls import filing_urls
from instead.office.enrolments.views import attendance, care, coordination, desk, numbers, outreach, papers, referrals

_CLINIC: list[URLPattern | URLResolver] = [
    path("referrals/", referrals.referrals_view, name="referrals"),
    path("referrals/list.csv", referrals.referrals_file_view, name="referrals-file"),
    path("referrals/<uuid:referral_id>/", referrals.referral_view, name="referral"),
    path("referrals/<uuid:referral_id>/do/<slug:verb>/", referrals.referral_do_view, name="referral-do"),
    path("attendance/", attendance.attendance_view, name="attendance"),
    path("attendance/list.csv", attendance.attendance_file_view, name="attendance-file"),
    path("attendance/upload/", attendance.attendance_upload_view, name="attendance-upload"),
    path("attendance/<uuid:enrolment_id>/came/", attendance.came_view, name="came"),
    path("attendance/<uuid:enrolment_id>/undo/", attendance.unmark_view, name="unmark"),
    path("appointments/<uuid:appointment_id>/missed/", attendance.did_not_come_view, name="did-not-come"),
    path("contacts/<uuid:contact_id>/<slug:verb>/", attendance.own_word_view, name="own-word"),
    path("walk-in/", desk.walk_in_view, name="walk-in"),
    path("card/", desk.card_view, name="card"),
    path("outreach/", outreach.outreach_view, name="outreach"),
]
_PERSON: list[URLPattern | URLResolver] = [
    path("enrolments/<uuid:enrolment_id>/", care.enrolment_view, name="enrolment"),
    path("enrolments/<uuid:enrolment_id>/do/<slug:verb>/", care.enrolment_do_view, name="enrolment-do"),
    path("enrolments/<uuid:enrolment_id>/join/", desk.join_view, name="join"),
    path("enrolments/<uuid:enrolment_id>/consent/", desk.consent_view, name="desk-consent"),
    path(
        "enrolments/<uuid:enrolment_id>/consent/<uuid:consent_id>/take-back/",
        desk.take_back_view,
        name="take-back-at-desk",
    ),
]
_COORDINATOR: list[URLPattern | URLResolver] = [
    path("coordination/", coordination.people_view, name="coordination"),
    path("care/numbers/", numbers.health_numbers_view, name="health-numbers"),
    path("coordination/<uuid:case_id>/", coordination.health_case_view, name="health-case"),
    path("coordination/<uuid:case_id>/places/", coordination.places_view, name="health-places"),
    path("coordination/<uuid:case_id>/do/<slug:verb>/", coordination.health_case_do_view, name="health-case-do"),
    path("listings/<uuid:listing_id>/do/<slug:verb>/", coordination.listing_do_view, name="listing-do"),
    path("referrals/<uuid:referral_id>/end/<slug:verb>/", coordination.referral_end_view, name="referral-end"),
    path("papers/<uuid:document_id>/open/", papers.open_paper_view, name="open-paper"),
    path("papers/<uuid:document_id>/reduce/", papers.reduce_paper_view, name="reduce-paper"),
    path("papers/<uuid:document_id>/destroy/", papers.destroy_paper_view, name="destroy-paper"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_CLINIC, *_PERSON, *_COORDINATOR, *filing_urls]
