"""A process that appends entries: python append_worker.py HOW_MANY ERASE_EACH. It begins when it is told to."""

import sys
from uuid import uuid4

import django

django.setup()

from django.db import transaction  # noqa: E402

from instead.office.clock import now  # noqa: E402
from instead.office.ledger.actions import erase, record  # noqa: E402


def main() -> None:
    how_many, erase_each = int(sys.argv[1]), int(sys.argv[2])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for index in range(how_many):
        with transaction.atomic():
            entry = record("case received", actor=None, at=now(), subject=uuid4(), payload={"step": index})
        sys.stdout.write(f"{entry.number}\n")
        if erase_each and index % erase_each == 0:
            with transaction.atomic():
                erase([entry.id], actor=None, at=now(), reason="retention period over")


if __name__ == "__main__":
    main()
