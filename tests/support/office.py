"""People of an office, its clock, and cases in it. Nobody here exists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from instead.office.accounts.models import Organization, User
from instead.office.cases.intake import receive
from instead.office.cases.models import Case
from instead.office.cases.policy_in_force import policy_in_force
from support.court_files import report, reports_jsonl

NOW = dt.datetime(2019, 5, 5, 1, 0, tzinfo=dt.UTC)
SIDES = {
    User.Role.PROSECUTOR: Organization.Kind.PROSECUTION,
    User.Role.ANALYST: Organization.Kind.PROSECUTION,
    User.Role.ADMINISTRATOR: Organization.Kind.PROSECUTION,
    User.Role.COORDINATOR: Organization.Kind.HEALTH,
    User.Role.PROVIDER_STAFF: Organization.Kind.PROVIDER,
    User.Role.PEER: Organization.Kind.PROVIDER,
    User.Role.DEFENSE_COUNSEL: Organization.Kind.DEFENSE,
}


def home_of(kind: Organization.Kind) -> Organization:
    """The organization of a kind in which everybody here works who does not say otherwise."""
    return Organization.objects.get_or_create(name=f"the {kind}", kind=kind)[0]


def somebody(role: User.Role, name: str = "", organization: Organization | None = None) -> User:
    """An active person with a role, in an organization of the right side."""
    home = organization or home_of(SIDES[role])
    return User.objects.create_user(username=name or f"a-{role}", role=role, organization=home)


def a_case(folder: Path, number: int = 1, **more: object) -> Case:
    """One case that came in from an arrest report and was screened."""
    home_of(Organization.Kind.PROSECUTION)
    written = report(number, **more)
    path = reports_jsonl(folder / f"reports-{number}", [written])
    receive(path, "arrest-reports", policy_in_force(), actor=None, at=NOW)
    return Case.objects.get(report_id=written["report_id"])
