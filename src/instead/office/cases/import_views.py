"""Bringing in cases on a page: upload files, and read the account of every row."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from instead.errors import InsteadError
from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases.imports import bring_in, in_words
from instead.office.cases.models import Import, SetAsideRow
from instead.office.cases.permissions import may_bring_cases, may_see_import, require
from instead.office.cases.policy_in_force import library, policy_in_force
from instead.office.cases.uploads import KINDS, MOST_BYTES, laid_down
from instead.office.errors import Refused
from instead.office.web import signed_in

_SHOWN = 50
_FIRST = "arrest-reports"


def _bringer(request: HttpRequest) -> User:
    return require(signed_in(request), may_bring_cases)


@login_required
@require_GET
def imports_view(request: HttpRequest) -> HttpResponse:
    """The form, and what was brought in lately."""
    return _page(request, _bringer(request))


@login_required
@require_POST
def upload_view(request: HttpRequest) -> HttpResponse:
    """Take in uploaded files and show the account; what cannot be read is told on the form."""
    user = _bringer(request)
    source, files = request.POST.get("source", ""), request.FILES.getlist("files")
    try:
        if source not in library().names("sources"):
            raise Refused("choose how the files are read, from the list")
        with laid_down(files) as data:
            name = ", ".join(str(file.name) for file in files)
            how, at = Import.How.UPLOAD, clock.now()
            read, _ = bring_in(data, source, policy_in_force(), how=how, name=name, actor=user, at=at)
    except InsteadError as error:
        return _page(request, user, chosen=source, wrong=str(error), status=422)
    return redirect("import", read.pk)


@login_required
@require_GET
def import_view(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """The account of one import: rows in = used + merged + set aside, and what became of the cases."""
    read = _own(request, import_id)
    rows = read.set_aside.all()[: _SHOWN + 1]
    shown = {"read": read, "words": in_words(read) if read.finished_at else [], "rows": rows[:_SHOWN]}
    return render(request, "cases/import.html", {**shown, "more": len(rows) > _SHOWN, "shown": _SHOWN})


@login_required
@require_GET
def set_aside_view(request: HttpRequest, import_id: uuid.UUID) -> StreamingHttpResponse:
    """Every row that was set aside, as CSV: file, row, reason."""
    read = _own(request, import_id)
    response = StreamingHttpResponse(_lines(read), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="set-aside-{read.pk}.csv"'
    return response


def _own(request: HttpRequest, import_id: uuid.UUID) -> Import:
    user = _bringer(request)
    read = get_object_or_404(Import.objects.select_related("by"), pk=import_id)
    require(user, may_see_import, read)
    return read


def _page(
    request: HttpRequest, user: User, *, chosen: str = _FIRST, wrong: str = "", status: int = 200
) -> HttpResponse:
    lately = Import.objects.filter(office=user.organization).select_related("by").order_by("-began_at")[:_SHOWN]
    given = {
        "sources": library().names("sources"),
        "chosen": chosen,
        "wrong": wrong,
        "kinds": ",".join(KINDS),
        "most": MOST_BYTES // 1024**2,
        "lately": [(read, in_words(read) if read.finished_at else []) for read in lately],
    }
    return render(request, "cases/imports.html", given, status=status)


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def _lines(read: Import) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(("file", "row", "reason"))
    rows = SetAsideRow.objects.filter(of=read).values_list("file", "row", "reason")
    for file, row, reason in rows.iterator():
        yield writer.writerow((_no_formula(file), row, _no_formula(reason)))


def _no_formula(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
