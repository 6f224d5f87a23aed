"""How quick the queue is with very many cases stored: the page, and the statements behind it.

    python benchmarks/office_queue.py FOLDER [--cases 100000]

FOLDER gets the database of an office of its own and a synthetic city; one that is there already is used again. Two
situations: every stored case waits (nobody has worked for months), and all but three hundred are decided.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import time
from pathlib import Path

PASSED = 300
ROUNDS = 15


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=100_000)
    asked = parser.parse_args()
    os.environ["INSTEAD_DATA"] = str(asked.folder / "office")
    os.environ["INSTEAD_REQUIRE_TOTP"] = "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "instead.office.settings"
    import django

    django.setup()
    fill(asked.folder, asked.cases)
    measure("every case waits")
    decide_all_but(PASSED)
    measure(f"all but {PASSED} are decided")


def fill(folder: Path, cases: int) -> None:
    """A database with so many cases, made once."""
    from django.core.management import call_command
    from django.db import connection

    from instead.office import clock
    from instead.office.accounts.models import Organization
    from instead.office.cases.intake import receive
    from instead.office.cases.models import Case
    from instead.office.cases.policy_in_force import policy_in_force
    from instead.synth import write_city

    call_command("migrate", verbosity=0)
    if not Organization.objects.filter(kind="prosecution").exists():
        Organization.objects.create(name="Office", kind="prosecution")
    if Case.objects.count() < cases:
        city = folder / f"city-{cases}"
        if not city.is_dir():
            write_city(city, cases, 2)
        began, worked = time.perf_counter(), time.process_time()
        received = receive(
            city / "arrest_reports.jsonl", "arrest-reports", policy_in_force(), actor=None, at=clock.now()
        )
        took, used = time.perf_counter() - began, time.process_time() - worked
        print(f"import: {received.new:,} new cases in {took:.0f} s ({used:.0f} s of processor time)")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def decide_all_but(count: int) -> None:
    """Let all cases but the newest few be decided."""
    from instead.office.cases.models import Case

    newest = list(Case.objects.order_by("-arrested_at").values_list("pk", flat=True)[:count])
    Case.objects.update(state="declined")
    Case.objects.filter(pk__in=newest).update(state="screened")


def measure(title: str) -> None:
    """Time the page for somebody signed in, at its beginning, narrowed, and far behind; then show the plans."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from instead.office.accounts.models import Organization
    from instead.office.cases.queue import waiting_cases

    office = Organization.objects.get(kind="prosecution")
    user, _ = get_user_model().objects.get_or_create(
        username="bench", defaults={"role": "prosecutor", "organization": office}
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    waiting = waiting_cases(office).order_by("first_listing", "received_at", "pk")
    far = waiting[max(0, waiting.count() - 60)].pk
    print(f"\n{title}: {waiting.count():,} of them")
    for name, query in (("first page", {}), ("divert alone", {"outcome": "divert"}), ("far behind", {"after": far})):
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            answer = client.get(reverse("queue"), query)
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, answer.status_code
        print(f"  {name:14} median {statistics.median(times):6.0f} ms, slowest {max(times):6.0f} ms")
    statements(client, reverse("queue"), far)


def statements(client: object, address: str, far: object) -> None:
    """Every statement about cases that a page asks, with its time and its plan."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address, {"after": far})  # type: ignore[attr-defined]
    print(f"  {len(asked)} statements for a page")
    for one in asked.captured_queries:
        if '"cases_case"' not in one["sql"] or "waiting" not in one["sql"]:
            continue
        with connection.cursor() as cursor:
            began = time.perf_counter()
            cursor.execute(one["sql"])
            cursor.fetchall()
            took = (time.perf_counter() - began) * 1000
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{one['sql']}")
            plan = "; ".join(str(row[-1]) for row in cursor.fetchall())
        print(f"  {took:7.2f} ms  {re.sub(r'SELECT .* FROM', 'SELECT … FROM', one['sql'])[:150]}\n              {plan}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
    main()
