"""Many processes send the same reminders at once. Run by ``test_claims_at_once.py`` in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[2]))
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from instead.office.ledger.models import Entry  # noqa: E402
from instead.office.ledger.verify import verify  # noqa: E402
from instead.office.notices.models import Channel, Reminder  # noqa: E402
from instead.office.notices.sending import send_due  # noqa: E402
from support.journey import DAY, Journey, a_service  # noqa: E402
from support.reminders import wished  # noqa: E402

PROCESSES, PEOPLE = 6, 8


def main() -> None:
    call_command("migrate", verbosity=0)
    folder = Path(tempfile.mkdtemp())
    journey, people, service = None, None, None
    for number in range(1, PEOPLE + 1):
        journey = Journey(folder, number, people)
        people = journey.people
        service = service or a_service(people)
        journey.accepted().book(service, days=2)
        wished(journey.case.person, Channel.TEXT)
    assert journey is not None
    at = journey.at + 1.5 * DAY
    connections.close_all()
    ready, start = os.pipe()
    children = []
    for _ in range(PROCESSES):
        child = os.fork()
        if not child:
            os.close(start)
            os.read(ready, 1)
            try:
                send_due(at)
            finally:
                os._exit(0)
        children.append(child)
    time.sleep(0.1)
    os.close(start)
    for child in children:
        os.waitpid(child, 0)
    lines = (Path(os.environ["INSTEAD_OUTBOX"]) / "text.jsonl").read_text().splitlines()
    found = {
        "lines": len(lines),
        "different": len({json.loads(line)["key"] for line in lines}),
        "states": sorted(Reminder.objects.values_list("state", flat=True)),
        "claims": Entry.objects.filter(kind="reminder claimed").count(),
        "sent": Entry.objects.filter(kind="reminder sent").count(),
        "problems": verify().found,
    }
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main()
