"""Papers on the health side: saved to be read, reduced to the four facts, destroyed. Never shown by the browser."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases.permissions import may_coordinate, require
from instead.office.closing.models import Document
from instead.office.consents.wall import Attendance, FourFacts
from instead.office.enrolments import documents
from instead.office.enrolments.permissions import coordination
from instead.office.enrolments.views.common import attempt, download, only
from instead.office.errors import Refused
from instead.office.web import typed_date

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@login_required
@require_POST
def open_paper_view(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """The paper as a file to save. That it was opened is on record, so it takes a button and no link."""
    user = only(request, coordination)
    paper = _paper(user, document_id)
    try:
        document, content = documents.open_document(document_id, actor=user, at=clock.now())
    except Refused as refused:
        messages.error(request, f"Not done: {refused}.")
        return redirect(_back(paper))
    # The name says nothing: not the person, not the clinic, not what was uploaded.
    return download(content, f"paper.{_ENDINGS[document.content_type]}", document.content_type)


@login_required
@require_POST
def reduce_paper_view(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """The four facts are taken from the paper and filed; the paper is destroyed."""
    user = only(request, coordination)
    paper = _paper(user, document_id)

    def reduce() -> str:
        documents.reduce_document(document_id, _facts(request.POST), actor=user, at=clock.now())
        return "Filed: the four facts. The paper is destroyed."

    return attempt(request, reduce, _back(paper))


@login_required
@require_POST
def destroy_paper_view(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """A paper that says none of the four facts is destroyed."""
    user = only(request, coordination)
    paper = _paper(user, document_id)
    return attempt(request, partial(_destroy, document_id, user, clock.now()), _back(paper))


def _destroy(document_id: uuid.UUID, user: User, at: dt.datetime) -> str:
    documents.destroy_document(document_id, actor=user, at=at)
    return "Destroyed. Nothing was taken from it."


def _paper(user: User, document_id: uuid.UUID) -> Document:
    paper = get_object_or_404(Document.objects.select_related("case"), pk=document_id)
    require(user, may_coordinate, paper.case)
    return paper


def _back(paper: Document) -> str:
    return f"{reverse('health-case', args=[paper.case_id])}#papers"


def _facts(form: Mapping[str, str]) -> FourFacts:
    """The form of four facts. What the paper does not say is left open, and stays not known."""
    assessed, attendance = form.get("assessed_on", "").strip(), form.get("attendance", "")
    if attendance and attendance not in list(Attendance):
        raise Refused("choose from the list how the person attends")
    facts = FourFacts(
        typed_date(assessed, "date of the assessment") if assessed else None,
        _yes_no(form.get("engaged", "")),
        Attendance(attendance) if attendance else None,
        _yes_no(form.get("completed", "")),
    )
    if facts == FourFacts():
        raise Refused("the form is empty; if the paper says none of the four facts, destroy it")
    if facts.assessed_on is not None and facts.assessed_on > clock.today():
        raise Refused(f"{facts.assessed_on} has not come yet")
    return facts


def _yes_no(typed: str) -> bool | None:
    return {"yes": True, "no": False}.get(typed)
