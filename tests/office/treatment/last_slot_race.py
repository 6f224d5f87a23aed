"""Twenty processes at one place. Run by ``test_last_slot.py`` in a process of its own; prints what happened as JSON.

Every process is started, waits at a pipe for the same signal, tries once, and says how it went.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
import uuid
from collections import Counter
from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from instead.office.accounts.models import Organization, User  # noqa: E402
from instead.office.ledger.models import Entry  # noqa: E402
from instead.office.treatment import actions  # noqa: E402
from instead.office.treatment.errors import Refused  # noqa: E402
from instead.office.treatment.models import Capacity, Hold, Provider, Service  # noqa: E402

AT = dt.datetime(2020, 3, 4, 15, 0, tzinfo=dt.UTC)
SOON = AT + dt.timedelta(hours=1)
PROCESSES = 20


def _child(number: int, ready: int, answers: int, verb: Callable[[int], object]) -> None:
    """In a process of its own: wait until the pipe is closed, try, tell."""
    os.read(ready, 1)
    try:
        result = "won" if verb(number) else "nothing"
    except Refused as error:
        result = type(error).__name__
    except BaseException as error:  # noqa: BLE001 - it is told to the test
        result = f"broken: {error!r}"
    os.write(answers, f"{result}\n".encode())


def race(verb: Callable[[int], object]) -> dict[str, int]:
    """How often each answer was given."""
    connections.close_all()
    ready, start = os.pipe()
    heard, answers = os.pipe()
    children = []
    for number in range(PROCESSES):
        child = os.fork()
        if not child:
            os.close(start)
            _child(number, ready, answers, verb)
            os._exit(0)
        children.append(child)
    os.close(answers)
    time.sleep(0.1)
    os.close(start)
    with os.fdopen(heard) as lines:
        found = Counter(line.strip() for line in lines)
    for child in children:
        os.waitpid(child, 0)
    os.close(ready)
    return dict(found)


def main() -> None:
    call_command("migrate", verbosity=0)
    clinic = Organization.objects.create(name="Clinic", kind="provider")
    staff = User.objects.create(username="staff", role="provider_staff", organization=clinic)
    health = Organization.objects.create(name="Health", kind="health")
    coordinator = User.objects.create(username="coordinator", role="coordinator", organization=health)

    def service(places: int) -> Service:
        provider = Provider.objects.create(organization=clinic, name="Clinic", source="office")
        made = Service.objects.create(provider=provider, title="Outpatient")
        actions.report_capacity(staff, made, places=places, at=AT)
        return made

    def hold(at: Service, who: uuid.UUID) -> Hold:
        return actions.hold_place(coordinator, at, for_enrolment=who, expires_at=SOON, at=AT)

    def taken(at: Service) -> int:
        return Capacity.objects.get(service=at).taken

    last, wide, one, due, mixed = service(1), service(PROCESSES), service(1), service(1), service(5)
    same, to_release, to_end = uuid.uuid4(), hold(one, uuid.uuid4()), hold(due, uuid.uuid4())
    entries = Entry.objects.count()
    began = time.perf_counter()
    found: dict[str, object] = {
        "last place": race(lambda _: hold(last, uuid.uuid4())),
        "same enrolment": race(lambda _: hold(wide, same)),
        "release": race(lambda _: actions.release_place(coordinator, to_release, at=AT)),
        "take or expire": race(
            lambda n: (
                actions.take_place(coordinator, to_end, at=AT) if n % 2 else actions.expire_holds(SOON, service=due)
            )
        ),
        "mixed": race(lambda n: hold(mixed, uuid.uuid4()) if n != 19 else actions.mark_full(staff, mixed, at=AT)),
    }
    found["seconds"] = round(time.perf_counter() - began, 2)
    found["taken"] = {"last": taken(last), "wide": taken(wide), "one": taken(one), "due": taken(due)}
    found["mixed adds up"] = taken(mixed) == Hold.objects.filter(service=mixed, state="held").count() <= 5
    found["due state"] = Hold.objects.get(pk=to_end.pk).state
    found["entries"] = Entry.objects.count() - entries
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main()
