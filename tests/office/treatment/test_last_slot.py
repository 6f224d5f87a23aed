"""The last place under twenty concurrent processes, on a file database and on PostgreSQL: exactly one wins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

from support.postgres import create_database

RACE = Path(__file__).parent / "last_slot_race.py"


def raced(folder: Path, url: str = "") -> dict:
    """The race in a process of its own, so that nothing of this one is forked."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"INSTEAD_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "instead.office.settings"}
    if url:
        env["DATABASE_URL"] = url
    done = subprocess.run([sys.executable, RACE], env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(found: dict) -> None:
    assert found["last place"] == {"won": 1, "NoPlace": 19}
    assert found["same enrolment"] == {"won": 1, "AlreadyHeld": 19}
    assert found["release"] == {"won": 1, "HoldOver": 19}
    assert found["take or expire"]["won"] == 1 and "broken" not in str(found)
    assert found["due state"] in ("taken", "expired")
    assert found["taken"] == {"last": 1, "wide": 1, "one": 0, "due": int(found["due state"] == "taken")}
    assert found["mixed adds up"]
    assert found["entries"] == 4 + found["mixed"]["won"], "one entry for each change, none for a refusal"


def test_twenty_processes_on_a_file_database(tmp_path):
    check(raced(tmp_path))


def test_twenty_processes_on_postgresql(tmp_path, postgres_url):
    url = create_database(postgres_url, f"race_{uuid.uuid4().hex[:8]}")
    check(raced(tmp_path, url))
