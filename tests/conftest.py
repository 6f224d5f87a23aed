"""What all tests share: which of them are left out of the fast part: those with pages or processes."""

from __future__ import annotations

from pathlib import Path

import pytest

#: Everything below these folders is slow but for the files named in ``FAST``.
SLOW_FOLDERS = ("browser", "office")
#: The rooms without pages, and one walk from an arrest to its end: a look at the office within a minute.
FAST = (
    "office/deadlines/",
    "office/journeys/test_a_case_to_its_end.py",
    "office/ledger/test_ledger_entries.py",
    "office/machines/",
    "office/tasks/",
    "office/treatment/test_matching_places.py",
    "office/treatment/test_weekly_hours.py",
    "office/wall/test_what_may_know_what.py",
)
SLOW_FILES = ("cli/test_terminal.py", "records/test_court_documents.py", "synth/test_city.py")


def pytest_configure() -> None:
    """Most tests let people in without a phone; those of signing in ask for the code."""
    from django.conf import settings

    settings.INSTEAD_REQUIRE_TOTP = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow."""
    here = Path(__file__).parent
    for item in items:
        if is_slow(item.path.relative_to(here).as_posix()):
            item.add_marker(pytest.mark.slow)


def is_slow(path: str) -> bool:
    """Whether a test file, by its path below ``tests/``, is left out of the fast part."""
    return path in SLOW_FILES or (path.startswith(SLOW_FOLDERS) and not path.startswith(FAST))
