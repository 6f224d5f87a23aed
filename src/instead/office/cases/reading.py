"""What cases come in with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from instead.office.accounts.models import Organization, User
from instead.policy.model import Policy
from instead.records.source_map import SourceMap
from instead.statutes.book import StatuteBook


@dataclass(frozen=True, slots=True)
class Reading:
    """What cases come in with: how they were read, the policy that screens them, for whom, by whom, when."""

    source: SourceMap
    book: StatuteBook | None
    policy: Policy
    office: Organization
    actor: User | None
    at: dt.datetime
