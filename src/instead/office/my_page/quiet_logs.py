"""No secret part of a link in any log: what Django writes about an address is written without it."""

from __future__ import annotations

import logging
import re
from typing import Final

from instead.office.my_page.secrets import SHAPE

#: The loggers that name the address of a request.
LOGGERS: Final = ("django.request", "django.server", "django.security.csrf", "django.security.DisallowedHost")
_SECRET: Final = re.compile(rf"(/my/){SHAPE}(?=/|$|\s|\?)")


def without_secrets(text: str) -> str:
    """A text in which the secret part of every link is a word."""
    return _SECRET.sub(r"\1a-link", text)


class QuietLinks(logging.Filter):
    """Takes secret parts out of a record before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_secrets(record.getMessage())
        record.args = ()
        return True


def be_quiet() -> None:
    """Put the filter where addresses are written, once."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, QuietLinks) for one in logger.filters):
            logger.addFilter(QuietLinks())
