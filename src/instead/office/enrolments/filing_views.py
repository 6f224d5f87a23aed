"""What counsel files for the person: proof and papers. Here, because what is filed comes from the health side.

Counsel sees what would be told only by a consent for counsel, and asking is itself a disclosure that is logged.
"""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.enrolments.documents import MOST_BYTES, upload
from instead.office.enrolments.telling import file_proof, tell_counsel
from instead.office.errors import Refused
from instead.office.offers.counsel_progress import progress_page
from instead.office.offers.counsel_web import attempt, form_page, form_view, own_case


@login_required
@form_view
def file_proof_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """File proof: the attendance form as the provider has marked it, told to the office by the person's consent."""
    user, case = own_case(request, case_id)

    def context() -> dict[str, object]:
        page = progress_page(case, clock.now())
        return {"page": page, "head": page.head, "here": "progress"}

    return form_page(
        request,
        "counsel/file_proof.html",
        context,
        partial(file_proof, case.pk, doer=staff(user), at=clock.now()),
        "Proof is filed. The office looks at it; your client’s own clock stands still meanwhile.",
        reverse("counsel-progress", args=[case.pk]),
    )


@login_required
@require_POST
def look_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Counsel asks how it stands now."""
    user, case = own_case(request, case_id)
    ask = partial(tell_counsel, case.pk, doer=staff(user), at=clock.now())
    back = "counsel-file-proof" if request.POST.get("back") == "file" else "counsel-progress"
    return attempt(
        request, ask, "This is how it stands now. That you were told is on record.", reverse(back, args=[case.pk])
    )


@login_required
@require_POST
def paper_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Hand in a paper. It is opened on the health side and nowhere else."""
    user, case = own_case(request, case_id)

    def hand_in() -> None:
        content = _content_of(request.FILES.get("paper"))
        upload(case.pk, content, doer=staff(user), at=clock.now())

    said = "The paper is handed in. The health side opens it, takes the four facts from it, and destroys it."
    return attempt(request, hand_in, said, reverse("counsel-progress", args=[case.pk]))


def _content_of(paper: object) -> bytes:
    """What was uploaded; a file that is too large is not even read."""
    if not isinstance(paper, UploadedFile):
        raise Refused("choose a file first: a PDF or a picture (JPEG, PNG)")
    size = paper.size or 0
    if size > MOST_BYTES:
        raise Refused(f"the file has {size:,} bytes; at most {MOST_BYTES:,} (10 MB) can be taken")
    content: bytes = paper.read()
    return content
