"""On which page of which role a step of the tour is taken."""

from __future__ import annotations

from django.urls import reverse

from instead.office.cases.models import Case
from instead.office.demonstration.guide import THE_PERSON, Step
from instead.office.enrolments.models import Enrolment


def page_of(step: Step, case: Case) -> str:
    """The address of the page where the step's own button is."""
    if step.who == THE_PERSON:
        return reverse("my-page")
    if step.who == "prosecutor":
        return reverse("case", args=[case.pk])
    if step.who == "counsel":
        return reverse("counsel-case", args=[case.pk])
    enrolment = Enrolment.objects.filter(case=case).order_by("-began_at").first()
    if enrolment is None:
        return reverse("today")
    if step.who == "intake" and step.stage.endswith("/made"):
        return reverse("referrals")
    return reverse("enrolment", args=[enrolment.pk])
