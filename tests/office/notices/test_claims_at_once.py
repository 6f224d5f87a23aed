"""Several processes run the timer at once, on a file database and on PostgreSQL: each reminder leaves once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

from support.postgres import create_database

RACE = Path(__file__).parent / "claim_race.py"


def raced(folder: Path, url: str = "") -> dict:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {
        "INSTEAD_DATA": str(folder),
        "INSTEAD_OUTBOX": str(folder / "outbox"),
        "INSTEAD_SENDERS": "text=file",
        "DJANGO_SETTINGS_MODULE": "instead.office.settings",
    }
    if url:
        env["DATABASE_URL"] = url
    done = subprocess.run([sys.executable, RACE], env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(found: dict) -> None:
    states = found["states"]
    assert states == ["sent"] * len(states) and found["problems"] == 0
    assert found["lines"] == found["different"] == found["claims"] == found["sent"] == len(states) == 8


def test_six_processes_on_a_file_database(tmp_path):
    check(raced(tmp_path))


def test_six_processes_on_postgresql(tmp_path, postgres_url):
    check(raced(tmp_path, create_database(postgres_url, f"race_{uuid.uuid4().hex[:8]}")))
