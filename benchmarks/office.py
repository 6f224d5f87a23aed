"""How quick the office's pages are with very many cases stored.

    instead demo FOLDER --only-make
    PYTHONPATH=src python benchmarks/office.py FOLDER [--copies 104]

The demonstration in FOLDER is copied, and every case in it is stored so many times over, each with its own person,
charges, decisions, offer, consents, enrolment, moves and tasks. The same pages are asked in one run at one copy and
at all of them, through Django's test client: what is measured is the office without the network. Writes its section of
RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
RESULTS = Path(__file__).parent / "RESULTS.md"
HEADING = "## The office with very many cases stored"
#: Rooms whose rows are multiplied; clinics, people who work here and the ledger stay as they are.
ROOMS = ("people", "cases", "tasks", "offers", "court", "consents", "enrolments", "closing")
#: What must differ in every copy though it is no id.
NUMBERED = {("cases_case", "source_key"), ("court_docket", "number")}
#: (what, who of the cast, address; {case} is a case that this page can show).
PAGES = (
    ("the queue", "prosecutor", "/queue/"),
    ("Today, prosecutor", "prosecutor", "/today/"),
    ("Today, a late page", "prosecutor", "/today/?page=200"),
    ("a case", "prosecutor", "/cases/{case}/"),
    ("withdrawals not on record", "prosecutor", "/withdrawals/"),
    ("the court's calendar", "prosecutor", "/court/"),
    ("counsel's cases", "counsel", "/counsel/"),
    ("counsel's case", "counsel", "/counsel/cases/{case}/"),
    ("Today, coordinator", "coordinator", "/today/"),
    ("the coordinator's people", "coordinator", "/coordination/"),
    ("the coordinator's person", "coordinator", "/coordination/{case}/"),
    ("a clinic's referrals", "intake", "/referrals/"),
    ("a clinic's list", "intake", "/attendance/"),
)


def main() -> None:
    """Measure at one copy and at all of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=104)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(asked.folder / "office.sqlite3", folder)
        os.environ.update(
            INSTEAD_DATA=folder, INSTEAD_REQUIRE_TOTP="0", DJANGO_SETTINGS_MODULE="instead.office.settings"
        )
        import django

        django.setup()
        from instead.office.cases.models import Case

        few, before = Case.objects.count(), measure()
        multiply(asked.copies - 1)
        many, after = Case.objects.count(), measure()
    text = section(few, before, many, after)
    print(text)
    write(text)


def multiply(copies: int) -> None:
    """Store every row of the rooms so many times more, with ids of its own, in one statement a table."""
    from django.apps import apps
    from django.db import connection

    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA synchronous=OFF")
        for model in models:
            names, values = columns(model, models)
            table = model._meta.db_table
            cursor.execute(
                f"WITH RECURSIVE copy(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copy WHERE k < {copies}) "
                f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(values)} FROM copy, "{table}" AS one'
            )
        cursor.execute("ANALYZE")


def columns(model: object, models: list[object]) -> tuple[list[str], list[str]]:
    """The columns of a table and what each is in a copy: ids of multiplied rows carry the copy's number in front."""
    names, values = [], []
    for field in model._meta.concrete_fields:  # type: ignore[attr-defined]
        numbered = field.primary_key and field.get_internal_type() != "UUIDField" and not field.is_relation
        if numbered or field.generated:
            continue  # the database's own
        column, table = f'"{field.column}"', model._meta.db_table  # type: ignore[attr-defined]
        own = field.get_internal_type() == "UUIDField" and not field.is_relation
        if own or (field.is_relation and field.related_model in models):
            value = f"CASE WHEN one.{column} IS NULL THEN NULL ELSE printf('%08x', k) || substr(one.{column}, 9) END"
        elif (table, field.column) in NUMBERED:
            value = f"one.{column} || '-' || k"
        elif field.is_relation and field.one_to_one:
            value = "NULL"  # a hold belongs to one referral alone
        else:
            value = f"one.{column}"
        names.append(column)
        values.append(value)
    return names, values


def measure() -> list[tuple[str, float, float, int]]:
    """Each page: its name, median and slowest in milliseconds, and how many statements it asks."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from instead.office.accounts.models import User
    from instead.office.cases.models import Case

    case = Case.objects.filter(state="accepted", counsel__username="counsel").order_by("pk")[0].pk
    found = []
    for name, who, address in PAGES:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(username=who))
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            answer = client.get(address.format(case=case))
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, (address, answer.status_code)
        with CaptureQueriesContext(connection) as asked:
            client.get(address.format(case=case))
        found.append((name, statistics.median(times), max(times), len(asked)))
    return found


def section(few: int, before: list[tuple[str, float, float, int]], many: int, after: list) -> str:  # type: ignore[type-arg]
    """The section of the page of results."""
    lines = [
        HEADING,
        "",
        f"The pages of a demonstration at {few:,} cases and at {many:,}, in one run on SQLite, median of {ROUNDS}; the",
        "office alone, without the network. Made by `benchmarks/office.py`.",
        "",
        f"| page | {few:,} cases, ms | {many:,} cases, ms | slowest, ms | ratio | statements |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for (name, small, _, _), (_, median, slowest, statements) in zip(before, after, strict=True):
        ratio = median / small
        lines.append(f"| {name} | {small:.0f} | {median:.0f} | {slowest:.0f} | {ratio:.1f} | {statements} |")
    return "\n".join(lines) + "\n"


def write(text: str) -> None:
    """Put the section in place of the one before, at the end of the page."""
    page = RESULTS.read_text(encoding="utf-8")
    kept = page.split(HEADING)[0].rstrip()
    RESULTS.write_text(f"{kept}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
    main()
