"""A printed letter: made as a PDF, and laid where somebody prints it, puts it into a plain envelope and mails it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from django.conf import settings

from instead.office.cases.policy_in_force import library
from instead.office.letterhead import as_language
from instead.office.letters.on_the_way import Reminder as ReminderLetter
from instead.office.letters.parts import Said
from instead.office.letters.render import render
from instead.office.notices.day_words import office_time
from instead.office.notices.models import Channel, Reminder
from instead.office.notices.senders import CannotSend, Message

#: The list of what is to be mailed where, a line of JSON for each letter.
LIST: Final = "letters.jsonl"


class Paper:
    """Puts ``letters/KEY.pdf`` into the outbox, and its address on a list beside it: no address is in the letter.

    Nothing in the letter says whose it is, either; the envelope needs a sender as neutral as the letter's.
    """

    def send(self, message: Message) -> None:
        name, phone = settings.INSTEAD_REMINDER_NAME, settings.INSTEAD_REMINDER_PHONE
        if not name or not phone or message.channel != Channel.LETTER or message.moment is None:
            raise CannotSend(Reminder.Reason.NOT_SET_UP)
        at = office_time(message.moment)
        letter = ReminderLetter(
            sender=Said(name), phone=phone, person="", what="appointment", day=at.date(), at=at.time()
        )
        content = render(letter, as_language(message.language), library=library())
        folder = Path(settings.INSTEAD_OUTBOX) / "letters"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder / f"{message.key}.pdf", content, os.O_EXCL)
        line = {"file": f"{message.key}.pdf", "name": message.person.name, "to": message.to}
        _write(folder / LIST, json.dumps(line, ensure_ascii=False).encode() + b"\n", os.O_APPEND)


def _write(path: Path, content: bytes, how: int) -> None:
    """Readable by its owner alone."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
