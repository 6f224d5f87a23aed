"""How reminders leave: one sender for each way, by the setting ``INSTEAD_SENDERS``; the console where none is named.

A sender gives nothing back. It raises :class:`CannotSend` where it is certain that nothing went out; any other error
means that nobody knows, and then nothing is sent a second time.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from instead.errors import InsteadError, nearest
from instead.office.notices.models import Channel, Reminder
from instead.office.people.models import Person

_ROOM: Final = "instead.office.notices.senders"
#: Short names; anything with a dot is the place of a class in Python.
BUILT_IN: Final[Mapping[str, str]] = {
    "console": f"{_ROOM}.plain.Console",
    "file": f"{_ROOM}.plain.Outbox",
    "smtp": f"{_ROOM}.mail.Smtp",
    "paper": f"{_ROOM}.paper.Paper",
}


class CannotSend(InsteadError):
    """It is certain that nothing went out, and why."""

    def __init__(self, reason: Reminder.Reason) -> None:
        super().__init__(reason.label)
        self.reason = reason


class SendersWrong(InsteadError):
    """The setting names a way or a sender that is not there."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out. ``key`` is the same for the same message, for gateways that refuse doubles."""

    key: uuid.UUID
    channel: Channel
    to: str
    subject: str
    body: str
    language: str
    person: Person
    moment: dt.datetime | None = None


class Sender(Protocol):
    """Sends one message. It keeps nothing of it."""

    def send(self, message: Message) -> None: ...


def sender_for(channel: Channel) -> Sender:
    """The sender of a way, as the setting says. Raises :class:`SendersWrong` where the setting is wrong."""
    chosen: Mapping[str, str] = settings.INSTEAD_SENDERS
    for way in chosen:
        if way not in Channel.values:
            raise SendersWrong(f"INSTEAD_SENDERS: {way!r} is no way of sending; expected {', '.join(Channel.values)}")
    name = chosen.get(channel.value, "console")
    if "." not in name and name not in BUILT_IN:
        near = nearest(name, list(BUILT_IN))
        meant = f"; did you mean {near}?" if near else f"; expected {', '.join(BUILT_IN)}, or a class in Python"
        raise SendersWrong(f"INSTEAD_SENDERS: there is no sender {name!r}{meant}")
    try:
        made: Sender = import_string(BUILT_IN.get(name, name))()
    except ImportError as error:
        raise SendersWrong(f"INSTEAD_SENDERS: {error}") from error
    return made
