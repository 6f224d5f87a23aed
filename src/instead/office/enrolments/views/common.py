"""What the views of the health side share: who may open a page, what was typed, files to download."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from rules.predicates import Predicate

from instead.office import clock
from instead.office.accounts.doers import Doer, staff
from instead.office.accounts.models import User
from instead.office.cases.permissions import require
from instead.office.enrolments.models import Enrolment
from instead.office.enrolments.permissions import may_see_enrolment
from instead.office.errors import Refused
from instead.office.treatment.models import Service
from instead.office.treatment.queries import own_services
from instead.office.web import signed_in, typed_id, typed_moment


def only(request: HttpRequest, may: Predicate) -> User:
    """Who is signed in, when the page is for them; raises ``PermissionDenied``."""
    return require(signed_in(request), may)


def own_enrolment(user: User, enrolment_id: uuid.UUID) -> Enrolment:
    """An enrolment that this person cares for or coordinates; not found, or not theirs."""
    query = Enrolment.objects.select_related("person", "case", "service__provider")
    enrolment: Enrolment = get_object_or_404(query, pk=enrolment_id)
    require(user, may_see_enrolment, enrolment)
    return enrolment


def own_service_of(user: User, typed: str) -> Service:
    """One of the services of one's own provider, as a form names it; the only one, where there is one alone."""
    services = list(own_services(organization=user.organization_id))
    if not typed and len(services) == 1:
        return services[0]
    wanted = typed_id(typed)
    found = next((one for one in services if one.pk == wanted), None)
    if found is None:
        raise Refused("choose one of your services")
    return found


def any_service(typed: str) -> Service:
    """A service of the directory, as a form names it."""
    wanted = typed_id(typed)
    found = Service.objects.select_related("provider").filter(pk=wanted).first() if wanted else None
    if found is None:
        raise Refused("choose a place from the list")
    return found


def day_and_hour(form: Mapping[str, str], what: str) -> dt.datetime:
    """A moment from the fields ``day`` and ``hour`` of a form."""
    day, hour = form.get("day", "").strip(), form.get("hour", "").strip()
    if not day or not hour:
        raise Refused(f"{what}: choose a day and an hour")
    return typed_moment(f"{day[:10]}T{hour[:5]}", what)


def uploaded(request: HttpRequest, name: str, most: int) -> bytes:
    """The content of a file that came with a form; raises :class:`Refused` where there is none or it is too large."""
    file = request.FILES.get(name)
    if not isinstance(file, UploadedFile) or file.size is None:
        raise Refused("choose a file first")
    if file.size > most:
        raise Refused(f"the file has {file.size:,} bytes; at most {most:,} can be taken")
    return bytes(file.read())


def download(content: str | bytes, filename: str, content_type: str) -> HttpResponse:
    """A file to save, never to be shown or run by the browser."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


#: A verb as a form asks for it: does it and gives the sentence that is said afterwards.
Verb = Callable[[Mapping[str, str], uuid.UUID, Doer, dt.datetime], str]


def verb_of(verbs: Mapping[str, Verb], name: str) -> Verb:
    """The verb of an address; there is none: not found."""
    if name not in verbs:
        raise Http404("no such verb")
    return verbs[name]


def doing(user: User) -> tuple[Doer, dt.datetime]:
    """Who does something, and when."""
    return staff(user), clock.now()


def attempt(request: HttpRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """Do something and go ``back`` to an address, with the sentence it gives or why it could not be done."""
    try:
        messages.success(request, act())
    except Refused as refused:
        messages.error(request, f"Not done: {str(refused).rstrip('.')}.")
    return redirect(back)


_Choice = TypeVar("_Choice", bound=TextChoices)


def one_of(kind: type[_Choice], typed: str, what: str) -> _Choice:
    """A member of a choice as a form sends it."""
    try:
        return kind(typed)
    except ValueError:
        raise Refused(f"choose {what}") from None
