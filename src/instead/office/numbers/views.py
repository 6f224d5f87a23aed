"""The office's own numbers, what of them the public sees, and publishing."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases.permissions import may_see_queue, require
from instead.office.errors import Refused
from instead.office.numbers import actions
from instead.office.numbers.cohort import Cohort, versions
from instead.office.numbers.groups import RACE_NOTE
from instead.office.numbers.kept import kept_measures
from instead.office.numbers.permissions import may_publish, may_see_numbers
from instead.office.numbers.public_page import public_tables
from instead.office.numbers.showing import as_csv, shown
from instead.office.tasks.clocks import office_day
from instead.office.web import attempt, maybe_date, signed_in


@login_required
@require_GET
def numbers_view(request: HttpRequest) -> HttpResponse:
    """Every measure of one's own office, for the arrests of some days and a policy version."""
    user = require(request.user, may_see_numbers)
    try:
        cohort = _cohort(request, user)
    except Refused as refused:
        messages.error(request, f"{refused}. All arrests are counted.".capitalize())
        cohort = Cohort(user.organization)
    counted_at, sections = kept_measures(cohort, clock.now())
    context = {
        "cohort": cohort,
        "versions": versions(user.organization),
        "sections": [(section, [shown(block) for block in section.blocks]) for section in sections],
        "counted_at": counted_at,
        "race_note": RACE_NOTE,
        "query": _query(cohort),
        "may_follow": may_see_queue.test(user),
    }
    return render(request, "numbers/numbers.html", context)


@login_required
@require_GET
def numbers_file_view(request: HttpRequest) -> HttpResponse:
    """The same measures as CSV: all of them, or one table."""
    user = require(request.user, may_see_numbers)
    try:
        cohort = _cohort(request, user)
    except Refused as refused:
        raise Http404(str(refused)) from None
    only = request.GET.get("table", "")
    _, sections = kept_measures(cohort, clock.now())
    if only and only not in {block.id for section in sections for block in section.blocks}:
        raise Http404("there is no such table")
    answer = HttpResponse(as_csv(sections, only), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="numbers{f"-{only}" if only else ""}.csv"'
    return answer


@login_required
@require_GET
def public_version_view(request: HttpRequest) -> HttpResponse:
    """What the public sees of this office's numbers, and whether new ones can be published."""
    user = require(request.user, may_see_numbers)
    release = actions.newest_release(user.organization)
    context = {
        "release": release,
        "tables": public_tables(release.published) if release else [],
        "waits": release.waits if release else [],
        "may_publish": may_publish.test(user),
        "why_not_yet": actions.why_not_yet(user.organization, office_day(clock.now())),
        "race_note": RACE_NOTE,
    }
    return render(request, "numbers/public_version.html", context)


@login_required
@require_POST
def publish_view(request: HttpRequest) -> HttpResponse:
    """Publish the numbers up to today."""
    user = signed_in(request)

    def act() -> None:
        actions.publish(at=clock.now(), actor=user)

    return attempt(request, act, "Published. Everybody can see these numbers now.", reverse("public-version"))


def _cohort(request: HttpRequest, user: User) -> Cohort:
    """The arrests that the address asks for; raises :class:`Refused` for a day that is none or an unknown version."""
    first = maybe_date(request.GET.get("first", ""), "first day")
    last = maybe_date(request.GET.get("last", ""), "last day")
    version = request.GET.get("version", "") or None
    if first and last and last < first:
        raise Refused(f"the last day, {last}, is before the first, {first}")
    if version is not None and version not in versions(user.organization):
        raise Refused(f"no arrest was screened by version {version[:40]!r}")
    return Cohort(user.organization, _possible(first), _possible(last), version)


def _possible(day: dt.date | None) -> dt.date | None:
    """A day that has a day after it in every calendar of a computer."""
    if day is not None and not 1900 <= day.year <= 9000:
        raise Refused(f"{day} is too far away")
    return day


def _query(cohort: Cohort) -> str:
    chosen = {"first": cohort.first, "last": cohort.last, "version": cohort.version}
    return urlencode({name: str(value) for name, value in chosen.items() if value is not None})
