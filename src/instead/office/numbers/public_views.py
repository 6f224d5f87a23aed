"""What everybody may see without signing in: the policy in force in plain words, and the numbers as published."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from instead.office.cases.policy_in_force import policy_in_force
from instead.office.languages import chosen_language, in_chosen_language
from instead.office.numbers.actions import newest_release
from instead.office.numbers.public_page import public_tables, the_way
from instead.office.numbers.public_policy import policy_page
from instead.office.numbers.writing import as_csv


@require_safe
@in_chosen_language
def public_view(request: HttpRequest) -> HttpResponse:
    """The policy and the numbers, in English or Spanish. There is nothing to choose: everybody sees the same."""
    release = newest_release()
    context = {
        "page": policy_page(policy_in_force(), chosen_language(request)),
        "release": release,
        "way": the_way(release.published) if release else [],
        "tables": public_tables(release.published) if release else [],
        "waits": release.waits if release else [],
        "least_hidden": release.published.threshold - 1 if release else 0,
    }
    return render(request, "numbers/public.html", context)


@require_safe
def public_file_view(_request: HttpRequest) -> HttpResponse:
    """Every published number as CSV."""
    release = newest_release()
    if release is None:
        raise Http404("nothing has been published yet")
    answer = HttpResponse(as_csv(release.published), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="numbers-until-{release.until.isoformat()}.csv"'
    return answer
