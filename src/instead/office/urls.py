"""Every address of the office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from instead.office import front_door
from instead.office.cases import views as cases

#: The rooms that have their addresses in a module of their own.
ROOMS = (
    "cases",
    "tasks",
    "offers",
    "court",
    "consents",
    "treatment",
    "enrolments",
    "closing",
    "my_page",
    "notices",
    "numbers",
    "demonstration",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_door.home, name="home"),
    path("about/", front_door.about, name="about"),
    path("welcome/", front_door.nothing_here, name="nothing-here"),
    path("", include("instead.office.accounts.urls")),
    path("", include("instead.office.cases.queue_urls")),
    path("cases/<uuid:case_id>/", cases.case_view, name="case"),
    path("cases/<uuid:case_id>/answer/", cases.answer_view, name="answer"),
    path("decisions/<uuid:decision_id>/confirm/", cases.confirm_view, name="confirm"),
    path("decisions/<uuid:decision_id>/override/", cases.override_view, name="override"),
    path("confirmations/<int:confirmation_id>/undo/", cases.undo_view, name="undo"),
    *(path("", include(f"instead.office.{room}.urls")) for room in ROOMS),
]

#: The person's own page has its own light words; everywhere else these are the office's.
handler400 = "instead.office.my_page.plain_pages.bad_request"
handler500 = "instead.office.my_page.plain_pages.server_error"
