"""What all tests share: which files are left out of the fast part, because they start processes or read many pages."""

from __future__ import annotations

from pathlib import Path

import pytest

SLOW = frozenset(
    {
        "browser/test_counsel_at_work.py",
        "browser/test_numbers_in_a_browser.py",
        "browser/test_queue_and_case.py",
        "browser/test_sign_in_in_a_browser.py",
        "browser/test_the_watch.py",
        "cli/test_terminal.py",
        "office/ledger/test_ledger_command.py",
        "office/ledger/test_ledger_tampering.py",
        "office/ledger/test_ledger_writers.py",
        "office/letters/test_letters_can_be_read.py",
        "office/notices/test_claims_at_once.py",
        "office/numbers/test_publishing.py",
        "office/treatment/test_last_slot.py",
        "office/treatment/test_places_at_random.py",
        "records/test_court_documents.py",
        "synth/test_city.py",
    }
)


def pytest_configure() -> None:
    """Most tests let people in without a phone; those of signing in ask for the code."""
    from django.conf import settings

    settings.INSTEAD_REQUIRE_TOTP = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the files named above as slow."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix() in SLOW:
            item.add_marker(pytest.mark.slow)
