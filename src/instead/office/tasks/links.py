"""Where a task is done: the page of its subject, for the role that answers for it."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from instead.office.tasks.models import Task

#: The page of a case, and of an enrolment, by role.
_CASE = {
    "prosecutor": "case",
    "administrator": "case",
    "defense_counsel": "counsel-case",
    "coordinator": "health-case",
}
_ENROLMENT = {
    "coordinator": "enrolment",
    "provider_staff": "enrolment",
    "peer": "enrolment",
}


def address_of(task: Task) -> str:
    """The address where the next step is taken; empty where this role has no page for it."""
    try:
        if task.machine == "referral":
            return reverse("referrals") if task.role == "provider_staff" else reverse("referral", args=[task.subject])
        if task.machine == "enrolment":
            return reverse(_ENROLMENT[task.role], args=[task.subject])
        return reverse(_CASE[task.role], args=[task.case_id]) if task.case_id else ""
    except (NoReverseMatch, KeyError):
        return ""
