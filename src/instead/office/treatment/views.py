"""The clinic's own places, the directory, and lists that come in."""

from __future__ import annotations

import re
import tempfile
import uuid
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from instead.errors import BadData
from instead.office import clock
from instead.office.accounts.models import Organization, User
from instead.office.accounts.permissions import same_organization
from instead.office.enrolments.views.common import attempt, only
from instead.office.errors import Refused
from instead.office.tasks.clocks import hours_of
from instead.office.treatment import actions
from instead.office.treatment.describing import Description, describe_service, entrust
from instead.office.treatment.directory import Search, directory
from instead.office.treatment.directory_import import Imported, import_directory
from instead.office.treatment.levels import EDITION, LEVELS, MEDICATIONS
from instead.office.treatment.models import Hold, Provider, Service
from instead.office.treatment.own_places import own_places
from instead.office.treatment.permissions import (
    may_entrust,
    may_import_directory,
    may_see_directory,
    may_see_places,
    may_see_what_is_offered,
    require,
)
from instead.office.treatment.queries import LANGUAGE_NAMES
from instead.office.web import typed_id

MOST_BYTES = 50_000_000


@login_required
@require_GET
def places_view(request: HttpRequest) -> HttpResponse:
    """One's own places: how many are free, as of when, and who has one."""
    user = only(request, may_see_places)
    at = clock.now()
    return render(request, "treatment/places.html", {"services": own_places(user, at, hours_of("fresh_hours", at))})


@login_required
@require_POST
def capacity_view(request: HttpRequest, service_id: uuid.UUID, verb: str) -> HttpResponse:
    """One tap: "still so many", "full"; or a new number."""
    user = only(request, may_see_places)
    if verb not in ("still", "full", "number"):
        raise Http404("no such verb")
    service = _own(user, service_id)

    def say() -> str:
        if verb == "full":
            actions.mark_full(user, service, at=clock.now())
            return f"{service.title}: full."
        places = _whole(request.POST.get("places", ""))
        if verb == "still":
            actions.confirm_capacity(user, service, places=places, at=clock.now())
            return f"{service.title}: still {places}."
        actions.report_capacity(user, service, places=places, at=clock.now())
        return f"{service.title}: {places} places."

    return attempt(request, say, f"{reverse('places')}#s-{service_id}")


def _own(user: User, service_id: uuid.UUID) -> Service:
    service = get_object_or_404(Service.objects.select_related("provider"), pk=service_id)
    require(user, same_organization, service)
    return service


def _whole(typed: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Refused(f"{text[:20]!r} is no number of places; expected a whole number")
    return int(text)


@login_required
@require_POST
def release_view(request: HttpRequest, hold_id: uuid.UUID) -> HttpResponse:
    """A place is free again."""
    user = only(request, may_see_places)
    hold = get_object_or_404(Hold.objects.select_related("service__provider"), pk=hold_id)

    def release() -> str:
        if hold.state == Hold.State.HELD and hasattr(hold, "referral"):
            raise Refused("this place is held for a referral; give it back in the referral inbox")
        actions.release_place(user, hold, at=clock.now())
        return "The place is free again."

    return attempt(request, release, reverse("places"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def describe_view(request: HttpRequest, service_id: uuid.UUID) -> HttpResponse:
    """What is offered behind one's own door, in the clinic's own words."""
    user = only(request, may_see_places)
    service = _own(user, service_id)
    if request.method == "POST":

        def describe() -> str:
            describe_service(user, service, _description(request), at=clock.now())
            return "Kept. It comes before every list."

        return attempt(request, describe, reverse("describe", args=[service_id]))
    context = {
        "service": service,
        "levels": LEVELS,
        "edition": EDITION,
        "languages": [(code, name, code in service.languages) for code, name in LANGUAGE_NAMES.items()],
        "questions": [
            ("walk_in", "May people walk in?", service.walk_in),
            *((name, f"{name.capitalize()} offered?", getattr(service, name)) for name in MEDICATIONS),
        ],
    }
    return render(request, "treatment/describe.html", context)


def _description(request: HttpRequest) -> Description:
    form = request.POST
    three = {"yes": True, "no": False}
    return Description(
        title=form.get("title", ""),
        level=form.get("level", ""),
        buprenorphine=three.get(form.get("buprenorphine", "")),
        methadone=three.get(form.get("methadone", "")),
        naltrexone=three.get(form.get("naltrexone", "")),
        languages=tuple(form.getlist("languages")),
        languages_complete=bool(form.get("languages_complete")),
        walk_in=three.get(form.get("walk_in", "")),
        hours_text=form.get("hours_text", ""),
        walk_in_text=form.get("walk_in_text", ""),
        only_for=form.get("only_for", ""),
    )


@login_required
@require_GET
def directory_view(request: HttpRequest) -> HttpResponse:
    """Clinics and their services, to look through."""
    user = only(request, may_see_directory)
    typed, at = request.GET.get("page", "1"), clock.now()
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 else 1
    sees = may_see_what_is_offered.test(user)
    search = Search.of(request.GET)
    stale = hours_of("fresh_hours", at)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "directory": directory(search, sees_offered=sees, at=at, stale_after=stale, page=max(1, page)),
        "search": search,
        "kept": kept.urlencode(),
        "sees_offered": sees,
        "languages": LANGUAGE_NAMES,
        "levels": LEVELS,
        "medications": MEDICATIONS,
        "may_import": may_import_directory.test(user),
        "organizations": _clinics() if may_entrust.test(user) else [],
    }
    return render(request, "treatment/directory.html", context)


def _clinics() -> list[Organization]:
    return list(Organization.objects.filter(kind=Organization.Kind.PROVIDER).order_by("name"))


@login_required
@require_POST
def entrust_view(request: HttpRequest, provider_id: uuid.UUID) -> HttpResponse:
    """Whose staff sign in for a door."""
    user = only(request, may_entrust)
    provider = get_object_or_404(Provider, pk=provider_id)

    def say() -> str:
        typed = request.POST.get("organization", "")
        wanted = typed_id(typed)
        organization = Organization.objects.filter(pk=wanted).first() if wanted else None
        if typed and organization is None:
            raise Refused("choose an organization from the list")
        entrust(user, provider, organization, at=clock.now())
        return f"{provider.name}: {organization or 'nobody'} signs in for it."

    return attempt(request, say, reverse("directory"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_view(request: HttpRequest) -> HttpResponse:
    """A list comes in; what became of every row is said."""
    user = only(request, may_import_directory)
    context: dict[str, object] = {"most": MOST_BYTES}
    if request.method == "POST":
        try:
            context["account"] = _import(request, user)
        except Refused as refused:
            context["problems"] = [str(refused)]
        except BadData as bad:
            context["problems"] = [str(problem) for problem in bad.problems]
        if "problems" in context:
            messages.error(request, "Not done: nothing of the file was taken in.")
    return render(request, "treatment/import.html", context, status=422 if "problems" in context else 200)


def _import(request: HttpRequest, user: User) -> Imported:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        raise Refused("choose a file first")
    if file.size > MOST_BYTES:
        raise Refused(f"the file has {file.size:,} bytes; at most {MOST_BYTES:,} can be taken")
    name = re.sub(r"[^\w.-]", "_", Path(file.name or "list").name)[-80:] or "list"
    source = re.sub(r"[^\w-]", "-", request.POST.get("source", "").strip())[:60]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        return import_directory(user, path, at=clock.now(), source=source)
