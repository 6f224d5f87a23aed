"""Levels of care of the ASAM Criteria, 4th edition. A clinician chooses one; nothing here computes one."""

from __future__ import annotations

from typing import Final

EDITION: Final = "4"
LEVELS: Final = ("1.0", "1.5", "1.7", "2.1", "2.5", "2.7", "3.1", "3.5", "3.7", "4")
MEDICATIONS: Final = ("buprenorphine", "methadone", "naltrexone")
