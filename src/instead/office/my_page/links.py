"""The links to a person's page: what one is worth now. Looking changes nothing, so that a preview spends nothing."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from instead.office.my_page.models import Link
from instead.office.my_page.secrets import matching


class Worth(StrEnum):
    """What a link can still do."""

    GOOD = "good"
    SPENT = "spent"
    REPLACED = "replaced"
    OLD = "old"
    UNKNOWN = "unknown"


def link_of(secret: str) -> Link | None:
    """The link with this secret part, whatever it is worth."""
    return Link.objects.filter(matches=matching("link", secret)).first()


def worth_of(link: Link | None, at: dt.datetime) -> Worth:
    """What the link can still do at this moment."""
    if link is None:
        return Worth.UNKNOWN
    if link.spent_at is not None:
        return Worth.SPENT
    if link.replaced_at is not None:
        return Worth.REPLACED
    return Worth.OLD if link.expires_at <= at else Worth.GOOD
