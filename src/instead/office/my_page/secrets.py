"""Secret parts of links, and what is kept of a secret: a keyed hash, so that a stolen table opens nothing."""

from __future__ import annotations

import secrets
from typing import Final

from django.utils.crypto import salted_hmac

#: Bytes of a link's secret part: 192 bits, 32 characters in the address.
_BYTES: Final = 24
#: What such a part looks like in an address.
SHAPE: Final = "[A-Za-z0-9_-]{32}"


def new_secret() -> str:
    """A secret part for an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def matching(purpose: str, secret: str) -> str:
    """What is kept of a secret, different for each purpose; it takes the office's secret key to make it."""
    return salted_hmac(f"instead.my_page.{purpose}", secret, algorithm="sha256").hexdigest()
