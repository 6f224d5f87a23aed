"""Senders that reach nobody: for a demonstration, for tests, and for an office that sends by hand."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from django.conf import settings

from instead.office.notices.senders import Message


class Console:
    """Writes the message to standard error."""

    def send(self, message: Message) -> None:
        sys.stderr.write(f"{message.channel.label} to {message.to}: {message.subject}. {message.body}\n")
        sys.stderr.flush()


class Outbox:
    """Adds one line of JSON to ``outbox/text.jsonl`` (or ``email``, ``letter``), readable by its owner alone.

    A gateway for text messages without a class of its own can be fed from there.
    """

    def send(self, message: Message) -> None:
        line = {
            "key": str(message.key),
            "to": message.to,
            "subject": message.subject,
            "body": message.body,
            "language": message.language,
        }
        folder = Path(settings.INSTEAD_OUTBOX)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        path = folder / f"{message.channel.value}.jsonl"
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, written)  # one write, so that lines of two processes never mix
        finally:
            os.close(descriptor)
